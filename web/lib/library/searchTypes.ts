export interface SearchResult {
  kind: 'artist' | 'album' | 'track' | 'playlist';
  /** Artist, album or playlist id; a track's id as a decimal string. */
  id: string;
  name: string;
  /** The track's owner: album id, or minus the artist's. */
  ownerId?: number;
  /** Second line: the artist of an album, the artist and album of a track. */
  detail: string;
  /** [start, length] of what matched in `name`, to be underlined. */
  matches: readonly (readonly [number, number])[];
}

export interface SearchAnswer {
  query: string;
  artists: SearchResult[];
  albums: SearchResult[];
  tracks: SearchResult[];
  playlists: SearchResult[];
}

export interface Search {
  /** The index is complete; before, results come from what is indexed so far. */
  readonly ready: boolean;
  /** Newest call wins: an older one resolves to null. Reactive: an effect that asks, asks again when names come or go. */
  find(query: string, limit?: number): Promise<SearchAnswer | null>;
}
