import type { UpstreamError } from '#server/kit/http/upstreamError.ts';
import { Redacted } from '#server/kit/redacted.ts';
import { createDiscogsClient, type DiscogsClient, type DiscogsSettings } from '#server/upstreams/discogs/index.ts';
import { ImpatientClock } from '#tests/kit/impatientClock.ts';
import {
  type DiscogsSimulator,
  type DiscogsSimulatorOptions,
  startDiscogsSimulator,
} from '#tests/simulators/discogs/index.ts';
import { failureOf, PATIENT_MS } from './outcomes.ts';

const SECRETS = ['tok-11aa22bb33cc', 'ckey-44dd55ee', 'csecret-66ff77'];
const [token, consumerKey, consumerSecret] = SECRETS as [string, string, string];
export const USER = 'collector';

/** A simulated Discogs that lives by the same clock as its clients, and those. */
export interface DiscogsFixture {
  sim: DiscogsSimulator;
  clock: ImpatientClock;
  failures: UpstreamError[];
  /** With the personal token unless the settings say otherwise. */
  client(settings?: Partial<DiscogsSettings>, timeoutMs?: number): DiscogsClient;
  failure(request: Promise<unknown>): Promise<UpstreamError>;
}

export const CONSUMER = { consumerKey: new Redacted(consumerKey), consumerSecret: new Redacted(consumerSecret) };

export async function openDiscogsFixture(options: DiscogsSimulatorOptions = {}): Promise<DiscogsFixture> {
  const clock = new ImpatientClock();
  const sim = await startDiscogsSimulator({
    username: USER,
    token,
    consumerKey,
    consumerSecret,
    now: () => clock.now(),
    ...options,
  });
  const failures: UpstreamError[] = [];
  return {
    sim,
    clock,
    failures,
    client: (settings = {}, timeoutMs = PATIENT_MS) =>
      createDiscogsClient({
        settings: { url: sim.url, authorizeUrl: sim.authorizeUrl, token: new Redacted(token), ...settings },
        clock,
        userAgent: 'AIME/4.0.0 (tests)',
        timeoutMs,
        onAttemptFailed: (error) => failures.push(error),
      }),
    failure: (request) => failureOf(request, 'Discogs', SECRETS),
  };
}

/** Every copy of the collection, page after page. */
export async function wholeCollection(client: DiscogsClient) {
  const first = await client.collectionPage(USER, 1);
  const copies = [...first.copies];
  for (let page = 2; page <= first.pages; page += 1) copies.push(...(await client.collectionPage(USER, page)).copies);
  return { copies, items: first.items, pages: first.pages };
}
