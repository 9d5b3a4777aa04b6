import type { Analysis } from './analysis.ts';
import { NOWHERE } from './libraryIndex.ts';
import type { Period } from './period.ts';
import { eachRollupDay, rollupsWithin } from './rollupMonths.ts';
import { trackColumns } from './trackColumns.ts';

/** Below this part of all tracks, a tally of every track costs more than it saves. */
const FEW = 16;

/** The number of each listen's track in the library index, −1 where no document ever named it. */
export function trackOfListens(analysis: Analysis): Int32Array {
  return analysis.derive('trackOfListens', () => {
    const { library, journal } = analysis;
    const { album } = trackColumns(library);
    const tracks = library.trackIndexes(journal.track);
    for (let row = 0; row < tracks.length; row++) {
      const track = tracks[row]!;
      if (track >= 0 && album[track] === NOWHERE) tracks[row] = -1;
    }
    return tracks;
  });
}

export interface Tally {
  /** Listens of the period, those of unknown tracks among them. */
  total: number;
  /** Listens by track number. */
  byTrack: Int32Array;
  /** The numbers of the tracks that were heard at all, each once, in no order: a month hears a few of them. */
  heard: Int32Array;
}

/** How often each track was heard in a period. Albums, artists, genres … are summed from it, which is cheaper than by listen. */
export function tallyTracks(analysis: Analysis, period: Period): Tally {
  return analysis.derive(`tally ${period.from} ${period.to}`, () => {
    const { journal, library } = analysis;
    const tracks = trackOfListens(analysis);
    const byTrack = new Int32Array(library.trackIds.length);
    const ranges = journal.periodRanges(period.from, period.to);
    const listens = rowsIn(ranges);
    const whole = new Set(rollupsWithin(analysis, period).map(({ rollup }) => rollup));
    const archived = Array.from(whole, ({ tracks: theirs }) => theirs.length).reduce((sum, count) => sum + count, 0);
    const heard = new Int32Array(Math.min(byTrack.length, listens + archived));
    let different = 0;
    for (const [start, end] of ranges) {
      for (let row = start; row < end; row++) {
        const track = tracks[row]!;
        if (track >= 0 && byTrack[track]!++ === 0) heard[different++] = track;
      }
    }
    let total = listens;
    eachRollupDay(analysis, period, (_day, ofDay, { rollup }) => {
      if (!whole.has(rollup)) total += ofDay;
    });
    for (const rollup of whole) {
      total += rollup.listens;
      for (const [trackId, times] of rollup.tracks) {
        const track = library.trackIndex(trackId);
        if (track < 0 || library.trackAlbum[track] === NOWHERE || times <= 0) continue;
        if (byTrack[track] === 0) heard[different++] = track;
        byTrack[track]! += times;
      }
    }
    return { total, byTrack, heard: heard.subarray(0, different) };
  });
}

const rowsIn = (ranges: readonly [start: number, end: number][]): number =>
  ranges.reduce((sum, [start, end]) => sum + end - start, 0);

/** Calls `visit` with tracks and how often they were heard; where few listens are looked at, once for each of them. */
function eachHeard(analysis: Analysis, period: Period, visit: (track: number, listens: number) => void): void {
  const ranges = analysis.journal.periodRanges(period.from, period.to);
  if (rowsIn(ranges) * FEW < analysis.library.trackIds.length && rollupsWithin(analysis, period).length === 0) {
    const tracks = trackOfListens(analysis);
    for (const [start, end] of ranges)
      for (let row = start; row < end; row++) if (tracks[row]! >= 0) visit(tracks[row]!, 1);
    return;
  }
  const { byTrack, heard } = tallyTracks(analysis, period);
  for (let place = 0; place < heard.length; place++) visit(heard[place]!, byTrack[heard[place]!]!);
}

/** Listens by artist number; a listen counts once for each artist of its track. */
export function tallyArtists(analysis: Analysis, period: Period): Int32Array {
  return analysis.derive(`artists ${period.from} ${period.to}`, () => {
    const { library } = analysis;
    const { artistsFrom, artists } = trackColumns(library);
    const byArtist = new Int32Array(library.artistIds.length);
    eachHeard(analysis, period, (track, listens) => {
      for (let at = artistsFrom[track]!; at < artistsFrom[track + 1]!; at++) byArtist[artists[at]!]! += listens;
    });
    return byArtist;
  });
}

/** Listens by album number. Tracks without album count for none. */
export function tallyAlbums(analysis: Analysis, period: Period): Int32Array {
  return analysis.derive(`albums ${period.from} ${period.to}`, () => {
    const { library } = analysis;
    const { album } = trackColumns(library);
    const byAlbum = new Int32Array(library.albumIds.length);
    eachHeard(analysis, period, (track, listens) => {
      if (album[track]! >= 0) byAlbum[album[track]!]! += listens;
    });
    return byAlbum;
  });
}

/** Sums of albums over the groups of pressings that share a master. */
export function tallyGroups(analysis: Analysis, period: Period): Int32Array {
  return analysis.derive(`groups ${period.from} ${period.to}`, () => {
    const { library } = analysis;
    const byAlbum = tallyAlbums(analysis, period);
    const byGroup = new Int32Array(library.groupAlbums.length);
    for (let album = 0; album < byAlbum.length; album++) {
      if (byAlbum[album]! > 0) byGroup[library.albumGroup[album]!]! += byAlbum[album]!;
    }
    return byGroup;
  });
}
