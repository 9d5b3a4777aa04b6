export { SimulatedCore, type Silence, type SimulatedCoreOptions } from './core.ts';
export type { SimulatedAlbum } from './browse.ts';
export type { SimulatedTrack, SimulatedZone } from './zone.ts';
