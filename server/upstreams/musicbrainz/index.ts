export { createMusicBrainzClient, type MusicBrainzClient, type MusicBrainzClientOptions } from './client.ts';
export type { MusicBrainzSettings } from './settings.ts';
export { isMbid, type MusicBrainzCandidate } from './wire.ts';
