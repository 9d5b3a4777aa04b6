import { USUAL_SECONDS } from '../journal/scrobbleRule.ts';
import type { Analysis } from './analysis.ts';
import { dayCounts } from './dayCounts.ts';
import { comparisonOf, type Comparison } from './comparison.ts';
import type { Period } from './period.ts';
import { tallyArtists, tallyGroups, tallyTracks } from './tally.ts';
import type { PlayingTime } from './playingTime.ts';
import { trackLengths } from './trackLengths.ts';

/** A period in figures, its playing time among them: every listen counts with its track's length, as `TrackLengths` has it. */
export interface Overview extends PlayingTime {
  listens: number;
  /** Listens whose length is not known, and therefore estimated. */
  withoutDuration: number;
  tracks: number;
  /** Different tracks among them that are loved. */
  lovedTracks: number;
  /** Pressings that share a master count once. */
  albums: number;
  artists: number;
  /** Days with at least one listen. */
  days: number;
}

export function overview(analysis: Analysis, period: Period): Overview {
  const { library } = analysis;
  const { total, byTrack, heard } = tallyTracks(analysis, period);
  const lengths = trackLengths(library);
  let [known, estimatedSeconds, timed, unnamed, lovedTracks] = [0, 0, 0, total, 0];
  for (let place = 0; place < heard.length; place++) {
    const track = heard[place]!;
    const listens = byTrack[track]!;
    lovedTracks += library.trackLoved[track]!;
    unnamed -= listens;
    const seconds = lengths.knownSeconds(track);
    known += listens * seconds;
    if (seconds > 0) timed += listens;
    else estimatedSeconds += listens * lengths.seconds(track);
  }
  estimatedSeconds += unnamed * USUAL_SECONDS;
  return {
    listens: total,
    seconds: known + estimatedSeconds,
    estimatedSeconds,
    withoutDuration: total - timed,
    tracks: heard.length,
    lovedTracks,
    albums: countPositive(tallyGroups(analysis, period)),
    artists: countPositive(tallyArtists(analysis, period)),
    days: countPositive(dayCounts(analysis, period).counts),
  };
}

/** A period beside what it is compared with; all time with nothing. @param now seconds since the epoch. */
export function compareOverview(
  analysis: Analysis,
  period: Period,
  now: number,
): { now: Overview; before: Overview | null; comparedWith: Comparison | null } {
  const comparedWith = comparisonOf(analysis.calendar, period, now);
  return { now: overview(analysis, period), before: comparedWith && overview(analysis, comparedWith), comparedWith };
}

function countPositive(counts: Int32Array): number {
  let positive = 0;
  for (let index = 0; index < counts.length; index++) if (counts[index]! > 0) positive++;
  return positive;
}
