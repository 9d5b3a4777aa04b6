/** What enrichment needs to know of an album to ask about it. */
export interface AlbumFacts {
  id: number;
  title: string;
  year: number | null;
  support: string | null;
  discogsId: string | null;
  masterId: string | null;
  spotifyUrl: string | null;
  mbid: string | null;
  owned: boolean;
  artists: string[];
  tracks: string[];
  labels: string[];
  genres: string[];
  styles: string[];
  albumText: { language: string } | null;
}

export interface AlbumText {
  haiku: string | null;
  summary: string | null;
  film: { title: string; year: number | null; director: string | null } | null;
  model: string;
  language: string;
  promptVersion: number;
}

/**
 * Reading what is known of an album or artist, and filling what is empty. What was found goes to what the subject was merged into
 * while it was looked for, and nowhere when it is gone.
 */
export interface Facts {
  album(id: number): AlbumFacts | null;
  artist(id: number): { id: number; name: string; spotifyId: string | null; discogsId: string | null } | null;
  /** Fills what is empty; never overwrites. */
  fillAlbum(id: number, found: { year?: number | null; spotifyUrl?: string | null; mbid?: string | null }): void;
  fillArtist(id: number, found: { spotifyId?: string | null }): void;
  /** Text for an album that was merged into another is stored only where that one has none in its language. */
  saveAlbumText(id: number, text: AlbumText): void;
  /** Albums about which text in this language is still to be written, those owned for themselves. */
  withoutAlbumText(language: string): { owned: number; others: number };
  /** Whether there is any such album: for who asks often. */
  hasAlbumsWithoutDescription(language: string): boolean;
  /** Ids above these that came since, oldest first. */
  newEntities(
    albumsAbove: number,
    artistsAbove: number,
    limit: number,
  ): { albums: { id: number; owned: boolean; discogsId: string | null }[]; artists: number[] };
  /** Artists whom Discogs has a number for and who were never asked about there: the number may be known long after the name. */
  notAskedAtDiscogs(limit: number): number[];
}
