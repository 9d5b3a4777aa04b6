import { setTimeout as sleep } from 'node:timers/promises';
import { startServer, until } from '#tests/kit/serverProcess.ts';
import { startDiscogsSimulator } from '#tests/simulators/discogs/index.ts';
import type { Bench } from '../figure.ts';

const RELEASES = 250;
/** What Discogs allows an application with a token. */
const LIMIT = 60;
const MINUTE_MS = 60_000;

/** Albums whose tracklist and pictures come from Discogs, against as many requests as it allows: one an album. */
export const enrichment: Bench = {
  name: 'enrichment',
  async measure(ground) {
    const discogs = await startDiscogsSimulator({ releases: RELEASES, requestsPerMinute: LIMIT });
    ground.later(() => discogs.close());
    const server = await startServer({
      NODE_ENV: 'production',
      DISCOGS_URL: discogs.url,
      DISCOGS_TOKEN: discogs.token,
    });
    ground.later(() => server.dispose());
    await server.send('POST', '/services/discogs/sync');
    await until(
      'the import',
      () => server.get<{ state: string }>('/services/discogs/status'),
      ({ state }) => state === 'done',
      120_000,
    );
    const releases = () => new Set(discogs.asked('/releases').map(({ path }) => path)).size;
    // A whole minute after the first: the import has used up some of its own.
    await sleep(MINUTE_MS);
    const before = releases();
    await sleep(MINUTE_MS);
    const enriched = releases() - before;
    return [
      {
        what: 'Albums enriched from Discogs',
        value: enriched,
        unit: 'per minute',
        reach: LIMIT * 0.9,
        good: 'above',
        remark: `the limit of the service, ${LIMIT} requests a minute, is the bound: ${Math.round((enriched / LIMIT) * 100)} % of it`,
      },
    ];
  },
};
