export { createMusicBrainzClient, type MusicBrainzClient, type MusicBrainzClientOptions } from './client.ts';
export { COVER_ART_ARCHIVE_URL, MUSICBRAINZ_URL, type MusicBrainzSettings } from './settings.ts';
export { isMbid, type MusicBrainzCandidate } from './wire.ts';
