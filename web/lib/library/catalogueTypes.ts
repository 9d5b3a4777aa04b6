import type { PlayingTime } from '#shared/analytics/playingTime.ts';
import type { AlbumDocument, AlbumSort } from '#shared/library/album.ts';
import type { ArtistDocument } from '#shared/library/artist.ts';
import type { AccentColour } from '#shared/library/image.ts';
import type { PlaylistEntry } from '#shared/library/playlist.ts';
import type { Credit } from '#shared/library/track.ts';
import type { Plays } from './journalTypes.ts';

/** An album as lists need it; all of them are in memory. */
export interface AlbumEntry {
  id: string;
  title: string;
  artists: readonly Credit[];
  /** Names as printed, with their joins: "Alice Coltrane feat. Pharoah Sanders". */
  artistLine: string;
  /** The first artist's name as a shelf orders it, folded; "" when there is none. */
  artistSort: string;
  titleSort: string;
  year: number | null;
  support: string | null;
  owned: boolean;
  wanted: boolean;
  addedAt: number | null;
  rating: number;
  /** Shown as /api/v1/images/:id; null: a designed placeholder. */
  imageId: number | null;
  lent: AccentColour | null;
  genres: readonly string[];
  labels: readonly string[];
  trackCount: number;
  masterId: string | null;
  discogsId: string | null;
  spotifyUrl: string | null;
  /** Copies that were added manually, by the ids their devices gave them; they can be removed again. */
  manualCopies: readonly string[];
}

export type { AlbumSort };

export interface AlbumFilter {
  /** Default: `owned`, or `all` while nothing is owned. */
  shelf?: 'owned' | 'heard' | 'wanted' | 'all';
  supports?: readonly string[];
  decades?: readonly number[];
  genres?: readonly string[];
  labels?: readonly string[];
  artistIds?: readonly string[];
  neverPlayed?: boolean;
  /** At least. */
  rating?: number;
  text?: string;
  sort?: AlbumSort;
  descending?: boolean;
}

export interface Facet<T> {
  value: T;
  count: number;
}

export interface Facets {
  supports: Facet<string>[];
  decades: Facet<number>[];
  genres: Facet<string>[];
  labels: Facet<string>[];
  artists: (Facet<string> & { name: string })[];
  owned: number;
  heard: number;
  wanted: number;
  neverPlayed: number;
  total: number;
}

export interface Albums {
  readonly version: number;
  /** All entries are in memory. */
  readonly complete: boolean;
  readonly count: number;
  /** The light entry, without waiting once `complete`. */
  entry(id: string): AlbumEntry | null | undefined;
  /** The whole document, with this device's pending changes in it. Loads it when it is not at hand. */
  get(id: string): AlbumDocument | null | undefined;
  /** The id by which an album goes now, given one it had before it became part of another or reached the server. */
  today(id: string): string;
  /** Loads these together; for what a virtual list is about to show. */
  ensure(ids: readonly string[]): void;
  list(filter?: AlbumFilter): readonly AlbumEntry[];
  /** Counts of each facet's values under the other facets of the filter. */
  facets(filter?: AlbumFilter): Facets;
  /** Pressings that share this album's master, itself included. */
  pressings(id: string): readonly AlbumEntry[];
  plays(id: string): Plays;
}

export interface ArtistEntry {
  id: string;
  name: string;
  sortName: string;
  imageId: number | null;
  /** Discogs' number, which distinguishes artists of one name; null where none is known. */
  discogsId: string | null;
}

export interface Artists {
  readonly version: number;
  readonly complete: boolean;
  readonly count: number;
  entry(id: string): ArtistEntry | null | undefined;
  get(id: string): ArtistDocument | null | undefined;
  /** The id by which an artist goes now, given one of an artist that was merged into another. */
  today(id: string): string;
  ensure(ids: readonly string[]): void;
  list(): readonly ArtistEntry[];
  albums(id: string): readonly AlbumEntry[];
  plays(id: string): Plays;
}

/** A track with what surrounds it. */
export interface TrackView {
  id: number;
  title: string;
  position?: string;
  durationSeconds?: number;
  loved: boolean;
  /** A love or its undoing that the server has not confirmed. */
  lovePending: boolean;
  artists: readonly Credit[];
  artistLine: string;
  /** null for a track without album. */
  album: AlbumEntry | null;
  /** It was logged here by its names, and the server has not made a track of it yet: it has no id, and nothing can be done with it. */
  unsent?: { album?: string };
}

export interface Tracks {
  /** By track and owner, as a listen has them. */
  of(place: { trackId: number; ownerId: number }): TrackView | null | undefined;
  /** By id alone (playlists); needs the whole library in memory, `undefined` until then. */
  get(trackId: number): TrackView | null | undefined;
  plays(trackId: number): Plays;
  /** How long it plays, by the one rule for lengths that are not known. */
  playingTime(trackId: number): PlayingTime;
  /** How long these play together, one after the other; what the library does not know counts by its names. */
  playingTimeOf(entries: readonly Pick<PlaylistEntry, 'trackId' | 'artist' | 'title'>[]): PlayingTime;
}
