export { createLastfmClient, type LastfmClient } from './client.ts';
export type { LastfmSettings } from './settings.ts';
