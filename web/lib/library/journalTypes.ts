import type { PlayingTime } from '#shared/analytics/playingTime.ts';
import type { Listen, ListenSource } from '#shared/journal/listen.ts';

/** One listen as the Journal shows it; its id is negative while it waits to be sent. Titles and names come from `tracks.of(listen)`. */
export interface JournalListen extends Listen {
  goneUpstream: boolean;
  /** Made or changed on this device and not yet confirmed. */
  pending: boolean;
  /** Group of an `add-listens` that waits, to undo it. */
  group?: string;
}

/** Consecutive listens of one album (or one loose track). Newest first, like everything in the Journal. */
export interface JournalRun {
  /** Stable while the run grows at its newest end. */
  key: string;
  /** null for a track without album. */
  albumId: string | null;
  listens: readonly JournalListen[];
}

export interface DaySummary {
  listens: number;
  time: PlayingTime;
  /** Listens in each hour of the local day. */
  hours: readonly number[];
}

export interface JournalDay {
  /** Local date in the household's time zone, `2026-11-22`; null for listens whose date is unknown (last of all). */
  date: string | null;
  /** Known without resolving anything: what a virtual list needs to reckon heights. */
  listenCount: number;
  runCount: number;
  /** Listens in each run, newest run first. */
  runSizes: readonly number[];
  /** Resolved lazily and cached. */
  readonly runs: readonly JournalRun[];
  readonly summary: DaySummary;
}

/** What of a listen and its record the Journal is looked through by, in a filter as in an address. */
export interface JournalTraits {
  /** Roon's zone. */
  zone?: string;
  genre?: string;
  style?: string;
  label?: string;
  support?: string;
  /** First year of the decade in which the record, or another pressing of it, first came out: 1970. */
  decade?: number;
  /** 0–23 of the household's local day. */
  hour?: number;
  /** Monday is 0. */
  weekday?: number;
}

export interface JournalFilter extends JournalTraits {
  /** Seconds since the epoch, [from, to). */
  from?: number;
  to?: number;
  sources?: readonly ListenSource[];
  albumId?: string;
  artistId?: string;
  trackId?: number;
  lovedOnly?: boolean;
  notedOnly?: boolean;
  /** Words that title, artists or record must have between them; accents and case do not count. */
  text?: string;
}

/** Days, newest first. */
export interface JournalView {
  /** Changes whenever anything in the view does. */
  readonly version: number;
  /** Listens in the view. */
  readonly length: number;
  readonly dayCount: number;
  /** 0 is the newest day. */
  day(index: number): JournalDay | undefined;
  /** Index of that local date, or of the nearest older day; dayCount when there is none. */
  dayIndexOf(date: string): number;
}

export interface Journal extends JournalView {
  /** All pages are in memory. While false, the newest ones are, and older days appear. */
  readonly complete: boolean;
  listen(id: number): JournalListen | undefined;
  filtered(filter: JournalFilter): JournalView;
  /** The listens of one local date, oldest first. */
  onDate(date: string): readonly JournalListen[];
}

export interface Plays {
  count: number;
  /** Seconds since the epoch; null when never (or only at an unknown date). */
  firstPlayedAt: number | null;
  lastPlayedAt: number | null;
}
