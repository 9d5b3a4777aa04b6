import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Mutation } from '#shared/mutations/registry.ts';
import type { ScrobbleOutbox } from '#shared/api/lastfm.ts';
import { FastClock } from '#tests/kit/fastClock.ts';
import type { SimulatedRequest } from '#tests/simulators/kit/exchange.ts';
import type { SimulatedPlay } from '#tests/simulators/lastfm/playHistory.ts';
import { type LastfmSimulator, startLastfmSimulator } from '#tests/simulators/lastfm/simulator.ts';
import { eventually, ServedApp } from './roonTrackerFixture.ts';

const START = Date.parse('2026-03-02T18:00:00Z') / 1000;
const HOUR = 3_600;
const DAY = 86_400;
/** Longer than Undo is offered. */
const A_WHILE = 20;
const METHOD = 'track.scrobble';

/** Two songs that the journal knows from Last.fm. */
const HISTORY: SimulatedPlay[] = [
  {
    playedAt: START - 10 * DAY,
    artist: 'Marée Lente',
    title: 'Slack Water',
    album: 'Tidewater Sessions',
    durationSeconds: 240,
  },
  { playedAt: START - 9 * DAY, artist: '[unknown]', title: 'Hiss', album: 'Found Tapes' },
];

let clock: FastClock;
let lastfm: LastfmSimulator;
let app: ServedApp;

beforeEach(async () => {
  clock = new FastClock(START * 1000, 1);
  lastfm = await startLastfmSimulator({
    apiKey: 'key',
    secret: 'secret',
    user: 'ada',
    history: HISTORY,
    now: () => clock.now(),
  });
  app = await ServedApp.open(
    {
      LASTFM_URL: lastfm.url,
      LASTFM_API_KEY: 'key',
      LASTFM_API_SECRET: 'secret',
      LASTFM_USERNAME: 'ada',
      LASTFM_POLL_SECONDS: '1',
      LASTFM_REQUESTS_PER_MINUTE: '60000',
    },
    clock,
  );
  await connect();
  await eventually(async () => (await app.listens()).length === HISTORY.length);
});
afterEach(async () => {
  await app.close();
  await lastfm.close();
});

const now = () => Math.floor(clock.now() / 1000);
const later = (seconds: number) => clock.jump(seconds * 1000);
/** Lets time pass until something holds: how soon the server does it is not tested. */
const inTime = (holds: () => Promise<boolean>) =>
  eventually(async () => {
    if (await holds()) return true;
    later(300);
    return false;
  });
const connect = async () =>
  expect((await app.ask('POST', '/services/lastfm/session', { token: lastfm.issueToken() })).status).toBe(200);
const disconnect = async () =>
  expect((await app.ask('PUT', '/settings/secrets', { 'lastfm.sessionKey': '' })).status).toBe(200);
const turn = async (on: boolean) =>
  expect((await app.ask('PUT', '/settings', { 'lastfm.scrobbleManual': on })).status).toBe(200);
const status = async () => (await app.ask<ScrobbleOutbox>('GET', '/services/lastfm/scrobbles')).json;
const submissions = () => lastfm.requests.filter(({ form }) => form.get('method') === METHOD);
/** What Last.fm has beyond the history it had. */
const there = () =>
  lastfm.plays
    .slice()
    .sort((one, other) => one.playedAt - other.playedAt)
    .filter((play) => !HISTORY.some(({ playedAt }) => playedAt === play.playedAt));

/** Answers with one of Last.fm's errors, until changed, without having taken anything. */
const refuse = (error: number, status: number, when: (request: SimulatedRequest) => boolean = () => true) =>
  lastfm.fault({
    kind: 'status',
    status,
    body: JSON.stringify({ error, message: 'Invalid parameters' }),
    method: METHOD,
    times: Infinity,
    when,
  });

const apply = async (mutation: Mutation): Promise<void> =>
  expect(await app.push(mutation)).toMatchObject({ state: 'applied' });

/** Logs a song manually, so many times in a row. @returns the group. */
async function log(playedAt: number, { title = 'Slack Water', times = 1 } = {}): Promise<string> {
  const { id } = (await app.listens()).find(({ track }) => track.title === title)!.track;
  const group = randomUUID();
  await apply({
    kind: 'add-listens',
    group,
    playedAt,
    tracks: Array.from({ length: times }, () => ({ trackId: id, durationSeconds: 60 })),
  });
  return group;
}

describe('manual listens', () => {
  test('stay in the library unless a person wants them on Last.fm; then each is submitted once, and its echo is the same listen', async () => {
    await log(now() - 5 * HOUR);
    later(A_WHILE);
    await turn(true);
    expect(await status()).toMatchObject({ on: true, waiting: 0, taken: 0 });
    const playedAt = now() - 2 * HOUR;
    await log(playedAt);
    expect(await status()).toMatchObject({ waiting: 1 });
    later(A_WHILE);
    await eventually(async () => (await status()).taken === 1);
    expect(there()).toEqual([
      { playedAt, artist: 'Marée Lente', title: 'Slack Water', album: 'Tidewater Sessions', durationSeconds: 60 },
    ]);

    later(HOUR);
    await eventually(async () =>
      (await app.listens()).some(({ witnesses: sourceReports }) => sourceReports.length === 2),
    );
    const listens = await app.listens();
    expect(listens).toHaveLength(HISTORY.length + 2);
    expect(listens[0]).toMatchObject({
      playedAt,
      source: 'manual',
      witnesses: [{ source: 'manual' }, { source: 'lastfm' }],
    });
    await app.restart();
    later(HOUR);
    expect(await status()).toMatchObject({ on: true, waiting: 0, taken: 1, notTaken: [], lastError: null });
    expect(submissions()).toHaveLength(1);
  });

  test('go in batches of no more than Last.fm takes, and none before it began', async () => {
    await turn(true);
    const first = now() - 119 * 60 + 30;
    await log(first, { times: 120 });
    later(A_WHILE);
    await eventually(async () => (await status()).taken === 119);
    expect(
      submissions().map(({ form }) => [...form.keys()].filter((name) => name.startsWith('track[')).length),
    ).toEqual([50, 50, 19]);
    // The last has begun by then, and is no listen before half of it was heard.
    expect(await status()).toMatchObject({ waiting: 0 });
    await inTime(async () => (await status()).taken === 120);
    expect(there().map(({ playedAt }) => playedAt)).toEqual(
      Array.from({ length: 120 }, (_, place) => first + place * 60),
    );
  });

  test.each([11, 16])('wait while Last.fm cannot answer (error %i), over a restart too', async (code) => {
    await turn(true);
    refuse(code, 503);
    await log(now() - HOUR);
    later(A_WHILE);
    await eventually(async () => (await status()).lastError !== null);
    expect(await status()).toMatchObject({ waiting: 1, taken: 0, trouble: { code: 'broken' } });
    await app.restart();
    lastfm.clearFaults();
    await inTime(async () => (await status()).taken === 1);
    expect(await status()).toMatchObject({ waiting: 0, lastError: null });
    expect(there()).toHaveLength(1);
  });

  test('that were undone before they were submitted are never submitted', async () => {
    await turn(true);
    const group = await log(now() - 3 * HOUR);
    await apply({ kind: 'remove-listens', group });
    await log(now() - 2 * HOUR);
    await apply({ kind: 'delete-listen', listenId: (await app.listens())[0]!.id });
    const second = now() - HOUR;
    await log(second);
    later(A_WHILE);
    await eventually(async () => (await status()).taken === 1);
    later(HOUR);
    expect(await status()).toMatchObject({ waiting: 0, notTaken: [] });
    expect(there().map(({ playedAt }) => playedAt)).toEqual([second]);
  });

  test('that somebody else submitted to Last.fm are not submitted again', async () => {
    await turn(true);
    const playedAt = now() - 600;
    lastfm.scrobble({
      playedAt: playedAt + 2,
      artist: 'Marée Lente',
      title: 'Slack Water',
      album: 'Tidewater Sessions',
    });
    later(60);
    await eventually(async () => (await app.listens()).length === HISTORY.length + 1);
    await log(playedAt);
    expect((await app.listens())[0]!.witnesses).toHaveLength(2);
    expect(await status()).toMatchObject({ waiting: 0 });
    later(HOUR);
    expect(submissions()).toEqual([]);
  });

  test('of longer ago than Last.fm takes are marked so, without asking it', async () => {
    await turn(true);
    await log(now() - 14 * DAY - HOUR);
    await eventually(async () => (await status()).notTaken.length === 1);
    expect(await status()).toMatchObject({
      waiting: 0,
      taken: 0,
      notTaken: [{ title: 'Slack Water', outcome: 'too-old', code: null }],
    });
    later(HOUR);
    expect(submissions()).toEqual([]);
  });

  test('grow too old while nobody may write for the person', async () => {
    await turn(true);
    await disconnect();
    await log(now() - HOUR);
    later(A_WHILE);
    expect(await status()).toMatchObject({ waiting: 1 });
    later(14 * DAY);
    await eventually(async () => (await status()).notTaken.length === 1);
    await connect();
    later(HOUR);
    expect(await status()).toMatchObject({ waiting: 0, notTaken: [{ outcome: 'too-old' }] });
    expect(submissions()).toEqual([]);
  });

  test('that Last.fm ignores are noted with its reason and not offered again', async () => {
    await turn(true);
    await log(now() - 2 * HOUR, { title: 'Hiss' });
    await log(now() - HOUR);
    later(A_WHILE);
    await eventually(async () => (await status()).taken === 1);
    expect(await status()).toMatchObject({
      waiting: 0,
      notTaken: [
        { artist: '[unknown]', title: 'Hiss', outcome: 'ignored', code: 1, reason: 'Last.fm ignores this artist' },
      ],
    });
    later(HOUR);
    expect(submissions()).toHaveLength(1);
  });

  test('are offered again when the day is full there', async () => {
    await turn(true);
    const full = {
      scrobbles: {
        scrobble: { ignoredMessage: { code: '5', '#text': 'Daily scrobble limit exceeded' } },
        '@attr': { ignored: 1, accepted: 0 },
      },
    };
    lastfm.fault({ kind: 'status', status: 200, body: JSON.stringify(full), method: METHOD });
    await log(now() - HOUR);
    later(A_WHILE);
    await eventually(() => submissions().length === 1);
    expect(await status()).toMatchObject({ waiting: 1, taken: 0, notTaken: [] });
    await inTime(async () => (await status()).taken === 1);
    expect(there()).toHaveLength(1);
  });

  test('do not keep each other back: what Last.fm cannot read is noted alone', async () => {
    await turn(true);
    refuse(6, 400, ({ form }) => [...form].some(([name, value]) => name.startsWith('track[') && value === 'Hiss'));
    await log(now() - 3 * HOUR);
    await log(now() - 2 * HOUR, { title: 'Hiss' });
    await log(now() - HOUR);
    later(A_WHILE);
    await eventually(async () => (await status()).waiting === 0);
    expect(await status()).toMatchObject({ taken: 2, notTaken: [{ title: 'Hiss', outcome: 'ignored', code: null }] });
    expect(there()).toHaveLength(2);
  });

  test.each([
    ['its echo is read first', true],
    ['it is submitted again first', false],
  ])(
    'are there once when the server dies between Last.fm’s acceptance and its own record of it; %s',
    async (_, following) => {
      await turn(true);
      if (!following) await app.ask('POST', '/services/tracker/stop');
      lastfm.fault({ kind: 'truncate', method: METHOD, times: Infinity });
      const playedAt = now() - HOUR;
      await log(playedAt);
      later(A_WHILE);
      await eventually(() => there().length === 1);
      if (following) await eventually(async () => (await app.listens())[0]!.witnesses.length === 2);
      await app.restart();
      expect(await status()).toMatchObject({ taken: 0 });
      lastfm.clearFaults();
      later(HOUR);
      await inTime(async () => (await status()).taken === (following ? 0 : 1));
      await app.ask('POST', '/services/tracker/start');
      await eventually(async () => (await app.listens())[0]!.witnesses.length === 2);
      expect(await status()).toMatchObject({ waiting: 0 });
      expect(there().map((play) => play.playedAt)).toEqual([playedAt]);
      expect(await app.listens()).toHaveLength(HISTORY.length + 1);
    },
  );

  test('wait for the person when the session has ended, and say so', async () => {
    await turn(true);
    lastfm.revokeSessions();
    await log(now() - HOUR);
    later(A_WHILE);
    await eventually(async () => (await status()).trouble?.code === 'account-refused');
    const asked = submissions().length;
    later(2 * HOUR);
    const lastfmState = async () =>
      (
        await app.ask<{ services: { id: string; status: string; code: string }[] }>('GET', '/household')
      ).json.services.find(({ id }) => id === 'lastfm');
    await eventually(async () => (await lastfmState())?.code === 'refused');
    expect(await lastfmState()).toMatchObject({ status: 'attention' });
    expect(submissions()).toHaveLength(asked);
    expect(await status()).toMatchObject({ waiting: 1 });
    await connect();
    await eventually(async () => (await status()).taken === 1);
    expect(await status()).toMatchObject({ waiting: 0, lastError: null });
    await eventually(async () => (await lastfmState())?.status === 'connected');
  });

  test('wait as long as Last.fm asks for, whatever is logged meanwhile', async () => {
    await turn(true);
    refuse(29, 429);
    await log(now() - 2 * HOUR);
    later(A_WHILE);
    await eventually(async () => (await status()).trouble?.code === 'rate-limited');
    lastfm.clearFaults();
    const asked = submissions().length;
    await log(now() - HOUR);
    later(60);
    expect(await status()).toMatchObject({ waiting: 2 });
    expect(submissions()).toHaveLength(asked);
    later(120);
    await eventually(async () => (await status()).taken === 2);
    expect(there()).toHaveLength(2);
  });

  test('of a time when the switch was off stay in the library when it is turned on again', async () => {
    await turn(true);
    await turn(false);
    await log(now() - 2 * HOUR);
    later(A_WHILE);
    await turn(true);
    await log(now() - HOUR);
    later(A_WHILE);
    await eventually(async () => (await status()).taken === 1);
    expect(there()).toHaveLength(1);
    expect(await status()).toMatchObject({ waiting: 0 });
  });
});
