import type { NotTaken } from '#shared/api/lastfm.ts';

/** A manually logged listen, as it was stored: its names never change, so that sending it twice says the same twice. */
export interface UnsentScrobble {
  id: number;
  /** Seconds since the epoch, as all times here: when it began, and when the server recorded it. */
  playedAt: number;
  recordedAt: number;
  artist: string;
  albumArtist: string | null;
  title: string;
  album: string | null;
  durationSeconds: number | null;
}

/** What became of one: taken by the service, ignored by it, or from before what it takes. */
export type SubmitResult =
  | { id: number; outcome: 'taken' | 'too-old' }
  | { id: number; outcome: 'ignored'; code: number | null; reason: string };

/** The durable queue of manually logged listens on their way to another service. */
export interface ScrobbleOutbox {
  /** A checkpoint of the present: what is logged manually from now on comes after it. */
  mark(): number;
  /**
   * Those logged after a mark that were neither sent nor taken back, oldest first. Left out is what the service itself
   * reported too: it has that play already. So is a whole record, which is no track of its own, and what came from a replica: nobody knows whether it was sent.
   */
  unsent(mark: number): UnsentScrobble[];
  /** Keeps what became of some; they never come up again. */
  markResults(results: readonly SubmitResult[]): void;
  /** How many were taken, and the latest that were not. */
  outcomes(limit: number): { taken: number; lastTakenAt: number | null; notTaken: NotTaken[] };
}
