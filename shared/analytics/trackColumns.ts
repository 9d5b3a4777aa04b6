import type { LibraryIndex } from './libraryIndex.ts';

/** What counting asks of every track, by track number, side by side in memory: an array of arrays costs a cache miss for each. */
export interface TrackColumns {
  /** As `LibraryIndex.trackAlbum` has it. */
  album: Int32Array;
  /** The artists of track n are `artists[artistsFrom[n]]` up to, without, `artists[artistsFrom[n + 1]]`. */
  artistsFrom: Int32Array;
  artists: Int32Array;
}

const made = new WeakMap<LibraryIndex, { version: number; columns: TrackColumns }>();

/** The columns of a library as it is now; cached until the library changes, whatever becomes of the journal. */
export function trackColumns(library: LibraryIndex): TrackColumns {
  const cached = made.get(library);
  if (cached?.version === library.version) return cached.columns;
  const columns = build(library);
  made.set(library, { version: library.version, columns });
  return columns;
}

function build({ trackIds, trackAlbum, trackArtists }: LibraryIndex): TrackColumns {
  const artistsFrom = new Int32Array(trackIds.length + 1);
  for (let track = 0; track < trackIds.length; track++)
    artistsFrom[track + 1] = artistsFrom[track]! + trackArtists[track]!.length;
  const artists = new Int32Array(artistsFrom[trackIds.length]!);
  let place = 0;
  for (let track = 0; track < trackIds.length; track++) {
    const its = trackArtists[track]!;
    for (let credit = 0; credit < its.length; credit++) artists[place++] = its[credit]!;
  }
  return { album: Int32Array.from(trackAlbum), artistsFrom, artists };
}
