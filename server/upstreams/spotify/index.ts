export { createSpotifyClient, type SpotifyClient, type SpotifyClientOptions } from './client.ts';
export { SPOTIFY_ACCOUNTS_URL, SPOTIFY_URL, type SpotifySettings } from './settings.ts';
export { type AlbumCandidate, type ArtistCandidate, type SpotifyImage, VARIOUS_ARTISTS_ID } from './wire.ts';
