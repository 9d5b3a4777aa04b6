import { DATE_UNKNOWN } from '../primitives/moments.ts';
import type { Analysis } from './analysis.ts';
import { NOWHERE } from './libraryIndex.ts';
import { rollupMonths } from './rollupMonths.ts';
import { trackOfListens } from './tally.ts';
import { trackColumns } from './trackColumns.ts';

/**
 * When each track, artist and group of pressings was first heard, by number: seconds since the epoch, Infinity for never,
 * −Infinity for "at an unknown date", which is before everything else.
 */
export interface FirstHeard {
  track: Float64Array;
  artist: Float64Array;
  group: Float64Array;
}

/** Of an archived month only the month is known: it counts from its first second. */
export function firstHeard(analysis: Analysis): FirstHeard {
  return analysis.derive('firstHeard', () => {
    const { library, journal } = analysis;
    const track = new Float64Array(library.trackIds.length).fill(Infinity);
    const tracks = trackOfListens(analysis);
    for (let row = tracks.length - 1; row >= 0; row--) {
      if (tracks[row]! >= 0) track[tracks[row]!] = journal.time[row]!;
    }
    for (const { rollup, from } of rollupMonths(analysis)) {
      for (const [trackId] of rollup.tracks) {
        const index = library.trackIndex(trackId);
        if (index >= 0 && library.trackAlbum[index] !== NOWHERE && track[index]! > from) track[index] = from;
      }
    }
    const [start, end] = journal.indexRange(DATE_UNKNOWN, DATE_UNKNOWN + 1);
    for (let row = start; row < end; row++) if (tracks[row]! >= 0) track[tracks[row]!] = -Infinity;

    const { album, artists, artistsFrom } = trackColumns(library);
    const artist = new Float64Array(library.artistIds.length).fill(Infinity);
    const group = new Float64Array(library.groupAlbums.length).fill(Infinity);
    for (let index = 0; index < track.length; index++) {
      const first = track[index]!;
      if (first === Infinity) continue;
      for (let at = artistsFrom[index]!; at < artistsFrom[index + 1]!; at++)
        if (first < artist[artists[at]!]!) artist[artists[at]!] = first;
      if (album[index]! < 0) continue;
      const its = library.albumGroup[album[index]!]!;
      if (first < group[its]!) group[its] = first;
    }
    return { track, artist, group };
  });
}

/** When each track was last heard, by number: seconds since the epoch, −Infinity for never. An archived month counts to its end. */
export function lastHeard(analysis: Analysis): Float64Array {
  return analysis.derive('lastHeard', () => {
    const { library, journal } = analysis;
    const last = new Float64Array(library.trackIds.length).fill(-Infinity);
    for (const { rollup, to } of rollupMonths(analysis)) {
      for (const [trackId] of rollup.tracks) {
        const index = library.trackIndex(trackId);
        if (index >= 0 && last[index]! < to - 1) last[index] = to - 1;
      }
    }
    const tracks = trackOfListens(analysis);
    for (let row = 0; row < tracks.length; row++) {
      const index = tracks[row]!;
      if (index >= 0 && journal.time[row]! > last[index]!) last[index] = journal.time[row]!;
    }
    return last;
  });
}
