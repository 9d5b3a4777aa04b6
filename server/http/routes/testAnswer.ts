import * as v from 'valibot';
import { Problem } from '#shared/api/errors.ts';
import { isUpstreamError, type UpstreamError } from '../../kit/http/upstreamError.ts';
import { isNotConnected, problemOf } from '../../kit/problemOf.ts';

/** What comes of asking a service once: whether it answers, in words, and where it does not, the case that a page has words for. */
export const TestAnswer = v.object({ ok: v.boolean(), message: v.string(), problem: v.optional(Problem), total: v.optional(v.number()) });
type TestAnswer = v.InferOutput<typeof TestAnswer>;

/** What a service did when it was asked. */
export type Heard = 'well' | UpstreamError;

/**
 * Asks a service once.
 *
 * @param ask answers in words what the service said. @param heard is told what came of it, as a fact of how the service is: not where it
 * is not connected, so that nobody was asked, nor where the asking was given up.
 */
export async function tested(ask: () => Promise<Omit<TestAnswer, 'ok'>>, heard: (outcome: Heard) => void): Promise<TestAnswer> {
  try {
    const said = await ask();
    heard('well');
    return { ok: true, ...said };
  } catch (error) {
    if (!isUpstreamError(error)) throw error;
    if (!isNotConnected(error) && error.kind !== 'cancelled') heard(error);
    return { ok: false, message: error.message, problem: problemOf(error) };
  }
}
