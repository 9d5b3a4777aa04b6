import * as v from 'valibot';
import { collections, type CollectionName } from '#shared/sync/collections.ts';
import { type Kind, KINDS } from './kinds.ts';
import type { ReplicaMetadata } from './replicaMetadata.ts';

const Name = v.picklist(Object.keys(collections) as CollectionName[]);
const byName = v.record(v.string(), v.number()) as v.GenericSchema<Partial<Record<CollectionName, number>>>;
const idsByName = v.record(v.string(), v.array(v.string())) as v.GenericSchema<
  Partial<Record<CollectionName, string[]>>
>;
const Counts = v.object({ documents: byName, listens: v.number() });

const Difference = v.object({ mine: v.number(), theirs: v.number(), onlyHere: v.number(), differs: v.number() });
const Differences = v.object(
  Object.fromEntries(KINDS.map((kind) => [kind, Difference])) as Record<Kind, typeof Difference>,
);

const Refusals = v.array(v.object({ collection: Name, id: v.string(), reason: v.string() }));

const Held = v.object({
  cause: v.picklist(['other-library', 'smaller', 'replaced', 'emptied']),
  because: v.nullable(v.string()),
  losing: v.array(v.union([Name, v.literal('listens')])),
  mine: Counts,
  theirs: Counts,
  differences: v.exactOptional(Differences),
  refused: v.exactOptional(Refusals),
  libraryId: v.string(),
  epoch: v.string(),
  since: v.number(),
  answer: v.nullable(v.picklist(['mine', 'theirs', 'bring-back'])),
});

const BringBackProgress = v.object({
  mode: v.picklist(['rebuild', 'add', 'rest']),
  state: v.picklist(['running', 'paused', 'failed', 'done']),
  into: v.exactOptional(v.string()),
  collection: v.nullable(Name),
  after: v.string(),
  done: v.number(),
  total: v.number(),
  refused: Refusals,
  error: v.exactOptional(v.string()),
});

const RefusedPlaylist = v.object({
  reason: v.string(),
  message: v.string(),
  name: v.optional(v.string()),
  did: v.optional(v.string()),
  words: v.optional(v.string()),
});

/** The metadata as it is stored, each field by itself. */
export const metadataSchemas = {
  deviceId: v.pipe(v.string(), v.uuid()),
  generation: v.number(),
  epoch: v.nullable(v.string()),
  libraryId: v.nullable(v.string()),
  unjudged: v.boolean(),
  held: v.nullable(Held),
  accepted: v.nullable(v.object({ epoch: v.string(), seq: v.number() })),
  bringBack: v.nullable(BringBackProgress),
  sweeping: v.boolean(),
  clockOffset: v.number(),
  lastIntentNumber: v.number(),
  lastPush: v.number(),
  caughtUp: byName,
  versions: byName,
  lastInStepAt: v.nullable(v.number()),
  unsentPlaylists: v.record(v.string(), v.number()),
  unsentWords: v.record(v.string(), v.object({ name: v.optional(v.string()), did: v.optional(v.string()) })),
  refusedPlaylists: v.record(v.string(), RefusedPlaylist),
  unreadable: idsByName,
  store: v.string(),
} satisfies { [Name in keyof ReplicaMetadata]: v.GenericSchema<ReplicaMetadata[Name]> };
