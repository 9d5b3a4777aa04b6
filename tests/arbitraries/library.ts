import fc from 'fast-check';
import { type AlbumDocument, UNKNOWN_ALBUM } from '#shared/library/album.ts';
import type { ArtistDocument } from '#shared/library/artist.ts';
import type { Credit, Track } from '#shared/library/track.ts';

/** An album document with nothing but what is given. */
export function albumDocument(id: string, more: Partial<AlbumDocument> = {}): AlbumDocument {
  return { ...UNKNOWN_ALBUM, id, title: `Album ${id}`, ...more };
}

export function artistDocument(id: string, name: string, tracks: Track[] = []): ArtistDocument {
  return { id, name, sortName: name, images: [], tracks };
}

/** A copy on the shelf, when only owning matters. */
export const copy = { instanceId: '1', folder: null, dateAdded: null, rating: null, notes: [], format: null };

export interface SomeLibrary {
  albums: AlbumDocument[];
  artists: ArtistDocument[];
  /** Every track and the document that carries it, as a journal names it: an album's id, or minus an artist's. */
  tracks: { id: number; owner: number }[];
}

/** Titles of three recordings of one song: as it was, in concert, remixed. Every other track has a title of its own. */
export const RECORDINGS: Readonly<Record<string, string>> = {
  'Harbour Lights': 'song',
  'HARBOUR LIGHTS (Remastered 2011)': 'song',
  'Harbour Lights - 2019 Mix': 'song',
  'Harbour Lights (Live)': 'concert',
  'harbour lights - Live': 'concert',
  'Harbour Lights (Fred Falke Remix)': 'remix',
};

const artistNumber = fc.integer({ min: 1, max: 6 });
const credits = (numbers: number[]): Credit[] => numbers.map((n) => ({ id: String(n), name: `Artist ${n}` }));
const someTrack = fc.record({
  title: fc.option(fc.constantFrom(...Object.keys(RECORDINGS)), { nil: undefined }),
  seconds: fc.option(fc.integer({ min: 1, max: 900 }), { nil: undefined }),
  loved: fc.option(fc.constant(true), { nil: undefined }),
  artists: fc.option(fc.uniqueArray(artistNumber, { minLength: 1, maxLength: 2 }), { nil: undefined, freq: 4 }),
});
const someAlbum = fc.record({
  year: fc.option(fc.integer({ min: 1955, max: 2026 }), { nil: null }),
  support: fc.constantFrom(null, 'Vinyl', 'CD', 'Digital'),
  owned: fc.boolean(),
  wanted: fc.boolean(),
  masterId: fc.constantFrom(null, null, '77', '78'),
  genres: fc.subarray(['Rock', 'Jazz', 'Chanson']),
  labels: fc.subarray(['Phare', 'Granite']),
  artists: fc.uniqueArray(artistNumber, { minLength: 1, maxLength: 2 }),
  tracks: fc.array(someTrack, { maxLength: 4 }),
});

/** A small library with pressings that share a master, several artists a track and tracks without album. */
export function anyLibrary(): fc.Arbitrary<SomeLibrary> {
  return fc
    .record({
      albums: fc.array(someAlbum, { maxLength: 7 }),
      loose: fc.array(fc.tuple(artistNumber, someTrack), { maxLength: 4 }),
    })
    .map(({ albums, loose }) => {
      let trackId = 0;
      const tracks: SomeLibrary['tracks'] = [];
      const make = (
        owner: number,
        { title, seconds, loved, artists }: { title?: string; seconds?: number; loved?: boolean; artists?: number[] },
      ): Track => {
        tracks.push({ id: ++trackId, owner });
        return {
          id: trackId,
          title: title ?? `Track ${trackId}`,
          ...(seconds !== undefined && { durationSeconds: seconds }),
          ...(loved && { loved }),
          ...(artists && { artists: credits(artists) }),
        };
      };
      return {
        albums: albums.map(({ owned, wanted, labels, artists, tracks: own, ...more }, index) =>
          albumDocument(String(index + 1), {
            ...more,
            wanted,
            copies: owned ? [copy] : [],
            labels: labels.map((name) => ({ name, catalogueNumber: null })),
            artists: credits(artists),
            tracks: own.map((track) => make(index + 1, track)),
          }),
        ),
        artists: [1, 2, 3, 4, 5, 6].map((n) =>
          artistDocument(
            String(n),
            `Artist ${n}`,
            loose.filter(([artist]) => artist === n).map(([, track]) => make(-n, { ...track, artists: undefined })),
          ),
        ),
        tracks,
      };
    });
}
