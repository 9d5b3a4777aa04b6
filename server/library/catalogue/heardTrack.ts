import type { AlbumRow } from './albums.ts';
import type { ArtistRow } from './artists.ts';

/** A track as a play names it. */
export interface HeardTrack {
  title: string;
  album: AlbumRow | null;
  /** Who plays it, the first being the one it is known by, then those further credited. */
  artists: readonly ArtistRow[];
  durationSeconds: number | null;
  mbid: string | null;
  /** The record itself, heard as one: none of its tracks, though one of them may be called like it. */
  whole?: true | undefined;
}
