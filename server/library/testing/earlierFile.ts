import Libsql from 'libsql';

/** Takes out what came to a library's file with each later schema, from the newest on. */
const WITHOUT: readonly [schema: number, sql: string][] = [
  [24, 'DROP TABLE derived_keys'],
  [23, 'DROP TABLE turntable_sessions'],
  [22, 'ALTER TABLE images DROP COLUMN lent_hue; ALTER TABLE images DROP COLUMN lent_chroma'],
  [20, 'DROP TABLE past_intents; DROP TABLE last_words; ALTER TABLE library_state DROP COLUMN words_since'],
  [
    19,
    'DROP INDEX idx_album_merges_nth; DROP INDEX idx_alias_nth; ALTER TABLE album_merges DROP COLUMN nth; ALTER TABLE artist_aliases DROP COLUMN nth',
  ],
  [
    18,
    'ALTER TABLE playlist_writes DROP COLUMN states; ALTER TABLE playlist_writes DROP COLUMN push; ALTER TABLE playlist_writes ADD COLUMN over TEXT',
  ],
  [
    17,
    `DROP INDEX idx_album_merges_release; DROP INDEX idx_alias_discogs;
     ALTER TABLE album_merges DROP COLUMN discogs_id; ALTER TABLE artist_aliases DROP COLUMN discogs_id;
     CREATE INDEX idx_album_merges_release ON album_merges(json_extract(snapshot, '$.album[0].discogs_id'))`,
  ],
  [16, 'DROP TABLE follow_ups; DROP TABLE given_plays'],
  [14, 'DROP TABLE playlist_writes'],
  [12, 'DROP TABLE restored_listens; DROP TABLE rebuilt_listens'],
];

/** Leaves a library's file as an earlier version has it, which knows no more than this schema; from 10 on. */
export function asOfSchema(file: string, schema: number): void {
  const db = new Libsql(file);
  for (const [came, sql] of WITHOUT) if (came > schema) db.exec(sql);
  db.exec(`PRAGMA user_version = ${schema}`);
  db.close();
}
