export { createSpotifyClient, type SpotifyClient } from './client.ts';
export type { SpotifySettings } from './settings.ts';
