import { isUpstreamError } from '../../kit/http/upstreamError.ts';
import type { Log } from '../../kit/log.ts';
import type { Loves } from '../../library/contract.ts';
import type { LovedTrack, LoveTarget, RecentPlaysSource } from '../../upstreams/ports.ts';

const DAY = 86_400;

export type LoveFollowing = Pick<RecentPlaysSource, 'lovedTracks'> & LoveTarget;

/**
 * Keeps loves in step both ways: tells Last.fm what was loved here, and once a day reads its whole list.
 * A failure is left for the next poll; the plays of this one are recorded already.
 * @returns when the whole list was last read, seconds since the epoch.
 */
export async function followLoves(
  lastfm: LoveFollowing,
  loves: Loves,
  options: { now: number; lastReadAt: number; tell: boolean; log: Log; signal: AbortSignal },
): Promise<number> {
  try {
    if (options.tell) await tellLoves(lastfm, loves, options.signal);
    if (options.now - options.lastReadAt < DAY) return options.lastReadAt;
    await readLoves(lastfm, loves, options.signal);
    return options.now;
  } catch (error) {
    if (!isUpstreamError(error)) throw error;
    options.log.warn('loves not followed', { source: 'lastfm', error });
    return options.lastReadAt;
  }
}

async function tellLoves(lastfm: LoveTarget, loves: Loves, signal: AbortSignal): Promise<void> {
  for (const track of loves.untold()) {
    if (track.loved) await lastfm.love(track, signal);
    else await lastfm.unlove(track, signal);
    loves.told(track.trackId, track.loved);
  }
}

/** Only a list that was read whole may say that a love ended. */
async function readLoves(lastfm: Pick<RecentPlaysSource, 'lovedTracks'>, loves: Loves, signal: AbortSignal): Promise<void> {
  const listed: LovedTrack[] = [];
  let total = 0;
  for (let page = 1, pages = 1; page <= pages; page += 1) {
    const answer = await lastfm.lovedTracks(page, signal);
    listed.push(...answer.tracks);
    pages = answer.totalPages;
    total = answer.total;
  }
  for (const track of listed) loves.seenUpstream(track, true);
  if (listed.length < total) return;
  const nameOf = (track: { artist: string; title: string }) => `${track.artist.toLowerCase()}\n${track.title.toLowerCase()}`;
  const still = new Set(listed.map(nameOf));
  for (const track of loves.lovedUpstream()) {
    if (!still.has(nameOf(track))) loves.seenUpstream(track, false);
  }
}
