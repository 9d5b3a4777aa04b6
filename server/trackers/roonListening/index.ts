export type { ListeningEvent, RoonListen, ZonesEvent } from './events.ts';
export { createListeningRule, type ListeningOptions, type ListeningRule } from './rule.ts';
export { emptyListening, type ListeningState, readListening } from './state.ts';
export { ownZoneId, zonePolicy, type ZonePolicy } from './zonePolicy.ts';
