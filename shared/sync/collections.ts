import { ArtistDocument } from '../library/artist.ts';
import { AlbumDocument } from '../library/album.ts';
import { HouseholdDocument } from '../library/household.ts';
import { PlaylistDocument } from '../library/playlist.ts';
import { RevisionsDocument } from '../library/revision.ts';
import { DeletionsDocument } from '../journal/deletions.ts';
import { JournalPage } from '../journal/page.ts';
import { MutationDocument } from '../mutations/document.ts';
import { MonthlyRollup } from '../analytics/rollup.ts';

/** Everything that replicates, and which way it travels. */
export const collections = {
  artists: { schema: ArtistDocument, push: false },
  albums: { schema: AlbumDocument, push: false },
  journal: { schema: JournalPage, push: false },
  rollups: { schema: MonthlyRollup, push: false },
  playlists: { schema: PlaylistDocument, push: true },
  intents: { schema: MutationDocument, push: true },
  household: { schema: HouseholdDocument, push: false },
  revisions: { schema: RevisionsDocument, push: false },
  deletions: { schema: DeletionsDocument, push: false },
} as const;

export type CollectionName = keyof typeof collections;
export const collectionNames = Object.keys(collections) as CollectionName[];
/** In the order in which they are taken into another library: what names others comes after what it names. */
export const REFERRED_FIRST: readonly CollectionName[] = [
  'household',
  'artists',
  'albums',
  'journal',
  'rollups',
  'playlists',
  'intents',
  'revisions',
  'deletions',
];
export const isCollectionName = (name: string): name is CollectionName => Object.hasOwn(collections, name);
