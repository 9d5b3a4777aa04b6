import type { CopyFacts, ReleaseFacts } from '../api/shelf.ts';
import { START } from './library.ts';

/** A release as an import describes it, with nothing but its names. */
export const releaseOf = (discogsId: string, artist: string, title: string): ReleaseFacts => ({
  discogsId,
  masterId: null,
  title,
  year: 2009,
  support: 'Vinyl',
  labels: [],
  genres: [],
  styles: [],
  formats: [],
  coverUrl: null,
  artists: [{ discogsId: null, name: artist, creditedAs: artist, join: '' }],
  discogsUrl: `https://www.discogs.com/release/${discogsId}`,
});

/** A copy of it on the shelf. */
export const copyOf = (instanceId: string, release: ReleaseFacts): CopyFacts => ({
  instanceId,
  folderId: null,
  dateAdded: START,
  rating: 0,
  notes: [],
  format: null,
  release,
});
