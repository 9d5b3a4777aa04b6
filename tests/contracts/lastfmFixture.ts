import { expect } from 'vitest';
import type { UpstreamError } from '#server/kit/http/upstreamError.ts';
import { Redacted } from '#server/kit/redacted.ts';
import { createLastfmClient, type LastfmClient, type LastfmSettings } from '#server/upstreams/lastfm/index.ts';
import { ImpatientClock } from '#tests/kit/impatientClock.ts';
import type { SimulatedPlay } from '#tests/simulators/lastfm/playHistory.ts';
import {
  startLastfmSimulator,
  type LastfmSimulator,
  type LastfmSimulatorOptions,
} from '#tests/simulators/lastfm/simulator.ts';

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
export async function failureOf(request: Promise<unknown>): Promise<UpstreamError> {
  const error = await request.then(
    () => expect.fail('The request should have failed'),
    (reason: unknown) => reason as UpstreamError,
  );
  expect(error).toMatchObject({ name: 'UpstreamError', upstream: 'Last.fm' });
  const all = [error.message, error.stack, JSON.stringify(error), String(error.cause)].join('\n');
  for (const secret of [API_KEY, SECRET, SESSION]) expect(all).not.toContain(secret);
  return error;
}
