export { createLastfmClient, type LastfmClient } from './client.ts';
export type { LastfmCallerOptions as LastfmClientOptions } from './caller.ts';
export type { LastfmSettings } from './settings.ts';
export type { LastfmAlbumInfo, LastfmArtistInfo } from './wire/info.ts';
export type { ScrobbleOutcome, ScrobbleToSend } from './wire/scrobbles.ts';
