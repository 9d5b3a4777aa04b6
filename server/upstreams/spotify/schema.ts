import * as v from 'valibot';
import {
  looseList,
  looseText,
  positiveOrNull,
  requiredList,
  textOrNull,
  webUrlOrNull,
} from '#server/kit/http/responseSchema.ts';

export interface SpotifyImage {
  url: string;
  width: number | null;
  height: number | null;
}

export interface AlbumCandidate {
  id: string;
  name: string;
  artists: string[];
  /** Widest first. May be empty. */
  images: SpotifyImage[];
  /** Of this edition, which is often a reissue. */
  year: number | null;
  /** album, single or compilation. */
  albumType: string | null;
  /** The page to link back to. */
  url: string | null;
}

export interface ArtistCandidate {
  id: string;
  name: string;
  images: SpotifyImage[];
  url: string | null;
}

/** Spotify's own artist for compilations: no artist, and its picture shows nobody. */
const VARIOUS_ARTISTS_ID = '0LyfQWJT6nXafLPZqxe9Of';

const Name = v.pipe(looseText, v.nonEmpty());
const Image = v.object({
  url: v.pipe(webUrlOrNull, v.string()),
  width: v.optional(positiveOrNull, null),
  height: v.optional(positiveOrNull, null),
});

const Images = v.pipe(
  looseList(Image),
  v.transform((images): SpotifyImage[] => images.toSorted((one, other) => (other.width ?? 0) - (one.width ?? 0))),
);

const Links = v.fallback(v.object({ spotify: v.optional(webUrlOrNull, null) }), { spotify: null });

/**
 * The year of a `release_date` of any precision: it always comes first ("1961", "1981-12", "2001-03-02").
 * "0000" is how Spotify says that it does not know.
 */
export function releaseYear(releaseDate: string): number | null {
  const year = Number(/^(\d{4})(?:-\d{2}){0,2}$/.exec(releaseDate.trim())?.[1] ?? 0);
  return year >= 1000 ? year : null;
}

/** Items may be null and names empty: those cannot be matched and are left out. */
const Album = v.pipe(
  v.object({
    id: Name,
    name: Name,
    artists: v.optional(looseList(v.object({ name: Name })), []),
    images: v.optional(Images, []),
    release_date: v.optional(looseText, ''),
    album_type: v.optional(textOrNull, null),
    external_urls: v.optional(Links, {}),
  }),
  v.transform((album): AlbumCandidate => ({
    id: album.id,
    name: album.name,
    artists: album.artists.map(({ name }) => name),
    images: album.images,
    year: releaseYear(album.release_date),
    albumType: album.album_type,
    url: album.external_urls.spotify,
  })),
);

const Artist = v.pipe(
  v.object({ id: Name, name: Name, images: v.optional(Images, []), external_urls: v.optional(Links, {}) }),
  v.transform(({ id, name, images, external_urls }): ArtistCandidate => ({
    id,
    name,
    images,
    url: external_urls.spotify,
  })),
);

export const AlbumsAnswer = v.object({ albums: v.object({ items: requiredList(Album) }) });
export const ArtistsAnswer = v.object({
  artists: v.object({
    items: v.pipe(
      requiredList(Artist),
      v.transform((artists) => artists.filter(({ id }) => id !== VARIOUS_ARTISTS_ID)),
    ),
  }),
});

export const TokenAnswer = v.object({ access_token: Name, expires_in: v.optional(positiveOrNull, null) });

/** Errors of the accounts service are OAuth's. */
export const TokenComplaint = v.object({ error: Name, error_description: v.optional(looseText, '') });

/** Errors of the Web API, where they are JSON at all. */
export const Complaint = v.object({ error: v.object({ message: Name }) });
