import type { Analysis } from './analysis.ts';
import { NOWHERE } from './libraryIndex.ts';
import type { Period } from './period.ts';
import { eachRollupDay, rollupsWithin } from './rollupMonths.ts';

/** The number of each listen's track in the library index, −1 where no document ever named it. */
export function trackOfListens(analysis: Analysis): Int32Array {
  return analysis.derive('trackOfListens', () => {
    const { library, journal } = analysis;
    const tracks = library.trackIndexes(journal.track);
    for (let row = 0; row < tracks.length; row++) {
      const track = tracks[row]!;
      if (track >= 0 && library.trackAlbum[track] === NOWHERE) tracks[row] = -1;
    }
    return tracks;
  });
}

export interface Tally {
  /** Listens of the period, those of unknown tracks among them. */
  total: number;
  /** Listens by track number. */
  byTrack: Int32Array;
}

/** How often each track was heard in a period. Albums, artists, genres … are summed from it, which is cheaper than by listen. */
export function tallyTracks(analysis: Analysis, period: Period): Tally {
  return analysis.derive(`tally ${period.from} ${period.to}`, () => {
    const { journal, library } = analysis;
    const tracks = trackOfListens(analysis);
    const byTrack = new Int32Array(library.trackIds.length);
    const [start, end] = journal.indexRange(period.from, period.to);
    for (let row = start; row < end; row++) {
      const track = tracks[row]!;
      if (track >= 0) byTrack[track]!++;
    }
    let total = end - start;
    const whole = new Set(rollupsWithin(analysis, period).map(({ rollup }) => rollup));
    eachRollupDay(analysis, period, (_day, listens, { rollup }) => {
      if (!whole.has(rollup)) total += listens;
    });
    for (const rollup of whole) {
      total += rollup.listens;
      for (const [trackId, listens] of rollup.tracks) {
        const track = library.trackIndex(trackId);
        if (track >= 0 && library.trackAlbum[track] !== NOWHERE) byTrack[track]! += listens;
      }
    }
    return { total, byTrack };
  });
}

/** Listens by artist number; a listen counts once for each artist of its track. */
export function tallyArtists(analysis: Analysis, period: Period): Int32Array {
  return analysis.derive(`artists ${period.from} ${period.to}`, () => {
    const { library } = analysis;
    const { byTrack } = tallyTracks(analysis, period);
    const byArtist = new Int32Array(library.artistIds.length);
    for (let track = 0; track < byTrack.length; track++) {
      const listens = byTrack[track]!;
      if (listens === 0) continue;
      for (const artist of library.trackArtists[track]!) byArtist[artist]! += listens;
    }
    return byArtist;
  });
}

/** Listens by album number. Tracks without album count for none. */
export function tallyAlbums(analysis: Analysis, period: Period): Int32Array {
  return analysis.derive(`albums ${period.from} ${period.to}`, () => {
    const { library } = analysis;
    const { byTrack } = tallyTracks(analysis, period);
    const byAlbum = new Int32Array(library.albumIds.length);
    for (let track = 0; track < byTrack.length; track++) {
      const listens = byTrack[track]!;
      if (listens > 0 && library.trackAlbum[track]! >= 0) byAlbum[library.trackAlbum[track]!]! += listens;
    }
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
