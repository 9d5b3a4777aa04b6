import { Redacted } from '#server/kit/redacted.ts';
import { createDiscogsClient, type DiscogsClient, type DiscogsSettings } from '#server/upstreams/discogs/index.ts';
import { ImpatientClock } from '#tests/kit/impatientClock.ts';
import {
  type DiscogsSimulator,
  type DiscogsSimulatorOptions,
  startDiscogsSimulator,
} from '#tests/simulators/discogs/index.ts';
import { type UpstreamFixture, upstreamFixture } from './upstreamFixture.ts';

const SECRETS = ['tok-11aa22bb33cc', 'ckey-44dd55ee', 'csecret-66ff77'];
const [token, consumerKey, consumerSecret] = SECRETS as [string, string, string];
export const USER = 'collector';

/** A simulated Discogs, and clients with the personal token unless the settings say otherwise. */
export type DiscogsFixture = UpstreamFixture<DiscogsSimulator, DiscogsSettings, DiscogsClient>;

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
  return upstreamFixture({ sim, clock, name: 'Discogs', secrets: SECRETS }, (settings, options) =>
    createDiscogsClient({
      settings: { url: sim.url, authorizeUrl: sim.authorizeUrl, token: new Redacted(token), ...settings },
      ...options,
    }),
  );
}

/** Every copy of the collection, page after page. */
export async function wholeCollection(client: DiscogsClient) {
  const first = await client.collectionPage(USER, 1);
  const copies = [...first.copies];
  for (let page = 2; page <= first.pages; page += 1) copies.push(...(await client.collectionPage(USER, page)).copies);
  return { copies, items: first.items, pages: first.pages };
}
