import type { Analysis } from './analysis.ts';
import { dayCounts } from './dayCounts.ts';
import { periodBefore, type Period } from './period.ts';
import { tallyArtists, tallyGroups, tallyTracks } from './tally.ts';
import { trackColumns } from './trackColumns.ts';

/** A period in figures. */
export interface Overview {
  listens: number;
  /** As far as durations are known. */
  seconds: number;
  /** Listens whose duration is unknown, and that `seconds` therefore lacks. */
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
  const columns = trackColumns(library);
  let [seconds, timed, lovedTracks] = [0, 0, 0];
  for (let place = 0; place < heard.length; place++) {
    const track = heard[place]!;
    lovedTracks += library.trackLoved[track]!;
    if (columns.seconds[track]! > 0) {
      timed += byTrack[track]!;
      seconds += byTrack[track]! * columns.seconds[track]!;
    }
  }
  return {
    listens: total,
    seconds,
    withoutDuration: total - timed,
    tracks: heard.length,
    lovedTracks,
    albums: countPositive(tallyGroups(analysis, period)),
    artists: countPositive(tallyArtists(analysis, period)),
    days: countPositive(dayCounts(analysis, period).counts),
  };
}

/** A period beside the one before it; all time has none before. */
export function compareOverview(analysis: Analysis, period: Period): { now: Overview; before: Overview | null } {
  const before = periodBefore(analysis.calendar, period);
  return { now: overview(analysis, period), before: before && overview(analysis, before) };
}

function countPositive(counts: Int32Array): number {
  let positive = 0;
  for (let index = 0; index < counts.length; index++) if (counts[index]! > 0) positive++;
  return positive;
}
