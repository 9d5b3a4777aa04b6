/** How a Last.fm that is not well answers user.getRecentTracks: each was seen at the real one or at a compatible server. */
export type LastfmLie =
  /** Lists nothing and counts nothing. */
  | 'nothing'
  /** Lists nothing, and counts rightly. */
  | 'unlisted'
  /** Every second play, and counts rightly. */
  | 'half'
  /** The first plays of the page, and counts no more. */
  | 'cut'
  /** The first page, whichever is asked for. */
  | 'same-page'
  /** Pages of the whole history, whatever window is asked for. */
  | 'same-window'
  /** The newest page, whatever is asked for. */
  | 'newest'
  /** Counts more than there is, each time more. */
  | 'grows'
  /** Counts 300 more than there is. */
  | 'more'
  /** Does not say how much there is. */
  | 'uncounted';

export interface AskedWindow {
  from?: number | undefined;
  to?: number | undefined;
  page: number;
  limit: number;
}

/** What is answered in place of what was asked for. */
export function windowOf(lie: LastfmLie | null, asked: AskedWindow): AskedWindow {
  const page = lie === 'same-page' || lie === 'newest' ? 1 : asked.page;
  return lie === 'same-window' || lie === 'newest' ? { page, limit: asked.limit } : { ...asked, page };
}

/** What is listed of the page. */
export function listedBy<T>(lie: LastfmLie | null, plays: T[]): T[] {
  switch (lie) {
    case 'nothing':
    case 'unlisted':
      return [];
    case 'half':
      return plays.filter((_, place) => place % 2 === 0);
    case 'cut':
      return plays.slice(0, 7);
    default:
      return plays;
  }
}

/** How much is counted; undefined where no count is given. @param lies how many false answers came before. */
export function countedBy(lie: LastfmLie | null, total: number, listed: number, lies: number): number | undefined {
  switch (lie) {
    case 'nothing':
    case 'cut':
      return listed;
    case 'grows':
      return total + 250 * (lies + 1);
    case 'more':
      return total + 300;
    case 'uncounted':
      return undefined;
    default:
      return total;
  }
}
