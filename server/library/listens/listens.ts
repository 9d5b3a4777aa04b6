import { DATE_UNKNOWN } from '#shared/primitives/moments.ts';
import { isGivableId } from '#shared/primitives/identifiers.ts';
import { type Core, isoNow, listed } from '../core.ts';
import { countListens, isPageOf, pagesFor, pagesWithRoom, touchPage } from './journalPages.ts';

/** A listen as resolved from its reports, with the measures of the one that takes precedence. */
export interface ResolvedListen {
  trackId: number;
  playedAt: number;
  source: string;
  zone: string | null;
  endedAt: number | null;
  listenedSeconds: number | null;
  witnesses: number;
  goneUpstream: boolean;
}

export interface ListenRow {
  id: number;
  track_id: number;
  timestamp: number;
  source: string;
  zone: string | null;
  ended_at: number | null;
  listened_seconds: number | null;
  witnesses: number;
  note: string | null;
  gone_upstream: number;
  page: string;
}

export const listenRow = (core: Core, id: number): ListenRow | undefined =>
  core.db.get<ListenRow>(
    `SELECT id, track_id, timestamp, source, zone, ended_at, listened_seconds, witnesses, note, gone_upstream, page
     FROM listening_history WHERE id = ?`,
    id,
  );

/** True when no listen has or had this id that somebody gives, and one may have it. */
export const isFreeListenId = (core: Core, id: number): boolean =>
  isGivableId(id) &&
  core.db.get(
    `SELECT 1 FROM listening_history WHERE id = ?1 UNION ALL SELECT 1 FROM archived_listens WHERE listen_id = ?1
     UNION ALL SELECT 1 FROM deleted_listens WHERE listen_id = ?1 UNION ALL SELECT 1 FROM former_ids WHERE kind = 'listen' AND former_id = ?1`,
    id,
  ) === undefined;

/** A listen to be added; one that comes back has its id and its note, and its page where that has room. */
export interface NewListen extends ResolvedListen {
  id?: number;
  note?: string | null;
  page?: string;
}

/** Adds listens, each on its page. @returns their ids, in the order given. */
export function insertListens(core: Core, listens: readonly NewListen[]): number[] {
  if (listens.length === 0) return [];
  const before = firstHeard(
    core,
    listens.map(({ trackId }) => trackId),
  );
  const pages = pagesFor(core, listens);
  const now = isoNow(core);
  const ids = listens.map((listen, index) => {
    const { lastId } = core.db.run(
      `INSERT INTO listening_history (id, track_id, timestamp, date, loved, source, zone, ended_at, listened_seconds, witnesses, note,
         gone_upstream, page, created_at)
       VALUES (?1, ?2, ?3, ?4, (SELECT loved FROM tracks WHERE id = ?2), ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)`,
      listen.id,
      listen.trackId,
      listen.playedAt,
      core.days.dateOf(listen.playedAt),
      listen.source,
      listen.zone,
      listen.endedAt,
      listen.listenedSeconds,
      listen.witnesses,
      listen.note,
      Number(listen.goneUpstream),
      pages[index],
      now,
    );
    return lastId;
  });
  countPlays(core, listens);
  countListens(core, pages);
  for (const { trackId, playedAt } of listens) touchIfFirst(core, before.get(trackId), playedAt);
  return ids;
}

/** Adds new plays to their tracks' counts; a play whose date is unknown is at no time. */
function countPlays(core: Core, listens: readonly NewListen[]): void {
  const counts = new Map<number, { plays: number; first: number | null; last: number | null }>();
  for (const { trackId, playedAt } of listens) {
    const count = counts.get(trackId) ?? { plays: 0, first: null, last: null };
    count.plays += 1;
    if (playedAt !== DATE_UNKNOWN) {
      count.first = Math.min(count.first ?? playedAt, playedAt);
      count.last = Math.max(count.last ?? playedAt, playedAt);
    }
    counts.set(trackId, count);
  }
  core.db.run(
    `UPDATE tracks SET plays = plays + (added.value ->> 1),
       first_played_at = ifnull(min(first_played_at, added.value ->> 2), ifnull(first_played_at, added.value ->> 2)),
       last_played_at = ifnull(max(last_played_at, added.value ->> 3), ifnull(last_played_at, added.value ->> 3))
     FROM json_each(?) AS added WHERE tracks.id = added.value ->> 0`,
    JSON.stringify([...counts].map(([trackId, { plays, first, last }]) => [trackId, plays, first, last])),
  );
}

/** Takes a listen off its page. */
export function removeListen(core: Core, listen: ListenRow): void {
  const before = firstHeard(core, [listen.track_id]).get(listen.track_id);
  core.db.run('DELETE FROM listening_history WHERE id = ?', listen.id);
  touchPage(core, listen.page);
  touchIfFirst(core, before, listen.timestamp);
}

/** Writes what is resolved now; the page moves only when something that it shows changed. */
export function updateListen(
  core: Core,
  listen: ListenRow,
  resolved: ResolvedListen,
  note: string | null = listen.note,
): void {
  const page = isPageOf(listen.page, resolved.playedAt) ? listen.page : pagesWithRoom(core, [resolved.playedAt])[0]!;
  const shown = [
    resolved.trackId,
    resolved.playedAt,
    resolved.source,
    resolved.zone,
    resolved.witnesses,
    Number(resolved.goneUpstream),
    page,
    note,
  ];
  const was = [
    listen.track_id,
    listen.timestamp,
    listen.source,
    listen.zone,
    listen.witnesses,
    listen.gone_upstream,
    listen.page,
    listen.note,
  ];
  const changed = shown.some((value, index) => value !== was[index]);
  if (!changed && resolved.endedAt === listen.ended_at && resolved.listenedSeconds === listen.listened_seconds) return;
  const before = firstHeard(core, [listen.track_id, resolved.trackId]);
  core.db.run(
    `UPDATE listening_history SET track_id = ?2, timestamp = ?3, date = ?4, loved = (SELECT loved FROM tracks WHERE id = ?2), source = ?5,
       zone = ?6, ended_at = ?7, listened_seconds = ?8, witnesses = ?9, note = ?10, gone_upstream = ?11, page = ?12 WHERE id = ?1`,
    listen.id,
    resolved.trackId,
    resolved.playedAt,
    core.days.dateOf(resolved.playedAt),
    resolved.source,
    resolved.zone,
    resolved.endedAt,
    resolved.listenedSeconds,
    resolved.witnesses,
    note,
    Number(resolved.goneUpstream),
    page,
  );
  if (!changed) return;
  touchPage(core, listen.page);
  touchPage(core, page);
  for (const heard of before.values()) {
    touchIfFirst(core, heard, listen.timestamp);
    touchIfFirst(core, heard, resolved.playedAt);
  }
}

/** Hands a listen over to another track. */
export function moveListen(core: Core, listen: ListenRow, trackId: number): void {
  const { timestamp, source, zone, witnesses: reportCount } = listen;
  updateListen(core, listen, {
    trackId,
    playedAt: timestamp,
    source,
    zone,
    endedAt: listen.ended_at,
    listenedSeconds: listen.listened_seconds,
    witnesses: reportCount,
    goneUpstream: listen.gone_upstream === 1,
  });
}

interface FirstHeard {
  albumId: number;
  at: number | null;
}

/** When the albums of these tracks were first heard, by track: their documents say so. */
function firstHeard(core: Core, trackIds: readonly number[]): Map<number, FirstHeard> {
  const rows = core.db.rows<[trackId: number, albumId: number, at: number | null]>(
    `SELECT id, album_id, (SELECT min(first_played_at) FROM tracks AS others WHERE others.album_id = tracks.album_id)
     FROM tracks WHERE album_id IS NOT NULL AND id IN (SELECT value FROM json_each(?))`,
    listed(new Set(trackIds)),
  );
  return new Map(rows.map(([trackId, albumId, at]) => [trackId, { albumId, at }]));
}

function touchIfFirst(core: Core, heard: FirstHeard | undefined, playedAt: number): void {
  if (heard === undefined || playedAt === DATE_UNKNOWN) return;
  if (heard.at === null || playedAt <= heard.at) core.feed.touch('albums', heard.albumId);
}
