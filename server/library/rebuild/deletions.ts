import type { DeletedListen, DeletedReport, DeletionsDocument } from '#shared/journal/deletions.ts';
import { nowSeconds } from '../../kit/clock.ts';
import { type Core, listed } from '../core.ts';
import { putBack } from '../mutations/visibility.ts';
import { countersignDeleted } from '../listens/agreement.ts';
import { deletedListen, deleteListen, keepDeleted, keepRestored } from '../listens/deletions.ts';
import { columnsOf, evidence, type ScrobbleRow } from '../listens/evidence.ts';
import { isFreeListenId, type ListenRow, listenRow } from '../listens/listens.ts';
import { touchDeletionOf } from '../listens/touchDeletion.ts';
import { IS_OF_LIFE, rebuiltFrom } from './evidence.ts';
import { type ForeignIds, idOfFormer } from './ids.ts';

/**
 * What a person took out of the journal stays out, also where its source reported it again meanwhile or another device gave it as a
 * listen; what was put back later than it was taken out stays in.
 *
 * @returns true when something of it was not known.
 */
export function takeDeletions(
  core: Core,
  ids: ForeignIds,
  { id: month, listens, restored }: DeletionsDocument,
): boolean {
  const deleted = listens.map((listen) => takeDeletion(core, ids, listen));
  const back = restored.map(({ id, at }) => takeRestored(core, ids.listen(id), month, at));
  return [...deleted, ...back].includes(true);
}

function takeDeletion(core: Core, ids: ForeignIds, deletion: DeletedListen): boolean {
  const known = deletion.reports.flatMap(({ source, key }) => evidence.byKeys(core, source, [key]));
  const existing = existingListen(core, ids, deletion, known);
  const already = deletedBefore(core, ids, deletion, known);
  if (
    putBackSince(core, [ids.listen(deletion.id), ...(existing === undefined ? [] : [existing.id])], deletion.deletedAt)
  )
    return false;
  if (existing !== undefined) deleteListen(core, existing, deletion.deletedAt);
  const listenId = existing?.id ?? already ?? deletedAnew(core, ids, deletion);
  ids.keepListen(deletion.id, listenId);
  const lacking = deletion.reports.filter(
    (report) =>
      !known.some((row) => row.source === report.source && row.source_key === report.key && isAsGood(row, report)),
  );
  for (const report of lacking) takeReport(core, ids, deletion, report, listenId);
  if (lacking.length > 0) {
    countersignDeleted(core, listenId);
    touchDeletionOf(core, listenId);
  }
  return existing !== undefined || already === undefined || lacking.length > 0;
}

/** A report as it came is more than one that was made from a page of the journal. */
const isAsGood = ({ rebuilt }: ScrobbleRow, deletion: DeletedReport): boolean =>
  rebuilt === null || deletion.rebuilt !== undefined;

/** The listen in the journal that it is: by what this life gave of it, or by one of its reports. */
function existingListen(
  core: Core,
  ids: ForeignIds,
  deletion: DeletedListen,
  known: readonly ScrobbleRow[],
): ListenRow | undefined {
  const own = listenRow(core, ids.listen(deletion.id));
  if (own !== undefined && isOfLife(core, ids, own.id, deletion.id)) return own;
  const resolvedReport = known.find(({ state, listen_id: id }) => state === 'resolved' && id !== null);
  return resolvedReport && listenRow(core, resolvedReport.listen_id!);
}

const isOfLife = (core: Core, { life }: ForeignIds, listenId: number, theirs: number): boolean =>
  core.db.get(
    `SELECT 1 FROM scrobbles WHERE listen_id = ?2 AND payload ->> 'listen' = ?3 AND ${IS_OF_LIFE.replace('?', '?1')}`,
    life,
    listenId,
    theirs,
  ) !== undefined;

function deletedBefore(
  core: Core,
  ids: ForeignIds,
  deletion: DeletedListen,
  known: readonly ScrobbleRow[],
): number | undefined {
  const own = deletedListen(core, ids.listen(deletion.id));
  if (own?.timestamp === deletion.playedAt) return own.id;
  return (
    known.find(
      ({ state, listen_id: id }) => state === 'deleted' && id !== null && deletedListen(core, id) !== undefined,
    )?.listen_id ?? undefined
  );
}

/** A later word than the deletion. */
const putBackSince = (core: Core, listenIds: readonly number[], deletedAt: number): boolean =>
  core.db.get(
    'SELECT 1 FROM restored_listens WHERE listen_id IN (SELECT value FROM json_each(?)) AND restored_at >= ?',
    listed(listenIds),
    deletedAt,
  ) !== undefined;

/** Writes down a deletion of which nothing is here. @returns the listen's id. */
function deletedAnew(
  core: Core,
  ids: ForeignIds,
  { id: theirs, playedAt, trackId, source, note, deletedAt }: DeletedListen,
): number {
  const id = idOfFormer(core, 'listening_history', theirs, isFreeListenId(core, theirs));
  keepDeleted(core, { id, track_id: ids.track(trackId), timestamp: playedAt, source, note: note ?? null }, deletedAt);
  return id;
}

/** Stores a report of a deleted play under its own key; one that was made from a replica in place of the same report becomes it. */
function takeReport(
  core: Core,
  { life, track }: ForeignIds,
  deletion: DeletedListen,
  report: DeletedReport,
  listenId: number,
): void {
  const made = evidence
    .ofListen(core, listenId)
    .find(({ rebuilt, source }) => rebuilt !== null && source === report.source);
  const {
    source,
    source_key: key,
    played_at: playedAt,
    artist,
    album_artist: albumArtist,
    title,
    album,
    duration_seconds: seconds,
    zone,
  } = columnsOf({ ...report, sourceKey: report.key, raw: null });
  if (made !== undefined) core.db.run('DELETE FROM scrobbles WHERE id = ?', made.id);
  core.db.run(
    `INSERT INTO scrobbles (source, source_key, played_at, artist, album_artist, title, album, duration_seconds, zone, track_id, payload, listen_id, state, rebuilt, recorded_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'deleted', ?, ?)`,
    source,
    key,
    playedAt,
    artist,
    albumArtist,
    title,
    album,
    seconds,
    zone,
    report.trackId === undefined ? null : track(report.trackId),
    rebuiltFrom(life, deletion.id),
    listenId,
    report.rebuilt,
    nowSeconds(core.clock),
  );
}

function takeRestored(core: Core, listenId: number, month: string, at: number): boolean {
  const deleted = deletedListen(core, listenId);
  if (deleted !== undefined && deleted.deletedAt <= at && evidence.ofListen(core, listenId).length > 0) {
    putBack(core, deleted, at);
    return true;
  }
  return keepRestored(core, listenId, month, at);
}
