import * as v from 'valibot';

export const ErrorKinds = ['bad-request', 'unauthorized', 'forbidden', 'not-found', 'conflict', 'stale-epoch', 'upgrade-required', 'too-large', 'upstream', 'unavailable', 'recovery', 'internal'] as const;
export type ErrorKind = (typeof ErrorKinds)[number];

/** Every error answer's body. `field` names what was wrong with the request, `code` the case where a kind has several. */
export const ErrorAnswer = v.object({
  error: v.object({ kind: v.picklist(ErrorKinds), message: v.string(), field: v.optional(v.string()), code: v.optional(v.string()) }),
});
export type ErrorAnswer = v.InferOutput<typeof ErrorAnswer>;
