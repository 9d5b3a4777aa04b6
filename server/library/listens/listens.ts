import { DATE_UNKNOWN } from '#shared/journal/listen.ts';
import { type Core, isoNow } from '../core.ts';
import { isPageOf, pageWithRoom, touchPage } from './journalPages.ts';

/** What we believe was heard, as its believed witness tells it. */
export interface Belief {
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

/** Adds a listen. @param kept the id and note of a listen that comes back. */
export function insertListen(core: Core, belief: Belief, kept: { id?: number; note?: string | null } = {}): number {
  const before = firstHeard(core, belief.trackId);
  const page = pageWithRoom(core, belief.playedAt);
  const { lastId } = core.db.run(
    `INSERT INTO listening_history (id, track_id, timestamp, date, loved, source, zone, ended_at, listened_seconds, witnesses,
       note, gone_upstream, page, created_at)
     VALUES (?1, ?2, ?3, ?4, (SELECT loved FROM tracks WHERE id = ?2), ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)`,
    kept.id,
    belief.trackId,
    belief.playedAt,
    core.days.dateOf(belief.playedAt),
    belief.source,
    belief.zone,
    belief.endedAt,
    belief.listenedSeconds,
    belief.witnesses,
    kept.note,
    Number(belief.goneUpstream),
    page,
    isoNow(core),
  );
  core.feed.touch('journal', page);
  touchIfFirst(core, before, belief.playedAt);
  return lastId;
}

/** Takes a listen off its page. */
export function removeListen(core: Core, listen: ListenRow): void {
  const before = firstHeard(core, listen.track_id);
  core.db.run('DELETE FROM listening_history WHERE id = ?', listen.id);
  touchPage(core, listen.page);
  touchIfFirst(core, before, listen.timestamp);
}

/** Writes what is believed now; the page moves only when something that it shows changed. */
export function updateListen(core: Core, listen: ListenRow, belief: Belief, note: string | null = listen.note): void {
  const page = isPageOf(listen.page, belief.playedAt) ? listen.page : pageWithRoom(core, belief.playedAt);
  const shown = [belief.trackId, belief.playedAt, belief.source, belief.zone, belief.witnesses, Number(belief.goneUpstream), page, note];
  const was = [listen.track_id, listen.timestamp, listen.source, listen.zone, listen.witnesses, listen.gone_upstream, listen.page, listen.note];
  const changed = shown.some((value, index) => value !== was[index]);
  if (!changed && belief.endedAt === listen.ended_at && belief.listenedSeconds === listen.listened_seconds) return;
  const before = [firstHeard(core, listen.track_id), firstHeard(core, belief.trackId)];
  core.db.run(
    `UPDATE listening_history SET track_id = ?2, timestamp = ?3, date = ?4, loved = (SELECT loved FROM tracks WHERE id = ?2), source = ?5,
       zone = ?6, ended_at = ?7, listened_seconds = ?8, witnesses = ?9, note = ?10, gone_upstream = ?11, page = ?12 WHERE id = ?1`,
    listen.id,
    belief.trackId,
    belief.playedAt,
    core.days.dateOf(belief.playedAt),
    belief.source,
    belief.zone,
    belief.endedAt,
    belief.listenedSeconds,
    belief.witnesses,
    note,
    Number(belief.goneUpstream),
    page,
  );
  if (!changed) return;
  touchPage(core, listen.page);
  touchPage(core, page);
  for (const heard of before) {
    touchIfFirst(core, heard, listen.timestamp);
    touchIfFirst(core, heard, belief.playedAt);
  }
}

interface FirstHeard {
  albumId: number | null;
  at: number | null;
}

/** When the album of a track was first heard: its document says so. */
function firstHeard(core: Core, trackId: number): FirstHeard {
  const row = core.db.get<{ album_id: number; at: number | null }>(
    `SELECT album_id, min(first_played_at) AS at FROM tracks WHERE album_id = (SELECT album_id FROM tracks WHERE id = ?)`,
    trackId,
  );
  return { albumId: row?.album_id ?? null, at: row?.at ?? null };
}

function touchIfFirst(core: Core, { albumId, at }: FirstHeard, playedAt: number): void {
  if (albumId === null || playedAt === DATE_UNKNOWN) return;
  if (at === null || playedAt <= at) core.feed.touch('albums', albumId);
}
