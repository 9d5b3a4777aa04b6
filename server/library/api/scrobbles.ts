import type { ListenSource } from '#shared/journal/listen.ts';
import type { PlayReport } from '#shared/journal/playReport.ts';

/** A play as a tracker hands it over, to be stored as evidence. */
export interface ScrobbleInput extends PlayReport {
  source: ListenSource;
  /** Unique within the source; the same key again changes nothing unless it carries a correction. */
  sourceKey: string;
  endedAt?: number;
  listenedSeconds?: number;
  zone?: string;
}

export type RecordOutcome =
  | { state: 'new'; scrobbleId: number; listenId: number | null }
  /** The source key is known and says the same; `listenId` is null when its listen was deleted or archived. */
  | { state: 'known'; scrobbleId: number; listenId: number | null }
  | { state: 'corrected'; scrobbleId: number; listenId: number | null };

export interface RecordedScrobble {
  id: number;
  sourceKey: string;
  playedAt: number;
  artist: string;
  title: string;
  album: string | null;
  goneUpstream: boolean;
}

/** The evidence: scrobbles as reported, and the listens resolved from them. Every write is one transaction. */
export interface Scrobbles {
  record(inputs: readonly ScrobbleInput[]): RecordOutcome[];
  /** A recorded scrobble's spelling was corrected at its source: re-resolves its listen, keeps the earlier spelling. */
  correct(scrobbleId: number, input: ScrobbleInput): RecordOutcome;
  /** What is recorded of a source in [from, to), oldest first. */
  between(source: ListenSource, from: number, to: number): RecordedScrobble[];
  /** The source no longer lists these, or lists them again. */
  markGone(scrobbleIds: readonly number[], gone: boolean): void;
  latest(source: ListenSource): RecordedScrobble | null;
  count(source: ListenSource): number;
}
