import * as v from 'valibot';

export const ErrorKinds = [
  'bad-request',
  'unauthorized',
  'forbidden',
  'not-found',
  'conflict',
  'stale-epoch',
  'upgrade-required',
  'too-large',
  'upstream',
  'unavailable',
  'recovery',
  'internal',
] as const;
export type ErrorKind = (typeof ErrorKinds)[number];

/** The values that an error's sentence names, in whatever language it is written. */
export const ErrorParams = v.record(v.string(), v.union([v.string(), v.number()]));
export type ErrorParams = v.InferOutput<typeof ErrorParams>;

/** What went wrong, as a page puts it into words: a case of errorCodes.ts with what its sentence names. Beside it stands the original. */
export const Problem = v.object({ code: v.string(), params: v.optional(ErrorParams) });
export type Problem = v.InferOutput<typeof Problem>;

/**
 * Every error answer's body. `code` is the case (see errorCodes.ts), `params` what its sentence names, `field` what was wrong with the
 * request. `message` says it to whoever reads the API; pages have their own words by the code.
 */
export const ErrorAnswer = v.object({
  error: v.object({
    kind: v.picklist(ErrorKinds),
    code: v.string(),
    message: v.string(),
    field: v.optional(v.string()),
    params: v.optional(ErrorParams),
  }),
});
export type ErrorAnswer = v.InferOutput<typeof ErrorAnswer>;
