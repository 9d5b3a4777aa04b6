import * as v from 'valibot';

export const ErrorKinds = ['bad-request', 'unauthorized', 'forbidden', 'not-found', 'conflict', 'stale-epoch', 'upgrade-required', 'too-large', 'upstream', 'unavailable', 'internal'] as const;
export type ErrorKind = (typeof ErrorKinds)[number];

/** Every error answer's body. `field` names what was wrong with the request. */
export const ErrorAnswer = v.object({
  error: v.object({ kind: v.picklist(ErrorKinds), message: v.string(), field: v.optional(v.string()) }),
});
export type ErrorAnswer = v.InferOutput<typeof ErrorAnswer>;
