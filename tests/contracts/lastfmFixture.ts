import type { UpstreamError } from '#server/kit/http/upstreamError.ts';
import { silentLog } from '#server/kit/log.ts';
import { Redacted } from '#server/kit/redacted.ts';
import type { Library } from '#server/library/api/library.ts';
import { LoveReports } from '#server/outbox/lastfm/loveReports.ts';
import { LastfmBackfill } from '#server/trackers/lastfm/backfill.ts';
import { createLastfmClient, type LastfmClient, type LastfmSettings } from '#server/upstreams/lastfm/index.ts';
import { ImpatientClock } from '#tests/kit/impatientClock.ts';
import type { SimulatedPlay } from '#tests/simulators/lastfm/playHistory.ts';
import {
  startLastfmSimulator,
  type LastfmSimulator,
  type LastfmSimulatorOptions,
} from '#tests/simulators/lastfm/simulator.ts';
import { failureOf as upstreamFailureOf } from './outcomes.ts';

export const API_KEY = 'key-0123456789abcdef';
const SECRET = 'secret-fedcba9876543210';
export const SESSION = 'session-00112233445566';
export const START = 1_700_000_000;

export const play = (second: number, more: Partial<SimulatedPlay> = {}): SimulatedPlay => ({
  playedAt: START + second,
  artist: 'Marée Lente',
  title: 'Slack Water',
  album: 'Tidewater Sessions',
  ...more,
});

/** A simulated Last.fm, and clients that ask it. */
export interface LastfmFixture {
  sim: LastfmSimulator;
  clock: ImpatientClock;
  /** Every failed attempt of the clients, as they reported it. */
  failures: UpstreamError[];
  client(settings?: Partial<LastfmSettings>, timeoutMs?: number): LastfmClient;
  /** A client whose person has connected the account. */
  connected(): LastfmClient;
  /** Another Last.fm in the place of the first. */
  restart(options: Partial<LastfmSimulatorOptions>): Promise<void>;
}

export async function openLastfmFixture(): Promise<LastfmFixture> {
  const start = (options: Partial<LastfmSimulatorOptions>) =>
    startLastfmSimulator({ apiKey: API_KEY, secret: SECRET, user: 'ligeia', sessionKey: SESSION, ...options });
  const history = [play(0), play(300, { title: 'Marram' }), play(600, { title: 'Quai n° 7', album: undefined })];
  const fixture: LastfmFixture = {
    sim: await start({ history }),
    clock: new ImpatientClock(),
    failures: [],
    client: (settings = {}, timeoutMs = 5_000) =>
      createLastfmClient({
        settings: {
          url: fixture.sim.url,
          authUrl: fixture.sim.authUrl,
          apiKey: new Redacted(API_KEY),
          apiSecret: new Redacted(SECRET),
          username: 'Ligeia',
          ...settings,
        },
        clock: fixture.clock,
        timeoutMs,
        onAttemptFailed: (error) => fixture.failures.push(error),
      }),
    connected: () => fixture.client({ sessionKey: new Redacted(SESSION) }),
    async restart(options) {
      await fixture.sim.close();
      fixture.sim = await start(options);
    },
  };
  return fixture;
}

/** The failure of a request, which must be an UpstreamError without a secret anywhere in it. */
export const failureOf = (request: Promise<unknown>): Promise<UpstreamError> =>
  upstreamFailureOf(request, 'Last.fm', [API_KEY, SECRET, SESSION]);

/** An import of the whole history into a library. @param onProgress is called at each step, with the import itself. */
export function lastfmBackfill(
  lastfm: LastfmFixture,
  library: Library,
  { client = lastfm.client(), onProgress = () => undefined }: BackfillOptions = {},
): LastfmBackfill {
  const run: LastfmBackfill = new LastfmBackfill({
    library,
    clock: lastfm.clock,
    log: silentLog,
    source: () => client,
    username: () => 'ligeia',
    requestsPerMinute: () => 60_000,
    loves: new LoveReports(library.loves, lastfm.clock),
    onProgress: () => onProgress(run),
  });
  return run;
}
interface BackfillOptions {
  client?: LastfmClient;
  onProgress?: (run: LastfmBackfill) => void;
}
