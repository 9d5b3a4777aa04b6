export { createMusicBrainzClient, type MusicBrainzClient } from './client.ts';
export type { MusicBrainzSettings } from './settings.ts';
export { isMbid } from './schema.ts';
