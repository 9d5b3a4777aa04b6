import type { Library } from '#server/library/api/library.ts';
import type { CopyFacts } from '#server/library/api/shelf.ts';
import type { InventedLibrary, InventedAlbum } from './inventedLibrary.ts';

/** Where covers seem to come from; a bench that shows them puts the address of a picture server in its place. */
export const COVER_ORIGIN = 'http://covers.invalid';
const GENRES = ['Rock', 'Jazz', 'Electronic', 'Folk, World, & Country', 'Classical', 'Funk / Soul', 'Pop', 'Hip Hop'];
const SLICE = 200;

function copyOf({ number, title, artist, year }: InventedAlbum): CopyFacts {
  const support = number % 3 === 0 ? 'CD' : 'Vinyl';
  return {
    instanceId: String(700_000 + number),
    folderId: '1',
    dateAdded: 1_300_000_000 + number * 20_000,
    rating: number % 6,
    notes: [{ fieldId: '1', value: 'Near Mint (NM or M-)' }],
    format: support,
    release: {
      discogsId: String(1_000_000 + number),
      masterId: String(50_000 + number),
      title,
      year,
      support,
      artists: [{ discogsId: null, name: artist, creditedAs: artist, join: '' }],
      labels: [{ name: `Label ${number % 400}`, catalogueNumber: `L ${1_000 + number}` }],
      genres: [GENRES[number % GENRES.length]!],
      styles: [`Style ${number % 120}`],
      formats: [{ name: support, qty: '1', descriptions: ['Album'] }],
      coverUrl: `${COVER_ORIGIN}/images/cover/600/made-${number * 7_919}/R-${number}.jpg`,
      discogsUrl: `https://www.discogs.com/release/${1_000_000 + number}`,
    },
  };
}

/** Puts the owned albums on the shelf with their tracklists, as an import and its enrichment do, and words to half of them. */
export function shelve(library: Library, { albums }: InventedLibrary): void {
  library.shelf.nameFolders([{ id: '1', name: 'Living room' }]);
  library.shelf.nameFields([{ id: '1', name: 'Media', position: 1 }]);
  const owned = albums.filter((album) => album.owned);
  for (let from = 0; from < owned.length; from += SLICE) {
    const slice = owned.slice(from, from + SLICE);
    library.atomically(() => {
      const { albumIds } = library.shelf.takeCopies(slice.map(copyOf), 'bench');
      slice.forEach((album, index) => describe(library, albumIds[index]!, album));
    });
  }
}

function describe(library: Library, albumId: number, { number, tracks, year, summary }: InventedAlbum): void {
  library.shelf.writeDetails(albumId, {
    tracks: tracks.map(({ title, seconds }, index) => ({
      kind: null,
      position: `${index < 6 ? 'A' : 'B'}${(index % 6) + 1}`,
      title,
      durationSeconds: seconds,
      artists: [],
    })),
    imageUrls: [],
    year,
  });
  if (number % 2 === 0) return;
  library.facts.saveAlbumText(albumId, {
    haiku: 'Rain on the tin roof\nthe needle finds the first groove\nnobody speaks now',
    summary,
    film: null,
    model: 'bench',
    language: 'en',
    promptVersion: 1,
  });
}
