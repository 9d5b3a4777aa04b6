import type { ServiceTest } from '#shared/api/services.ts';
import { isNotConnected, problemOf } from '../problemOf.ts';
import { isUpstreamError, type UpstreamError } from './upstreamError.ts';

/** What a service did when it was asked. */
export type Heard = 'well' | UpstreamError;

/** A client, with the milliseconds since the epoch until which its service asked to be left alone: 0 when it did not, and given 0 it forgets its own pauses too. */
interface Asked {
  blockedUntil: number;
}

/**
 * Asks a service once. The pause that we take after failures does not keep a person who asks now; one that the service wants does.
 *
 * @param asked the client, where there is one. @param ask answers in words what the service said. @param heard is called with what came of it, as a fact of how the service is: not where it
 * is not connected, so that nobody was asked, nor where the asking was given up.
 */
export async function testService(
  asked: Asked | null,
  ask: () => Promise<Omit<ServiceTest, 'ok'>>,
  heard: (outcome: Heard) => void,
): Promise<ServiceTest> {
  if (asked?.blockedUntil === 0) asked.blockedUntil = 0;
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
