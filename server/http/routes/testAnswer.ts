import * as v from 'valibot';
import { Problem } from '#shared/api/errors.ts';

/** What comes of asking a service once: whether it answers, in words, and where it does not, the case that a page has words for. */
export const TestAnswer = v.object({
  ok: v.boolean(),
  message: v.string(),
  problem: v.optional(Problem),
  total: v.optional(v.number()),
});
