import * as v from 'valibot';
import { Count } from '../primitives/identifiers.ts';

/**
 * How far a device has come in one collection. `epoch` names the life of the server's database: a restore begins a new one,
 * and a checkpoint of another epoch is answered with 409.
 */
export const Checkpoint = v.object({ epoch: v.string(), seq: Count });
export type Checkpoint = v.InferOutput<typeof Checkpoint>;

export const PullAnswer = v.object({
  documents: v.array(v.looseObject({ id: v.string(), _deleted: v.boolean() })),
  checkpoint: Checkpoint,
});
export type PullAnswer = v.InferOutput<typeof PullAnswer>;

/** The most documents one pull may ask for. More is refused, never silently cut: a short page means the end of the feed. */
export const PULL_LIMIT = 1_000;
