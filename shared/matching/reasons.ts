import type { AlbumRelation } from './albumTitles.ts';
import type { ArtistRelation } from './artists.ts';
import type { DurationRelation, TimeRelation } from './listenTimes.ts';
import type { TracksRelation } from './sharedTracks.ts';
import type { NameRelation, VersionRelation } from './titles.ts';

/**
 * One thing that spoke for or against two names or reports being the same, in a form that can be translated: a code,
 * what was compared, and its weight (positive for, negative against).
 */
export interface Reason {
  code: ReasonCode;
  weight: number;
  /** What the first and the second say, as they print it. */
  a?: string;
  b?: string;
  /** Seconds between two stamps or two durations. */
  seconds?: number;
}

export type ReasonCode =
  | `artist-${ArtistRelation}`
  | `title-${NameRelation}`
  | `version-${VersionRelation}`
  | 'version-live-by-album'
  | 'version-live-left-out'
  | 'version-edit-left-out'
  | `album-${AlbumRelation}`
  | `duration-${DurationRelation}`
  | `time-${TimeRelation}`
  | `tracks-${TracksRelation}`
  | 'format'
  | 'year'
  | 'time-unknown'
  | 'same-source'
  | 'same-report'
  | 'not-enough-in-common'
  | 'by-hand';

/** What the evidence comes to. */
export type MatchDecision = 'same' | 'different' | 'unsure';
