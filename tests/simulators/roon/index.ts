export { SimulatedCore, type SimulatedCoreOptions } from './core.ts';
export type { SimulatedTrack, SimulatedZone } from './zone.ts';
export { keepZonesPlaying } from './keepPlaying.ts';
