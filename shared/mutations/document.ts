import * as v from 'valibot';
import { DeviceUuid, Positive, StoredMilliseconds, StoredSeconds, Whole } from '../primitives/identifiers.ts';
import { Mutation } from './registry.ts';
import { MutationTargets } from './targets.ts';

/** What became of a mutation. */
export const MutationResult = v.variant('state', [
  v.object({
    state: v.literal('applied'),
    at: StoredSeconds,
    /** The change feed's seq after applying: the optimistic state stays until this collection's checkpoint has passed it. */
    appliedSeq: Whole,
    /** What the mutation created, where the device needs it (the id of an added record). */
    created: v.optional(v.string()),
    /** A later word about the same thing was here already, and stands. */
    outdone: v.optional(v.boolean()),
    /** Where what it said is stored although it is not shown. */
    kept: v.optional(v.literal('history')),
  }),
  v.object({ state: v.literal('refused'), at: StoredSeconds, reason: v.string(), message: v.string() }),
]);
export type MutationResult = v.InferOutput<typeof MutationResult>;

/** A mutation on its way: made on a device, answered by the server. */
export const MutationDocument = v.object({
  id: DeviceUuid,
  deviceId: DeviceUuid,
  /** The device's own running number: its mutations are applied in this order. */
  number: Positive,
  /** Milliseconds since the epoch, by the device's clock and its `clockOffset`; the server corrects it when it arrives. */
  madeAt: StoredMilliseconds,
  /** Milliseconds that `madeAt` has over the device's own clock. */
  clockOffset: v.optional(Whole),
  intent: Mutation,
  /** The life of the server's database that the device followed when this was made: ids are of that life. */
  epoch: v.optional(v.pipe(v.string(), v.maxLength(64))),
  /** What the ids in `intent` were to the person. */
  targets: v.optional(MutationTargets),
  verdict: v.optional(MutationResult),
});
export type MutationDocument = v.InferOutput<typeof MutationDocument>;

/** Days an applied mutation is retained, so that it can be offered again after a restore. A refused one is retained until it is dismissed. */
export const MUTATION_RETENTION_DAYS = 35;
