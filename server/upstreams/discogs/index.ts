export { createDiscogsClient, type DiscogsClient } from './client.ts';
export type { DiscogsSettings } from './settings.ts';
export type { CreditedArtist } from './artists.ts';
export { describeFormats } from './formats.ts';
export {
  type CollectionItem,
  type CollectionPage,
  type ListPage,
  readCopy,
  readWant,
  type WantlistPage,
} from './collection.ts';
export type { TracklistEntry } from './tracklist.ts';
export type { ReleaseBasics } from './schema.ts';
export type { OAuthToken } from './oauth.ts';
