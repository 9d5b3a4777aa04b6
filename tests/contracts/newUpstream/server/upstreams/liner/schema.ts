import * as v from 'valibot';
import { looseText, requiredList } from '#server/kit/http/responseSchema.ts';

const Credit = v.object({ name: v.pipe(looseText, v.nonEmpty()), role: v.fallback(v.string(), '') });
export type Credit = v.InferOutput<typeof Credit>;

/** Who played on a record. What has no name is set aside, and the rest is read. */
export const CreditsAnswer = v.object({ credits: requiredList(Credit) });
