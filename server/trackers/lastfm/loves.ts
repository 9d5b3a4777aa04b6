import { isUpstreamError } from '../../kit/http/upstreamError.ts';
import type { Log } from '../../kit/log.ts';
import type { Loves } from '../../library/contract.ts';
import type { LovedTrack, LoveTarget, RecentPlaysSource, UnreadEntry } from '../../upstreams/ports.ts';

const DAY = 86_400;

export type LoveFollowing = Pick<RecentPlaysSource, 'lovedTracks'> & LoveTarget;

/**
 * Keeps loves in step both ways: tells Last.fm what was loved here, and once a day reads its whole list.
 * A failure is left for the next poll; the plays of this one are recorded already.
 * @returns when the whole list was last read, seconds since the epoch; null after a failure.
 */
export async function followLoves(
  lastfm: LoveFollowing,
  loves: Loves,
  options: { now: number; lastReadAt: number; tell: boolean; read: boolean; setAside: (entries: UnreadEntry[], readAt: number) => void; log: Log; signal: AbortSignal },
): Promise<number | null> {
  try {
    if (options.tell) await tellLoves(lastfm, loves, options);
    if (!options.read || options.now - options.lastReadAt < DAY) return options.lastReadAt;
    options.setAside(await readLoves(lastfm, loves, options.signal), options.now);
    return options.now;
  } catch (error) {
    if (!isUpstreamError(error)) throw error;
    options.log.warn('loves not followed', { source: 'lastfm', error });
    return null;
  }
}

/** One love that Last.fm does not take leaves the others to be told; it is offered again with the next poll. */
async function tellLoves(lastfm: LoveTarget, loves: Loves, { log, signal }: { log: Log; signal: AbortSignal }): Promise<void> {
  for (const track of loves.untold()) {
    try {
      if (track.loved) await lastfm.love(track, signal);
      else await lastfm.unlove(track, signal);
      loves.told(track.trackId, track.loved);
    } catch (error) {
      if (!isUpstreamError(error) || !['bad-request', 'not-found'].includes(error.kind)) throw error;
      log.warn('love not told', { source: 'lastfm', trackId: track.trackId, error });
    }
  }
}

/**
 * Only a list that was read whole may say that a love ended.
 * @returns the entries that could not be read.
 */
async function readLoves(lastfm: Pick<RecentPlaysSource, 'lovedTracks'>, loves: Loves, signal: AbortSignal): Promise<UnreadEntry[]> {
  const listed: LovedTrack[] = [];
  const unread: UnreadEntry[] = [];
  let total = 0;
  for (let page = 1, pages = 1; page <= pages; page += 1) {
    const answer = await lastfm.lovedTracks(page, signal);
    listed.push(...answer.tracks);
    unread.push(...answer.setAside);
    // Beyond the last entry there is nothing, however many pages are told of.
    pages = answer.tracks.length + answer.setAside.length === 0 ? page : answer.totalPages;
    total = answer.total;
  }
  for (const track of listed) loves.seenUpstream(track, true);
  // What has no name is none of ours; what cannot be read otherwise may be any that seems to have gone.
  const nameless = unread.filter(({ reason }) => reason === 'no-artist' || reason === 'no-title').length;
  if (listed.length + nameless < total) return unread;
  const nameOf = (track: { artist: string; title: string }) => `${track.artist.toLowerCase()}\n${track.title.toLowerCase()}`;
  const still = new Set(listed.map(nameOf));
  for (const track of loves.lovedUpstream()) {
    if (!still.has(nameOf(track))) loves.seenUpstream(track, false);
  }
  return unread;
}
