import { isUpstreamError, type UpstreamError } from '../../kit/http/upstreamError.ts';
import type {
  NowPlayingReport,
  RecentPlaysPage,
  RecentPlaysSource,
  ReportedPlay,
  UnreadEntry,
} from '../../upstreams/ports.ts';
import { isOfThePage } from './pageFailure.ts';
import { keyByNames } from '#shared/journal/listen.ts';

export interface WindowReading {
  plays: ReportedPlay[];
  setAside: UnreadEntry[];
  nowPlaying: NowPlayingReport | null;
  /** Everything the source counts in the window was read. */
  complete: boolean;
  /** Pages that could not be read. */
  pagesSteppedOver: number;
}

export interface WindowOptions {
  /** Waits until a service that is left alone for a while may be asked again. */
  rest: (seconds: number) => Promise<void>;
  signal?: AbortSignal;
}

type Window = { from: number; to: number };
type Source = Pick<RecentPlaysSource, 'recentPlays'>;

const PAGE_SIZE = 200;
const MAX_READS = 3;
/** Pages asked for in a row where none can be read: when none of them can be read, it is no bad page but a bad day. */
const PAGES_TRIED = 4;

/**
 * Reads all plays of a frozen window. A window whose total moved while it was read (a play deleted, a late upload) is read
 * again; the third time what came is taken, marked incomplete. A page that cannot be read when it is asked for again is stepped over,
 * and the reading marked incomplete: what it holds comes with a later one.
 *
 * @throws UpstreamError when no page can be read, or what failed is not of a page.
 */
export async function readWindow(source: Source, window: Window, options: WindowOptions): Promise<WindowReading> {
  for (let attempt = 1; ; attempt += 1) {
    const { pages, pagesSteppedOver } = await readPages(source, window, options);
    const [first] = pages as [RecentPlaysPage];
    const plays = pages.flatMap((page) => page.plays);
    const setAside = pages.flatMap((page) => page.setAside);
    const moved = pages.some(({ total }) => total !== first.total);
    // A play of another time than asked for is not part of this window, whoever lists it.
    const inside = plays.filter((play) => play.playedAt >= window.from && play.playedAt < window.to);
    if (!moved || attempt === MAX_READS) {
      // An empty page without a count is no word on what there is.
      const isConclusive = first.isCounted || plays.length + setAside.length > 0;
      const complete =
        isConclusive &&
        !moved &&
        pagesSteppedOver === 0 &&
        inside.length === plays.length &&
        plays.length + setAside.length >= first.total;
      return { plays: inside, setAside, nowPlaying: first.nowPlaying, complete, pagesSteppedOver };
    }
  }
}

async function readPages(
  source: Source,
  window: Window,
  options: WindowOptions,
): Promise<{ pages: RecentPlaysPage[]; pagesSteppedOver: number }> {
  const pages: RecentPlaysPage[] = [];
  let failure: UpstreamError | null = null;
  const steppedOver: number[] = [];
  const bringsNothingNew = noteNew(window);
  // However many pages are announced: where so many in a row cannot be read, the rest is left to another day.
  let inARow = 0;
  for (let page = 1; page <= (pages[0]?.totalPages ?? PAGES_TRIED) && inARow < PAGES_TRIED; page += 1) {
    const answer = await readPage(source, { ...window, page, limit: PAGE_SIZE }, options, failure !== null);
    if (isUpstreamError(answer)) {
      failure ??= answer;
      steppedOver.push(page);
      inARow += 1;
      continue;
    }
    pages.push(answer);
    // The same page again, or one of another window: several in a row, and nothing more is listed of this one.
    if (bringsNothingNew(answer)) {
      steppedOver.push(page);
      inARow += 1;
      continue;
    }
    inARow = 0;
    // Beyond the last play there is nothing, however many pages are announced.
    if (answer.plays.length + answer.setAside.length === 0) break;
  }
  if (pages.length === 0 && failure !== null) throw failure;
  // One that was asked for before it was known how many there are may not exist.
  return { pages, pagesSteppedOver: steppedOver.filter((page) => page <= pages[0]!.totalPages).length };
}

/** @returns whether a page holds entries, and none of the window that the pages before did not hold. */
function noteNew({ from, to }: Window): (page: RecentPlaysPage) => boolean {
  const known = new Set<string>();
  return ({ plays, setAside }) => {
    const inside = plays.filter(({ playedAt }) => playedAt >= from && playedAt < to).map(keyByNames);
    const keys = [...inside, ...setAside.map(({ raw }) => JSON.stringify(raw))];
    const before = known.size;
    for (const key of keys) known.add(key);
    return known.size === before && plays.length + setAside.length > 0;
  };
}

/**
 * @param mayRest a page before this one failed so often that the service is left alone for a while: that is waited for, once.
 * A page that holds less than it counts is asked for once more, and what holds more is taken.
 *
 * @returns why the page cannot be read, where that may be its own fault.
 */
async function readPage(
  source: Source,
  asked: Parameters<Source['recentPlays']>[0],
  { rest, signal }: WindowOptions,
  mayRest: boolean,
): Promise<RecentPlaysPage | UpstreamError> {
  let short: RecentPlaysPage | null = null;
  try {
    const answer = await source.recentPlays(asked, signal);
    if (answer.leftOut === 0) return answer;
    short = answer;
  } catch (error) {
    signal?.throwIfAborted();
    if (mayRest && isUpstreamError(error) && error.kind === 'resting') await rest(error.retryAfterSeconds ?? 0);
    else if (!isOfThePage(error)) throw error;
    // The client has asked several times by now.
    else if (error.kind === 'broken') return error;
  }
  try {
    const again = await source.recentPlays(asked, signal);
    return short !== null && short.leftOut < again.leftOut ? short : again;
  } catch (error) {
    signal?.throwIfAborted();
    if (isOfThePage(error)) return short ?? error;
    throw error;
  }
}
