export interface CatalogueTrack {
  title: string;
  durationSeconds: number;
}

/** An album that the simulated services agree on, so that what is heard can also be owned, pictured and described. */
export interface CatalogueAlbum {
  artist: string;
  title: string;
  /** The year it first came out. */
  year: number;
  tracks: readonly CatalogueTrack[];
  genres?: readonly string[];
  /** A drawing of its cover (SVG, PNG or JPEG file); one is made up when there is none. */
  coverFile?: string;
}
