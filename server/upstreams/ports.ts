/**
 * What an upstream can offer to the rest of the server. Trackers, enrichment and jobs depend on these shapes;
 * a client under upstreams/<name>/ provides them and knows nothing of the library.
 */
import type { PlayReport } from '#shared/journal/playReport.ts';

/** One play as a source reports it: evidence, stored as it was reported. */
export interface ReportedPlay extends PlayReport {
  /** Page of the track at the source. */
  trackUrl?: string;
}

/** What is sounding now; never a listen. */
export interface NowPlayingReport {
  artist: string;
  title: string;
  album?: string;
  durationSeconds?: number;
  positionSeconds?: number;
  imageUrl?: string;
  loved?: boolean;
}

/** An entry of a list that could not be read, and when it was played if it says so. */
export interface UnreadEntry {
  /** What it lacks: `no-artist`, `no-title`, `no-date`; or `unreadable`. */
  reason: string;
  playedAt?: number | undefined;
  raw: unknown;
}

export interface RecentPlaysPage {
  /** The user the source says these plays belong to. */
  user: string;
  plays: ReportedPlay[];
  /** Entries of this page that name no play. */
  setAside: UnreadEntry[];
  nowPlaying: NowPlayingReport | null;
  page: number;
  totalPages: number;
  /** How many plays the source has in the asked window. */
  total: number;
  /** False where it does not say so: `total` is then what the page alone lets expect. */
  isCounted: boolean;
  /** How many of the entries that this page must hold it does not. */
  leftOut: number;
}

export interface LovedTrack {
  artist: string;
  title: string;
  /** Seconds since the epoch, when the source gives it. */
  lovedAt?: number;
}

export interface LovedTracksPage {
  user: string;
  tracks: LovedTrack[];
  setAside: UnreadEntry[];
  page: number;
  totalPages: number;
  total: number;
  /** How many of the entries that this page must hold it does not. */
  leftOut: number;
}

/** A source of plays that is asked, as Last.fm is. */
export interface RecentPlaysSource {
  /** Plays in [from, to), newest first. `to` exclusive; overlapping windows and repeated answers are the caller's business. */
  recentPlays(
    window: { from?: number; to?: number; page?: number; limit?: number },
    signal?: AbortSignal,
  ): Promise<RecentPlaysPage>;
  lovedTracks(page: number, signal?: AbortSignal): Promise<LovedTracksPage>;
  /** Version of what reads its entries: higher when it can read what an earlier one set aside. */
  readonly reader: number;
  /** Reads a play again that was set aside; null when it cannot be read. */
  readAgain(raw: unknown): ReportedPlay | null;
  /** The same for a loved track. */
  readLoveAgain(raw: unknown): LovedTrack | null;
  /** Everything the source counts for this user, and since when. */
  profile(signal?: AbortSignal): Promise<{ name: string; playCount: number; registeredAt?: number }>;
}

/** A service that takes a person's loves of tracks. */
export interface LoveTarget {
  love(track: { artist: string; title: string }, signal?: AbortSignal): Promise<void>;
  unlove(track: { artist: string; title: string }, signal?: AbortSignal): Promise<void>;
}

/** A play to be submitted to a service. */
export interface ScrobbleToSend {
  /** Start of the play, whole seconds since the epoch, UTC. */
  playedAt: number;
  artist: string;
  title: string;
  album?: string;
  albumArtist?: string;
  durationSeconds?: number;
  trackMbid?: string;
}

/** What became of one play of a batch; `code` is the service's own. */
export type ScrobbleOutcome = { accepted: true } | { accepted: false; code: number; reason: string };

/** A service that takes plays. */
export interface ScrobbleTarget {
  /** How many plays it takes at once. */
  readonly largestBatch: number;
  /**
   * Submits plays; the outcomes are in the order sent, null where the answer could not be read. Sending a play again does not
   * double it there.
   * @throws RangeError for more than `largestBatch` plays.
   */
  scrobble(plays: readonly ScrobbleToSend[], signal?: AbortSignal): Promise<(ScrobbleOutcome | null)[]>;
}

/** An image found for an artist or an album: the URL only, with why it was accepted. */
export interface ArtworkCandidate {
  url: string;
  width?: number;
  height?: number;
}
