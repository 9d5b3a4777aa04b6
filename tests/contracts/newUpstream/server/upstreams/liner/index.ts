export { createLinerClient, type LinerClient } from './client.ts';
export type { LinerSettings } from './settings.ts';
