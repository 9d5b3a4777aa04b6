import type { UpstreamError } from '#server/kit/http/upstreamError.ts';
import type { ImpatientClock } from '#tests/kit/impatientClock.ts';
import { failureOf, PATIENT_MS } from './outcomes.ts';

interface ClientOptions {
  clock: ImpatientClock;
  userAgent: string;
  timeoutMs: number;
  onAttemptFailed: (error: UpstreamError) => void;
}

/** A simulated service that goes by the same clock as its clients, and those. */
export interface UpstreamFixture<Simulator, Settings, Client> {
  sim: Simulator;
  clock: ImpatientClock;
  /** Every failed attempt of the clients, as they reported it. */
  failures: UpstreamError[];
  /** @param settings other ones than the fixture's own. */
  client(settings?: Partial<Settings>, timeoutMs?: number): Client;
  /** The failure of a request, which must be this service's and hold none of its secrets. */
  failure(request: Promise<unknown>): Promise<UpstreamError>;
}

/** @param create a client with these settings in the place of the fixture's own. */
export function upstreamFixture<Simulator, Settings, Client>(
  { sim, clock, name, secrets }: { sim: Simulator; clock: ImpatientClock; name: string; secrets: readonly string[] },
  create: (settings: Partial<Settings>, options: ClientOptions) => Client,
): UpstreamFixture<Simulator, Settings, Client> {
  const failures: UpstreamError[] = [];
  return {
    sim,
    clock,
    failures,
    client: (settings = {}, timeoutMs = PATIENT_MS) =>
      create(settings, {
        clock,
        userAgent: 'AIME/4.0.0 (tests)',
        timeoutMs,
        onAttemptFailed: (error) => failures.push(error),
      }),
    failure: (request) => failureOf(request, name, secrets),
  };
}
