import * as v from 'valibot';
import { HouseholdDocument } from '../library/household.ts';
import { Count, StoredSeconds } from '../primitives/identifiers.ts';
import { defineEndpoint } from './contract.ts';

const TAG = 'Household';
const { firstRunDone, language } = HouseholdDocument.entries;

export const getHousehold = defineEndpoint({
  operationId: 'getHousehold',
  method: 'get',
  path: '/household',
  tag: TAG,
  summary: 'What every device knows about the household',
  answers: { 200: HouseholdDocument },
});

export const updateHousehold = defineEndpoint({
  operationId: 'updateHousehold',
  method: 'put',
  path: '/household',
  tag: TAG,
  summary: 'Change what the household agreed on (first run done, language)',
  body: v.strictObject({ firstRunDone: v.optional(firstRunDone), language: v.optional(language) }),
  answers: { 200: HouseholdDocument },
});

/** A device that holds a replica. */
export const KnownDevice = v.object({
  id: v.string(),
  name: v.nullable(v.string()),
  userAgent: v.nullable(v.string()),
  firstSeen: StoredSeconds,
  lastSeen: StoredSeconds,
  /** How far it had come then. */
  lastSeq: v.nullable(Count),
});
export type KnownDevice = v.InferOutput<typeof KnownDevice>;

export const listDevices = defineEndpoint({
  operationId: 'listDevices',
  method: 'get',
  path: '/devices',
  tag: TAG,
  summary: 'Devices that hold a replica and when each was last in step',
  answers: { 200: v.object({ items: v.array(KnownDevice) }) },
});

/** How much the library holds. */
export const Counts = v.object({
  artists: Count,
  albums: Count,
  owned: Count,
  tracks: Count,
  listens: Count,
  scrobbles: Count,
  playlists: Count,
});
export type Counts = v.InferOutput<typeof Counts>;

export const getCounts = defineEndpoint({
  operationId: 'getCounts',
  method: 'get',
  path: '/counts',
  tag: TAG,
  summary: 'How much the library holds',
  answers: { 200: Counts },
});
