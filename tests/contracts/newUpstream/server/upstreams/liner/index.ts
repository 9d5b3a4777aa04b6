export { createLinerClient } from './client.ts';
export type { LinerSettings } from './settings.ts';
