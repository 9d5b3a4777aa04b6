import { textKey } from '#shared/matching/identity.ts';
import { ANOTHER_LOOK_SECONDS, type Withheld, withheld } from '../../kit/absence.ts';
import { isUpstreamError, type UpstreamError } from '../../kit/http/upstreamError.ts';
import type { Log } from '../../kit/log.ts';
import type { Loves } from '../../library/api/loves.ts';
import type { LoveReports } from '../../outbox/lastfm/loveReports.ts';
import type { LovedTrack, LovedTracksPage, RecentPlaysSource, UnreadEntry } from '../../upstreams/ports.ts';
import { isOfThePage } from './pageFailure.ts';

const DAY = 86_400;

/** How far the whole list is followed; what survives a restart. */
export interface LovesRead {
  /** When it was last read, seconds since the epoch; 0 for never. */
  at: number;
  /** Loves that it no longer held, and that stay all the same. */
  withheld: Withheld | null;
}

/**
 * Keeps loves in step with Last.fm: reads its whole list once a day; sooner where it has to say again that much of it is gone.
 *
 * @param options.otherOwner whose loves are here besides: they are on no list of this user, and are removed only after a person agreed.
 * @returns what is known of the list now; null after a failure.
 */
export async function followLoves(
  lastfm: Pick<RecentPlaysSource, 'lovedTracks'>,
  loves: Loves,
  options: {
    now: number;
    last: LovesRead;
    otherOwner?: string;
    reports: LoveReports;
    setAside: (entries: UnreadEntry[], readAt: number) => void;
    log: Log;
    signal: AbortSignal;
  },
): Promise<LovesRead | null> {
  const { now, last } = options;
  try {
    if (!isDue(last, now)) return last;
    const { unread, withheldLoves, failure } = await readLoves(lastfm, loves, options);
    // What the others hold is taken over; the page is asked for again before a day has passed.
    if (failure !== null) throw failure;
    options.setAside(unread, now);
    return { at: now, withheld: withheldLoves };
  } catch (error) {
    if (!isUpstreamError(error)) throw error;
    options.log.warn('loves not followed', { source: 'lastfm', error });
    return null;
  }
}

function isDue({ at, withheld: withheldLoves }: LovesRead, now: number): boolean {
  if (withheldLoves?.agreed) return true;
  return now - at >= (withheldLoves === null ? DAY : ANOTHER_LOOK_SECONDS);
}

/**
 * Only a list that was read whole may say that a love ended, and never that of a large part at once.
 * It was when every page says the same of how much there is, and so much there was.
 *
 * @returns the entries that could not be read, what stays although it is not listed, and why a page could not be read.
 */
async function readLoves(
  lastfm: Pick<RecentPlaysSource, 'lovedTracks'>,
  loves: Loves,
  {
    now,
    last,
    otherOwner,
    reports,
    log,
    signal,
  }: { now: number; last: LovesRead; otherOwner?: string; reports: LoveReports; log: Log; signal: AbortSignal },
): Promise<{ unread: UnreadEntry[]; withheldLoves: Withheld | null; failure: UpstreamError | null }> {
  const askedAt = reports.now();
  const { pages, failure } = await readPages(lastfm, signal);
  const listed = pages.flatMap(({ tracks }) => tracks);
  const unread = pages.flatMap(({ setAside }) => setAside);
  const counts = new Set(pages.map(({ total }) => total));
  for (const track of listed) reports.take(track, true, askedAt);
  // What has no name is none of ours; what cannot be read otherwise may be any that seems to have gone.
  const nameless = unread.filter(({ reason }) => reason === 'no-artist' || reason === 'no-title').length;
  const distinct = new Set(listed.map(({ artist, title }) => JSON.stringify([artist, title]))).size;
  const [total] = counts;
  const isWhole =
    failure === null && counts.size === 1 && listed.length + unread.length === total && distinct + nameless === total;
  if (!isWhole) return { unread, withheldLoves: last.withheld, failure };
  const known = loves.lovedUpstream().filter(({ trackId }) => !reports.isOlder(trackId, askedAt));
  const gone = unlisted(known, listed, loves);
  const withheldLoves = withheld(
    { keys: gone.map(({ trackId }) => String(trackId)), of: known.length },
    asNow(last.withheld, gone, loves),
    { now, otherOwner },
  );
  if (withheldLoves === null) for (const track of gone) loves.seenUpstream(track, false);
  else
    log.warn('kept what Last.fm no longer lists', {
      list: 'loved',
      missing: withheldLoves.missing,
      of: withheldLoves.of,
      since: withheldLoves.since,
    });
  return { unread, withheldLoves, failure };
}

/** @returns the pages that could be read, and why one could not. @throws UpstreamError when the first cannot, or what failed is not of a page. */
async function readPages(
  lastfm: Pick<RecentPlaysSource, 'lovedTracks'>,
  signal: AbortSignal,
): Promise<{ pages: LovedTracksPage[]; failure: UpstreamError | null }> {
  const first = await lastfm.lovedTracks(1, signal);
  const pages = [first];
  let failure: UpstreamError | null = null;
  let isBad = false;
  for (let page = 2, most = first.totalPages; page <= most; page += 1) {
    try {
      const answer = await lastfm.lovedTracks(page, signal);
      pages.push(answer);
      // Beyond the last entry there is nothing, however many pages are announced.
      most = answer.tracks.length + answer.setAside.length === 0 ? page : Math.max(most, answer.totalPages);
      isBad = false;
    } catch (error) {
      if (!isOfThePage(error)) throw error;
      failure ??= error;
      // Two in a row: it is no bad page but a bad day.
      if (isBad) break;
      isBad = true;
    }
  }
  return { pages, failure };
}

/**
 * The loves that a list does not hold, by the rule that a love is taken over by. Last.fm spells artists otherwise than they were submitted: a
 * listed name that nobody here bears may be any of the same title.
 */
function unlisted(
  known: ReturnType<Loves['lovedUpstream']>,
  listed: readonly LovedTrack[],
  loves: Pick<Loves, 'named'>,
): ReturnType<Loves['lovedUpstream']> {
  const still = new Set<number>();
  const strangers = new Set<string>();
  for (const track of listed) {
    const ids = loves.named(track);
    if (ids.length === 0) strangers.add(textKey(track.title));
    for (const id of ids) still.add(id);
  }
  return known.filter(({ trackId, title }) => !still.has(trackId) && !strangers.has(textKey(title)));
}

/** What was withheld, by the ids that its tracks have now: one may have become one with another meanwhile, and is the same love. */
function asNow(
  withheldLoves: Withheld | null,
  gone: ReturnType<Loves['lovedUpstream']>,
  loves: Pick<Loves, 'recordingOf'>,
): Withheld | null {
  if (!withheldLoves?.keys) return withheldLoves;
  const ids = new Map(gone.flatMap(({ trackId }) => loves.recordingOf(trackId).map((id) => [id, trackId])));
  const keys = withheldLoves.keys.map((key) => {
    const now = loves
      .recordingOf(Number(key))
      .map((id) => ids.get(id))
      .find((id) => id !== undefined);
    return now === undefined ? key : String(now);
  });
  return { ...withheldLoves, keys };
}
