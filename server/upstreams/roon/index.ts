export { createRoonClient } from './client.ts';
export type { RoonClient, RoonClientOptions, RoonStatus, RoonTimings, ZonesUpdate } from './roonClient.ts';
export type { RoonImage } from './image.ts';
export type { RoonSettings } from './settings.ts';
export { fileTokenStore, type TokenStore } from './tokens.ts';
export type { RoonNowPlaying, RoonZone } from './schema.ts';
