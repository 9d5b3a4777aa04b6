import { ArchiveFileError, type Revived } from '../api/archive.ts';
import { textKey } from '#shared/matching/identity.ts';
import type { ListenSource } from '#shared/journal/listen.ts';
import { nowSeconds } from '../../kit/clock.ts';
import { type Catalogue, catalogue } from '../catalogue/reported.ts';
import { trackById } from '../catalogue/trackById.ts';
import { type Core, listed } from '../core.ts';
import { addRedirect } from '../curation/redirects.ts';
import { resolveListen } from '../listens/resolveListen.ts';
import { evidence, insertScrobbles, type NewReport, type ScrobbleRow } from '../listens/evidence.ts';
import { insertListens, isFreeListenId, type NewListen } from '../listens/listens.ts';
import { resolveNames } from '../listens/naming.ts';
import { resolve } from '../listens/resolve.ts';
import { takeReportedOut } from '../listens/takeReportedOut.ts';
import { MAX_HIGHEST_ID } from '../identity/highestIds.ts';
import type { Rollups } from '../api/rollups.ts';
import { inSlices, type Pace } from '../../kit/slices.ts';
import type { ArchivedListen, ArchivedScrobble } from './entry.ts';
import type { ArchiveFiles } from './files.ts';

/**
 * Brings back what a file holds. Repeating it changes nothing; cut off anywhere, it can be run again.
 *
 * @throws {ArchiveFileError} when the file cannot be trusted; @throws the signal's reason.
 */
export async function revive(
  core: Core,
  rollups: Rollups,
  files: ArchiveFiles,
  name: string,
  pace: Pace,
  onProgress: (done: number, total: number) => void,
): Promise<Revived> {
  const { listens } = await files.read(name, pace);
  const elsewhere = await heldByOthers(core, files, name, listens, pace);
  const revived: Revived = { listens: 0, recorded: 0, known: 0 };
  let done = 0;
  await inSlices(listens, pace, (slice) => {
    core.db.transaction(() => {
      const names = catalogue(core);
      const held = heldIn(core, elsewhere, slice);
      const archived = slice.filter(({ id }) => held.has(id));
      const unknown = slice.filter((listen) => !held.has(listen.id) && isUnknown(core, listen));
      bringBack(core, names, archived);
      recordAnew(core, rollups, names, unknown);
      rollups.refresh(archived.map(({ playedAt }) => rollups.monthOf(playedAt)));
      revived.listens += archived.length;
      revived.recorded += unknown.length;
      revived.known += slice.length - archived.length - unknown.length;
    });
    onProgress((done += slice.length), listens.length);
  });
  return revived;
}

/** Which of these listens are archived, and in no other file as they were last. */
function heldIn(core: Core, elsewhere: ReadonlySet<number>, listens: readonly ArchivedListen[]): Set<number> {
  const rows = core.db.rows<[number]>(
    'SELECT listen_id FROM archived_listens WHERE listen_id IN (SELECT value FROM json_each(?))',
    listed(listens.map(({ id }) => id)),
  );
  return new Set(rows.map(([id]) => id).filter((id) => !elsewhere.has(id)));
}

/**
 * Those of these listens that are filed under another file, which holds them: it was written later, and knows better. A file that was
 * renamed, or whose name another has, is read in the place of the one that does not hold them.
 */
async function heldByOthers(
  core: Core,
  files: ArchiveFiles,
  name: string,
  listens: readonly ArchivedListen[],
  pace: Pace,
): Promise<Set<number>> {
  const filed = core.db.rows<[number, string]>(
    'SELECT listen_id, file FROM archived_listens WHERE file <> ? AND listen_id IN (SELECT value FROM json_each(?))',
    name,
    listed(listens.map(({ id }) => id)),
  );
  const held = new Set<number>();
  for (const file of new Set(filed.map(([, other]) => other))) {
    const ids = await idsIn(files, file, pace);
    for (const [id, other] of filed) if (other === file && ids.has(id)) held.add(id);
  }
  return held;
}

/** The listens of a file; none when it is missing or damaged. */
export async function idsIn(files: ArchiveFiles, name: string, pace: Pace): Promise<Set<number>> {
  if (!(await files.has(name))) return new Set();
  try {
    return new Set((await files.read(name, pace)).listens.map(({ id }) => id));
  } catch (error) {
    if (!(error instanceof ArchiveFileError)) throw error;
    return new Set();
  }
}

const isUnknown = (core: Core, { witnesses: sourceReports }: ArchivedListen): boolean =>
  sourceReports.length > 0 &&
  sourceReports.every(({ source, sourceKey }) => evidence.byKeys(core, source, [sourceKey]).length === 0);

function bringBack(core: Core, names: Catalogue, listens: readonly ArchivedListen[]): void {
  const given = insertListens(
    core,
    listens.map((listen) => listenOf(core, names, listen)),
  );
  listens.forEach(({ id }, index) => {
    const now = given[index]!;
    if (now === id) return;
    addRedirect(core, 'listen', id, now);
    core.db.run(
      `UPDATE scrobbles SET state = 'resolved', listen_id = ? WHERE state = 'archived' AND listen_id = ?`,
      now,
      id,
    );
  });
  const ids = listed(listens.map(({ id }) => id));
  core.db.run(
    `UPDATE scrobbles SET state = 'resolved' WHERE state = 'archived' AND listen_id IN (SELECT value FROM json_each(?))`,
    ids,
  );
  core.db.run('DELETE FROM archived_listens WHERE listen_id IN (SELECT value FROM json_each(?))', ids);
}

/** What its evidence comes to now (a late report may have joined it meanwhile), with its note and under its id, where that is one that is given. */
function listenOf(core: Core, names: Catalogue, listen: ArchivedListen): NewListen {
  const rows = evidence.ofListen(core, listen.id).filter(({ state }) => state === 'archived');
  const trackId = trackOf(core, names, listen, rows);
  const { playedAt, source, zone, endedAt, listenedSeconds, goneUpstream } = listen;
  const resolved =
    rows.length > 0
      ? resolveListen(rows, trackId)
      : { trackId, playedAt, source, zone, endedAt, listenedSeconds, goneUpstream, witnesses: 1 };
  return { ...resolved, ...(listen.id <= MAX_HIGHEST_ID && { id: listen.id }), note: listen.note };
}

/** The track it was of, or the one it became; by its names where that is gone. */
function trackOf(core: Core, names: Catalogue, { track, album }: ArchivedListen, rows: readonly ScrobbleRow[]): number {
  const existing = trackById(core, track.id);
  if (existing !== undefined) {
    const { title } = core.db.get<{ title: string }>('SELECT title FROM tracks WHERE id = ?', existing.id)!;
    if (existing.id !== track.id || textKey(title) === textKey(track.title)) return existing.id;
  }
  const named =
    rows.length > 0
      ? resolveNames(core, [rows])[0]!
      : {
          artist: track.artists[0] ?? '',
          albumArtist: album?.artists[0] ?? null,
          title: track.title,
          album: album?.title ?? null,
          durationSeconds: track.durationSeconds,
          artistMbid: null,
          trackMbid: null,
          albumMbid: null,
          trackId: null,
        };
  return names.trackOf(named).id;
}

function recordAnew(core: Core, rollups: Rollups, names: Catalogue, listens: readonly ArchivedListen[]): void {
  const rows = listens.flatMap((listen) => {
    const fresh = insertScrobbles(
      core,
      listen.witnesses.map((report) => reportOf(core, report)),
      nowSeconds(core.clock),
    );
    const id = isFreeListenId(core, listen.id) ? listen.id : null;
    fresh.forEach((row, index) => {
      const { goneUpstream, correctedFrom } = listen.witnesses[index]!;
      row.listen_id = id;
      row.gone_upstream = Number(goneUpstream);
      row.corrected_from = correctedFrom == null ? null : JSON.stringify(correctedFrom);
      core.db.run(
        'UPDATE scrobbles SET gone_upstream = ?, corrected_from = ? WHERE id = ?',
        row.gone_upstream,
        row.corrected_from,
        row.id,
      );
    });
    return fresh;
  });
  if (rows.length > 0) resolve(core, names, rows);
  takeReportedOut(core, rollups, rows);
  for (const { note, witnesses: sourceReports } of listens.filter((listen) => listen.note !== null)) {
    const [row] = evidence.byKeys(core, sourceReports[0]!.source, [sourceReports[0]!.sourceKey]);
    core.db.run('UPDATE listening_history SET note = ? WHERE id = ? AND note IS NULL', note, row?.listen_id);
  }
}

function reportOf(core: Core, report: ArchivedScrobble): NewReport {
  const optional = <T>(value: T | null): T | undefined => value ?? undefined;
  const trackId = report.trackId !== null && trackById(core, report.trackId) !== undefined ? report.trackId : undefined;
  return {
    source: report.source as ListenSource,
    sourceKey: report.sourceKey,
    playedAt: report.playedAt,
    endedAt: optional(report.endedAt),
    listenedSeconds: optional(report.listenedSeconds),
    artist: report.artist,
    albumArtist: optional(report.albumArtist),
    title: report.title,
    album: optional(report.album),
    durationSeconds: optional(report.durationSeconds),
    artistMbid: optional(report.artistMbid),
    trackMbid: optional(report.trackMbid),
    albumMbid: optional(report.albumMbid),
    zone: optional(report.zone),
    raw: report.payload,
    ...(trackId === undefined ? {} : { trackId }),
  };
}
