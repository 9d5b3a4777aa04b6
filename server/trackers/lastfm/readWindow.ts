import type { NowPlayingReport, RecentPlaysSource, ReportedPlay, UnreadEntry } from '../../upstreams/ports.ts';

export interface WindowReading {
  plays: ReportedPlay[];
  setAside: UnreadEntry[];
  nowPlaying: NowPlayingReport | null;
  /** Everything the source counts in the window was read. */
  complete: boolean;
}

const PAGE_SIZE = 200;
const ATTEMPTS = 3;

/**
 * Reads all plays of a frozen window. A window whose total moved while it was read (a play deleted, a late upload) is read
 * again; the third time what came is taken, marked incomplete. One bad page fails the whole reading.
 */
export async function readWindow(source: RecentPlaysSource, window: { from: number; to: number }, signal?: AbortSignal): Promise<WindowReading> {
  for (let attempt = 1; ; attempt += 1) {
    const first = await source.recentPlays({ ...window, page: 1, limit: PAGE_SIZE }, signal);
    const plays = [...first.plays];
    const setAside = [...first.setAside];
    let moved = false;
    for (let page = 2; page <= first.totalPages; page += 1) {
      const next = await source.recentPlays({ ...window, page, limit: PAGE_SIZE }, signal);
      plays.push(...next.plays);
      setAside.push(...next.setAside);
      moved ||= next.total !== first.total;
      // Beyond the last play there is nothing, however many pages are told of.
      if (next.plays.length + next.setAside.length === 0) break;
    }
    // A play of another time than asked for is not part of this window, whoever lists it.
    const inside = plays.filter((play) => play.playedAt >= window.from && play.playedAt < window.to);
    if (!moved || attempt === ATTEMPTS) {
      const complete = !moved && inside.length === plays.length && plays.length + setAside.length >= first.total;
      return { plays: inside, setAside, nowPlaying: first.nowPlaying, complete };
    }
  }
}
