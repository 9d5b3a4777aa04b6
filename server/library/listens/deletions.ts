import { pageMonth } from '#shared/journal/codec.ts';
import type { DeletedListen, DeletedReport, DeletionsDocument } from '#shared/journal/deletions.ts';
import { nowSeconds } from '../../kit/clock.ts';
import { catalogue } from '../catalogue/reported.ts';
import { type Core, listed } from '../core.ts';
import { grouped } from '../documents/credits.ts';
import { evidence, type ScrobbleRow } from './evidence.ts';
import { type ListenRow, listenRow, removeListen } from './listens.ts';
import { resolve } from './resolve.ts';
import { IS_DELETION, touchDeletions } from './touchDeletion.ts';

/** As much of a deleted listen as is stored of one that came from a replica. */
export type DeletedRow = Pick<ListenRow, 'id' | 'track_id' | 'timestamp' | 'source' | 'note'>;

/** The listen as it was when a person deleted it; undefined where nobody did. */
export function deletedListen(core: Core, id: number): (DeletedRow & { deletedAt: number }) | undefined {
  const row = core.db.get<{ listen: string; deletedAt: number }>(
    'SELECT listen, deleted_at AS deletedAt FROM deleted_listens WHERE listen_id = ?',
    id,
  );
  return row === undefined ? undefined : { ...(JSON.parse(row.listen) as DeletedRow), deletedAt: row.deletedAt };
}

/** Takes a listen out of the journal. Its scrobbles stay, marked, so that it is known when a source reports it again. */
export function deleteListen(core: Core, listen: ListenRow, at = nowSeconds(core.clock)): void {
  keepDeleted(core, listen, at);
  core.db.run(`UPDATE scrobbles SET state = 'deleted' WHERE listen_id = ? AND state = 'resolved'`, listen.id);
  removeListen(core, listen);
}

/** Writes down that a listen was deleted. */
export function keepDeleted(core: Core, listen: DeletedRow, at: number): void {
  core.db.run(
    'INSERT OR REPLACE INTO deleted_listens (listen_id, listen, deleted_at) VALUES (?, ?, ?)',
    listen.id,
    JSON.stringify(listen),
    at,
  );
  core.db.run('DELETE FROM restored_listens WHERE listen_id = ?', listen.id);
  touchDeletions(core, pageMonth(listen.timestamp));
}

/**
 * Puts a deleted listen back. Its evidence is resolved again, so that what was learnt since the deletion counts.
 *
 * @returns the listen that it is now; undefined when nothing is left to bring back.
 */
export function putListenBack(
  core: Core,
  { id, timestamp }: DeletedRow,
  at = nowSeconds(core.clock),
): ListenRow | undefined {
  const rows = evidence.ofListen(core, id);
  if (rows.length === 0) return undefined;
  core.db.run('DELETE FROM deleted_listens WHERE listen_id = ?', id);
  keepRestored(core, id, pageMonth(timestamp), at);
  core.db.run(`UPDATE scrobbles SET state = 'resolved' WHERE listen_id = ? AND state = 'deleted'`, id);
  resolve(core, catalogue(core), evidence.ofListen(core, id));
  return listenRow(core, core.redirects.resolveId('listen', id));
}

/** Writes down that a listen was put back. @returns false when a later time of that is known. */
export function keepRestored(core: Core, id: number, month: string, at: number): boolean {
  const { changes } = core.db.run(
    `INSERT INTO restored_listens (listen_id, month, restored_at) VALUES (?, ?, ?)
     ON CONFLICT (listen_id) DO UPDATE SET restored_at = excluded.restored_at WHERE excluded.restored_at > restored_at`,
    id,
    month,
    at,
  );
  if (changes > 0) touchDeletions(core, month);
  return changes > 0;
}

type Row = [
  month: string,
  id: number,
  playedAt: number,
  trackId: number,
  source: DeletedListen['source'],
  note: string | null,
  deletedAt: number,
];

/** What was deleted and put back in these months, by month. */
export function deletionDocuments(core: Core, months: readonly string[]): Map<string, DeletionsDocument> {
  const wanted = listed(months);
  const rows = core.db.rows<Row>(
    `SELECT strftime('%Y-%m', listen ->> 'timestamp', 'unixepoch') AS month, listen_id, listen ->> 'timestamp', listen ->> 'track_id', listen ->> 'source',
       listen ->> 'note', deleted_at
     FROM deleted_listens WHERE ${IS_DELETION} AND month IN (SELECT value FROM json_each(?)) ORDER BY listen_id`,
    wanted,
  );
  const reports = reportsOf(
    core,
    rows.map(([, id]) => id),
  );
  const documents = new Map(months.map((id): [string, DeletionsDocument] => [id, { id, listens: [], restored: [] }]));
  for (const [month, id, playedAt, trackId, source, note, deletedAt] of rows) {
    documents.get(month)!.listens.push({
      id,
      playedAt,
      trackId,
      source,
      ...(note !== null && { note }),
      deletedAt,
      reports: reports.get(id) ?? [],
    });
  }
  const restored = core.db.rows<[string, number, number]>(
    'SELECT month, listen_id, restored_at FROM restored_listens WHERE month IN (SELECT value FROM json_each(?)) ORDER BY listen_id',
    wanted,
  );
  for (const [month, id, at] of restored) documents.get(month)!.restored.push({ id, at });
  return documents;
}

function reportsOf(core: Core, listenIds: readonly number[]): Map<number, DeletedReport[]> {
  const ids = core.db.rows<[number]>(
    `SELECT id FROM scrobbles WHERE listen_id IN (SELECT value FROM json_each(?)) AND state = 'deleted'`,
    listed(listenIds),
  );
  const rows = evidence.byIds(core, listed(ids.map(([id]) => id)));
  const inOrder = [...rows].sort((one, other) =>
    one.source < other.source || (one.source === other.source && one.source_key < other.source_key) ? -1 : 1,
  );
  return grouped(
    inOrder.map((row) => [row.listen_id!, row] as [number, ScrobbleRow]),
    ([, row]) => reportOf(row),
  );
}

function reportOf(row: ScrobbleRow): DeletedReport {
  return {
    source: row.source as DeletedReport['source'],
    key: row.source_key,
    playedAt: row.played_at,
    artist: row.artist,
    title: row.title,
    ...(row.album !== null && { album: row.album }),
    ...(row.album_artist !== null && { albumArtist: row.album_artist }),
    ...(row.duration_seconds !== null && { durationSeconds: row.duration_seconds }),
    ...(row.zone !== null && { zone: row.zone }),
    ...(row.track_id !== null && { trackId: row.track_id }),
    ...(row.rebuilt !== null && { rebuilt: row.rebuilt }),
  };
}
