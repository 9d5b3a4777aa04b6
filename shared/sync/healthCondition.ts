import * as v from 'valibot';
import { Count, StoredSeconds } from '../primitives/identifiers.ts';

/** What a person on any page should know of the server, whatever that page is about. A page passes over what it has no text for. */
export const HealthCondition = v.object({
  code: v.string(),
  /** With `disk-low`. */
  freeBytes: v.optional(Count),
  /** With `tracker-frozen`: when Last.fm was last read, or the following began, seconds since the epoch. */
  since: v.optional(StoredSeconds),
});
export type HealthCondition = v.InferOutput<typeof HealthCondition>;
