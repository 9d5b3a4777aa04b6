import type { Database } from './database.ts';
import { type FarIds, farIdsIn, KINDS, type Kind } from './farIds.ts';
import { FURTHEST_MARK, WIDE_GAP } from './lives/givenIds.ts';
import { markerPath, readMarker } from './lives/marker.ts';
import { touched } from './migrations/touched.ts';

/** Columns that hold an id, and of what. */
const PLACES: Record<Kind, readonly `${string}.${string}`[]> = {
  artists: ['album_artist.artist_id', 'track_artist.artist_id', 'images.artist_id', 'artist_aliases.artist_id', 'artist_aliases.former_id'],
  albums: ['album_artist.album_id', 'tracks.album_id', 'images.album_id', 'metadata.album_id', 'copies.album_id', 'album_merges.album_id', 'album_merges.former_id', 'album_apart.other'],
  tracks: ['listening_history.track_id', 'track_artist.track_id', 'playlist_tracks.track_id', 'scrobbles.track_id', 'archived_listens.track_id'],
  listening_history: ['scrobbles.listen_id', 'deleted_listens.listen_id', 'restored_listens.listen_id', 'rebuilt_listens.ours'],
  images: ['albums.cover_image_id'],
  scrobbles: ['told_scrobbles.scrobble_id'],
};

/** Texts that end in an id. */
const NAMED: readonly [place: `${string}.${string}`, prefix: string, kind: Kind][] = [
  ['enrichment_queue.subject', 'artist', 'artists'], ['enrichment_queue.subject', 'album', 'albums'],
  ['revisions.subject', 'album-note', 'albums'], ['revisions.subject', 'listen-note', 'listening_history'],
  ['intents.subject', 'love', 'tracks'], ['intents.subject', 'rating', 'albums'], ['intents.subject', 'album-note', 'albums'], ['intents.subject', 'cover', 'albums'],
  ['intents.subject', 'listen-note', 'listening_history'], ['intents.subject', 'presence', 'listening_history'],
];

/** JSON that holds rows, or lists of ids with a count. */
const DOCUMENTS = ['album_merges.snapshot', 'artist_aliases.snapshot', 'deleted_listens.listen', 'rollups.document', 'rollups.base'] as const;

const SEARCHED: readonly Kind[] = ['artists', 'albums', 'tracks'];
const REBUILT: Partial<Record<Kind, string>> = { artists: 'artist', albums: 'album', tracks: 'track' };
const FORMER: Partial<Record<Kind, string>> = { tracks: 'track', listening_history: 'listen' };

/**
 * Puts right a library whose sequences somebody's word raised beyond what the journal can hold: what got such an id gets one that can
 * be given, in all that names it, and the sequences go on from there. Listens in the archive keep theirs until they are brought back.
 * Devices pull everything once more. To be called inside a transaction.
 */
export function repairFarIds(db: Database): void {
  const marks = readMarker(markerPath(db.file))?.highestIds ?? {};
  const far = farIdsIn(db, marks);
  db.exec('PRAGMA defer_foreign_keys = ON');
  for (const kind of KINDS) for (const [theirs, ours] of far.of(kind)) renumber(db, kind, theirs, ours);
  if (far.size > 0) {
    // Moving their listens counted these once more.
    for (const id of far.of('tracks').values()) db.run('UPDATE tracks SET plays = (SELECT count(*) FROM listening_history WHERE track_id = tracks.id) WHERE id = ?', id);
    renumberHolders(db, far);
    for (const place of DOCUMENTS) renumberDocuments(db, place, far);
    tellAll(db, far);
  }
  lowerSequences(db, marks);
}

function renumber(db: Database, kind: Kind, theirs: number, ours: number): void {
  for (const place of [`${kind}.id`, ...PLACES[kind]]) {
    const [table, column] = place.split('.') as [string, string];
    db.run(`UPDATE ${table} SET ${column} = ? WHERE ${column} = ?`, ours, theirs);
  }
  for (const [place, prefix] of NAMED.filter(([, , of]) => of === kind)) {
    const [table, column] = place.split('.') as [string, string];
    db.run(`UPDATE ${table} SET ${column} = ? WHERE ${column} = ?`, `${prefix}:${ours}`, `${prefix}:${theirs}`);
  }
  if (SEARCHED.includes(kind)) db.run(`UPDATE search_${kind} SET rowid = CAST(? AS INTEGER) WHERE rowid = ?`, ours, theirs);
  if (REBUILT[kind] !== undefined) db.run('UPDATE rebuilt_ids SET ours = ? WHERE kind = ? AND ours = ?', ours, REBUILT[kind], theirs);
  const former = FORMER[kind];
  if (former === undefined) return;
  db.run('UPDATE former_ids SET id = ? WHERE kind = ? AND id = ?', ours, former, theirs);
  // What a device says of it still finds it.
  db.run('INSERT OR IGNORE INTO former_ids (kind, former_id, id) VALUES (?, ?, ?)', former, theirs, ours);
}

/** Of archived listens: the album, or minus the artist, where the track was. */
function renumberHolders(db: Database, far: FarIds): void {
  for (const [theirs, ours] of far.of('albums')) db.run('UPDATE archived_listens SET holder = ? WHERE holder = ?', ours, theirs);
  for (const [theirs, ours] of far.of('artists')) db.run('UPDATE archived_listens SET holder = ? WHERE holder = ?', -ours, -theirs);
}

function renumberDocuments(db: Database, place: (typeof DOCUMENTS)[number], far: FarIds): void {
  const [table, column] = place.split('.') as [string, string];
  const texts = db.rows<[string]>(`SELECT DISTINCT ${column} FROM ${table} WHERE ${column} IS NOT NULL AND json_valid(${column})`);
  for (const [text] of texts) {
    const renamed = JSON.stringify(far.renamed(JSON.parse(text), place));
    if (renamed !== text) db.run(`UPDATE ${table} SET ${column} = ? WHERE ${column} = ?`, renamed, text);
  }
}

/** Documents of a far id go, those under the new one come, and every other is told again, since it may name one of them. */
function tellAll(db: Database, far: FarIds): void {
  const ids = [
    ...(['artists', 'albums'] as const).flatMap((kind) => [...far.of(kind)].map(([theirs, ours]) => [kind, String(theirs), String(ours)])),
    ...NAMED.filter(([place]) => place === 'revisions.subject').flatMap(([, prefix, kind]) => [...far.of(kind)].map(([theirs, ours]) => ['revisions', `${prefix}:${theirs}`, `${prefix}:${ours}`])),
  ] as [string, string, string][];
  const last = () => db.get<{ seq: number }>('SELECT last_seq AS seq FROM library_state')!.seq;
  for (const [collection, theirs, ours] of ids) {
    const { changes } = db.run('UPDATE change_feed SET deleted = 1 WHERE collection = ? AND document_id = ? AND deleted = 0', collection, theirs);
    if (changes === 0) continue;
    db.run('INSERT INTO change_feed (collection, document_id, seq, deleted) VALUES (?, ?, ?, 0)', collection, ours, last() + 1);
    db.run('UPDATE library_state SET last_seq = last_seq + 1');
  }
  for (const collection of ['artists', 'albums', 'journal', 'playlists', 'rollups', 'revisions', 'deletions']) {
    db.exec(touched(collection, `SELECT document_id AS document, deleted AS gone FROM change_feed WHERE collection = '${collection}'`));
  }
}

/** A sequence beyond goes on far enough from what is there: what was given and is gone is given to nothing else. */
function lowerSequences(db: Database, marks: Record<string, number>): void {
  for (const [table] of db.rows<[string]>('SELECT name FROM sqlite_sequence WHERE seq > ?', FURTHEST_MARK)) {
    const { last } = db.get<{ last: number | null }>(`SELECT max(id) AS last FROM ${table}`)!;
    db.run('UPDATE sqlite_sequence SET seq = ? WHERE name = ?', Math.max(last ?? 0, marks[table] ?? 0) + WIDE_GAP, table);
  }
}
