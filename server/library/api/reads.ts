import type { Album as AlbumItem, AlbumDetail, Artist as ArtistItem, ArtistDetail } from '#shared/api/collection.ts';
import type { Listen as ListenItem } from '#shared/api/history.ts';
import type { Counts } from '#shared/api/household.ts';
import type { SearchResult } from '#shared/api/search.ts';
import type { AlbumSort } from '#shared/library/album.ts';
import type { Page, PageRequest } from './page.ts';

export type { AlbumDetail, AlbumItem, ArtistItem, ListenItem };

export interface ListenFilter {
  from?: number;
  to?: number;
  source?: string;
  artist?: number;
  album?: number;
  loved?: boolean;
  q?: string;
}

export interface AlbumFilter {
  q?: string;
  support?: string;
  year?: number;
  decade?: number;
  artist?: number;
  label?: string;
  genre?: string;
  owned?: boolean;
  wanted?: boolean;
  sort?: AlbumSort;
}

/** A track by itself, with its album and its artists, as a listen names them. */
export type TrackItem = ListenItem['track'] &
  Pick<ListenItem, 'artists'> & { album: Pick<NonNullable<ListenItem['album']>, 'id' | 'title' | 'year'> | null };

/** Reading for REST. Every list is paged; no page scans the whole history. */
export interface Reads {
  listens(request: PageRequest & ListenFilter): Page<ListenItem>;
  listen(id: number): ListenItem | null;
  /** The listens of one local day, oldest first. */
  listensBetween(from: number, to: number): ListenItem[];
  albums(request: PageRequest & AlbumFilter): Page<AlbumItem>;
  album(id: number): AlbumDetail | null;
  artists(request: PageRequest & { q?: string }): Page<ArtistItem>;
  artist(id: number): ArtistDetail | null;
  /** These tracks in this order; null for an unknown id. An id from before a merge leads to the track that stayed. */
  tracks(ids: readonly number[]): (TrackItem | null)[];
  /** The track and the album that a play under these names would be filed under; null for what is not in the library. */
  named(names: { artist: string; title: string; album: string | null }): {
    trackId: number | null;
    albumId: number | null;
  };
  search(q: string, limit: number): SearchResult;
  /** When the library got what is oldest in it now, seconds since the epoch; null while it is empty. */
  begunAt(): number | null;
  counts(): Counts;
}
