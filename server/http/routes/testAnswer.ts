import * as v from 'valibot';
import { Problem } from '#shared/api/errors.ts';
import { isUpstreamError } from '../../kit/http/upstreamError.ts';
import { problemOf } from '../../kit/problemOf.ts';

/** What comes of asking a service once: whether it answers, in words, and where it does not, the case that a page has words for. */
export const TestAnswer = v.object({ ok: v.boolean(), message: v.string(), problem: v.optional(Problem), total: v.optional(v.number()) });
type TestAnswer = v.InferOutput<typeof TestAnswer>;

/** @param ask answers in words what the service said. */
export async function tested(ask: () => Promise<Omit<TestAnswer, 'ok'>>): Promise<TestAnswer> {
  try {
    return { ok: true, ...(await ask()) };
  } catch (error) {
    if (isUpstreamError(error)) return { ok: false, message: error.message, problem: problemOf(error) };
    throw error;
  }
}
