export { createSpotifyClient, type SpotifyClient, type SpotifyClientOptions } from './client.ts';
export type { SpotifySettings } from './settings.ts';
export type { AlbumCandidate, ArtistCandidate, SpotifyImage } from './wire.ts';
