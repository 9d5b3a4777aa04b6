export { createDiscogsClient, type DiscogsClient, type DiscogsClientOptions, type DiscogsSearch } from './client.ts';
export type { DiscogsSettings } from './settings.ts';
export type { CreditedArtist } from './artists.ts';
export { type Format, formatInWords } from './formats.ts';
export type { CollectionItem, CollectionPage, Want, WantlistPage } from './collection.ts';
export type { DiscogsImage, Master, Release, SearchResult } from './catalogue.ts';
export type { TracklistEntry } from './tracklist.ts';
export type { ReleaseBasics } from './wire.ts';
export type { OAuthToken } from './oauth.ts';
