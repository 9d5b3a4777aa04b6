import type { Database } from '../database/database.ts';
import {
  COLUMNS,
  DOCUMENTS,
  type DocumentPlace,
  FED,
  formerWord,
  ARCHIVED_OWNER,
  type Kind,
  KINDS,
  WATERMARKS,
  type Place,
  SEARCHED,
  SUBJECTS,
  PLACES_BY_KIND,
} from './idPlaces.ts';
import { type OutOfRangeIds, findOutOfRangeIds, mutationsIn } from './outOfRangeIds.ts';
import { MAX_HIGHEST_ID, WIDE_GAP } from '../identity/highestIds.ts';
import { markerPath, readMarker } from '../identity/marker.ts';
import { touched } from '../database/touched.ts';

const parts = (place: Place): [table: string, column: string] => place.split('.') as [string, string];

/**
 * Puts right a library whose sequences somebody's word raised beyond what the journal can hold: what got such an id gets one that can
 * be given, in all that names it, and the sequences go on from there. Listens in the archive keep theirs until they are brought back.
 * Devices pull everything once more. To be called inside a transaction.
 */
export function repairIds(db: Database): void {
  const issuedIds = readMarker(markerPath(db.file))?.highestIds ?? {};
  const far = findOutOfRangeIds(db, issuedIds);
  db.exec('PRAGMA defer_foreign_keys = ON');
  repairWatermarks(db, far);
  for (const kind of KINDS) for (const [theirs, ours] of far.of(kind)) renumber(db, kind, theirs, ours);
  if (far.size > 0) {
    // Moving their listens counted these once more.
    for (const id of far.of('tracks').values())
      db.run(
        'UPDATE tracks SET plays = (SELECT count(*) FROM listening_history WHERE track_id = tracks.id) WHERE id = ?',
        id,
      );
    renumberArchivedOwners(db, far);
    for (const place of DOCUMENTS) renumberDocuments(db, place, far);
    renumberMutations(db, far);
    resendAll(db, far);
  }
  lowerSequences(db, issuedIds);
}

/** Before the rows have their new ids: what a watermark has passed is known by the former ones. */
function repairWatermarks(db: Database, far: OutOfRangeIds): void {
  for (const [service, key, kind] of WATERMARKS) {
    const mark = watermarkOf(db, service, key);
    if (mark !== undefined && mark > MAX_HIGHEST_ID) setWatermark(db, service, key, far.mark(kind, mark));
  }
}

export const watermarkOf = (db: Database, service: string, key: string): number | undefined =>
  db.get<{ mark: number | null }>(
    'SELECT state ->> ? AS mark FROM service_states WHERE service = ? AND json_valid(state)',
    key,
    service,
  )?.mark ?? undefined;

export const setWatermark = (db: Database, service: string, key: string, mark: number): void =>
  void db.run(
    'UPDATE service_states SET state = json_set(state, ?, CAST(? AS INTEGER)) WHERE service = ?',
    `$.${key}`,
    mark,
    service,
  );

function renumber(db: Database, kind: Kind, theirs: number, ours: number): void {
  for (const place of COLUMNS[kind]) {
    const [table, column] = parts(place);
    db.run(`UPDATE ${table} SET ${column} = ? WHERE ${column} = ?`, ours, theirs);
  }
  for (const [place, word, , more] of SUBJECTS.filter(([, , of]) => of === kind)) {
    const [table, column] = parts(place);
    const [former, present] = [`${word}:${theirs}`, `${word}:${ours}`];
    const named = more ? `substr(${column}, 1, length(?1) + 1) = ?1 || ':'` : `${column} = ?1`;
    db.run(`UPDATE ${table} SET ${column} = ?2 || substr(${column}, length(?1) + 1) WHERE ${named}`, former, present);
  }
  for (const [place, kinds] of PLACES_BY_KIND) {
    const [table, column] = parts(place);
    if (kinds[kind] !== undefined)
      db.run(`UPDATE ${table} SET ${column} = ? WHERE kind = ? AND ${column} = ?`, ours, kinds[kind], theirs);
  }
  if (SEARCHED.includes(kind))
    db.run(`UPDATE search_${kind} SET rowid = CAST(? AS INTEGER) WHERE rowid = ?`, ours, theirs);
  const former = formerWord(kind);
  // What a device says of it still finds it. One that leads elsewhere already was its own no more.
  if (former !== undefined)
    db.run(
      'INSERT INTO former_ids (kind, former_id, id) VALUES (?, ?, ?) ON CONFLICT (kind, former_id) DO NOTHING',
      former,
      theirs,
      ours,
    );
}

function renumberArchivedOwners(db: Database, far: OutOfRangeIds): void {
  const [table, column] = parts(ARCHIVED_OWNER);
  for (const [theirs, ours] of far.of('albums'))
    db.run(`UPDATE ${table} SET ${column} = ? WHERE ${column} = ?`, ours, theirs);
  for (const [theirs, ours] of far.of('artists'))
    db.run(`UPDATE ${table} SET ${column} = ? WHERE ${column} = ?`, -ours, -theirs);
}

function renumberMutations(db: Database, far: OutOfRangeIds): void {
  for (const { id, ...said } of mutationsIn(db)) {
    const renamed = far.renamedIn(said);
    if (JSON.stringify(renamed) === JSON.stringify(said)) continue;
    const targets = renamed.targets === null ? null : JSON.stringify(renamed.targets);
    db.run(
      'UPDATE intents SET intent = ?, targets = ?, verdict = ? WHERE id = ?',
      JSON.stringify(renamed.intent),
      targets,
      JSON.stringify(renamed.verdict),
      id,
    );
  }
}

function renumberDocuments(db: Database, place: DocumentPlace, far: OutOfRangeIds): void {
  const [table, column] = parts(place);
  const texts = db.rows<[string]>(
    `SELECT DISTINCT ${column} FROM ${table} WHERE ${column} IS NOT NULL AND json_valid(${column})`,
  );
  for (const [text] of texts) {
    const renamed = JSON.stringify(far.renamed(JSON.parse(text), place));
    if (renamed !== text) db.run(`UPDATE ${table} SET ${column} = ? WHERE ${column} = ?`, renamed, text);
  }
}

/** Documents of a far id go, those under the new one come, and every other is marked as changed, since it may name one of them. */
function resendAll(db: Database, far: OutOfRangeIds): void {
  const ids = [
    ...FED.flatMap((kind) => [...far.of(kind)].map(([theirs, ours]) => [kind, String(theirs), String(ours)])),
    ...SUBJECTS.filter(([place]) => place === 'revisions.subject').flatMap(([, prefix, kind]) =>
      [...far.of(kind)].map(([theirs, ours]) => ['revisions', `${prefix}:${theirs}`, `${prefix}:${ours}`]),
    ),
  ] as [string, string, string][];
  const last = () => db.get<{ seq: number }>('SELECT last_seq AS seq FROM library_state')!.seq;
  for (const [collection, theirs, ours] of ids) {
    const { changes } = db.run(
      'UPDATE change_feed SET deleted = 1 WHERE collection = ? AND document_id = ? AND deleted = 0',
      collection,
      theirs,
    );
    if (changes === 0) continue;
    db.run(
      'INSERT INTO change_feed (collection, document_id, seq, deleted) VALUES (?, ?, ?, 0)',
      collection,
      ours,
      last() + 1,
    );
    db.run('UPDATE library_state SET last_seq = last_seq + 1');
  }
  for (const collection of [
    'artists',
    'albums',
    'journal',
    'playlists',
    'rollups',
    'revisions',
    'deletions',
    'intents',
  ]) {
    db.exec(
      touched(
        collection,
        `SELECT document_id AS document, deleted AS gone FROM change_feed WHERE collection = '${collection}'`,
      ),
    );
  }
}

/** A sequence beyond goes on far enough from what is there: what was given and is gone is given to nothing else. */
function lowerSequences(db: Database, issuedIds: Record<string, number>): void {
  for (const [table] of db.rows<[string]>('SELECT name FROM sqlite_sequence WHERE seq > ?', MAX_HIGHEST_ID)) {
    const { last } = db.get<{ last: number | null }>(`SELECT max(id) AS last FROM ${table}`)!;
    db.run(
      'UPDATE sqlite_sequence SET seq = ? WHERE name = ?',
      Math.max(last ?? 0, issuedIds[table] ?? 0) + WIDE_GAP,
      table,
    );
  }
}
