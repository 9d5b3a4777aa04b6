import { afterEach, describe, expect, test } from 'vitest';
import { until } from '#tests/kit/serverProcess.ts';
import { signedInToLastfm } from '#tests/kit/serviceSettings.ts';
import { type LastfmSimulator, startLastfmSimulator } from '#tests/simulators/lastfm/simulator.ts';
import { openTestApp, type TestApp } from './testApp.ts';

interface Backfill {
  state: string;
  seen: number;
  setAside: { reason: string; count: number }[];
  pagesSteppedOver: number;
  nextTryAt: number | null;
  comparison: { lastfm: number; here: number; because: { reason: string; count: number }[] } | null;
}
interface Counts {
  items: { service: string; list: string; reason: string; count: number }[];
}

const NOW = Math.floor(Date.now() / 1000);
const DAY = 86_400;
/** The newest first: number 0 was played an hour ago, the last of them half a year. */
const playAt = (number: number) => NOW - 3_700 - number * 20_000;
const good = (number: number) => ({
  playedAt: playAt(number),
  artist: 'Marée Lente',
  title: `Slack Water ${number}`,
  album: 'Tidewater Sessions',
});

let sim: LastfmSimulator;
let app: TestApp;

async function open(
  plays: ReturnType<typeof good>[],
  loved: { artist: string; title: string; lovedAt: number }[] = [],
): Promise<void> {
  sim = await startLastfmSimulator({
    apiKey: 'key',
    secret: 'secret',
    sessionKey: 'session',
    user: 'ada',
    history: plays,
    loved,
  });
  app = await openTestApp(signedInToLastfm(sim));
}
const backfill = () => app.get<Backfill>('/services/lastfm/backfill');
const total = async () => (await app.get<{ total: number }>('/history/tracks')).total;
const counts = async () => (await app.get<Counts>('/services/set-aside')).items;

afterEach(() => sim.close());

describe('plays that Last.fm names without an artist or a title', () => {
  test('among the newest leave the tracker going, are counted and stored as they came', async () => {
    await open([good(0), { ...good(1), artist: ' ' }, { ...good(2), title: ' ' }, good(3)]);
    await until('the others', total, (heard) => heard === 2);
    expect(await app.get('/services/tracker/status')).toMatchObject({ lastError: null, consecutiveFailures: 0 });
    sim.scrobble({ ...good(0), playedAt: NOW - 60, title: 'Heard since' });
    await until('the next play', total, (heard) => heard === 3);
    expect(await counts()).toMatchObject([
      { service: 'lastfm', list: 'plays', reason: 'no-artist', count: 1 },
      { service: 'lastfm', list: 'plays', reason: 'no-title', count: 1 },
    ]);
    const { items } = await app.get<{ items: { raw: string }[] }>('/services/set-aside/lastfm');
    expect(items.map(({ raw }) => (JSON.parse(raw) as { date: { uts: string } }).date.uts).sort()).toEqual(
      [playAt(2), playAt(1)].map(String),
    );
  });

  test('go from the count when Last.fm has given them their names', async () => {
    const nameless = { ...good(1), playedAt: playAt(0) - 600, artist: ' ' };
    await open([good(0), nameless]);
    await until('the count', counts, (items) => items.length === 1);
    sim.correctPlay(nameless, { artist: 'Marée Lente' });
    await until('the play', total, (heard) => heard === 2);
    await until('no count', counts, (items) => items.length === 0);
  });

  test('in the middle of the history keep none of the others from coming', async () => {
    const numbers = Array.from({ length: 900 }, (_, number) => number);
    const blank = new Set([3, 199, 200, 450, 899]);
    await open(
      numbers.map((number) =>
        blank.has(number) ? { ...good(number), artist: number % 2 ? ' ' : '\u00a0' } : good(number),
      ),
    );
    await app.ask('POST', '/services/lastfm/backfill');
    const done = await until('the end', backfill, ({ state }) => state === 'done');
    expect(await total()).toBe(895);
    expect(done).toMatchObject({
      seen: 900,
      setAside: [{ reason: 'no-artist', count: 5 }],
      pagesSteppedOver: 0,
      comparison: { lastfm: 900, here: 895, because: [{ reason: 'no-artist', count: 5 }] },
    });
    await app.ask('POST', '/services/lastfm/backfill');
    await until('the end again', backfill, ({ state, seen }) => state === 'done' && seen === 900);
    expect(await total()).toBe(895);
    expect((await counts()).map(({ count }) => count)).toEqual([5]);
  });

  test('among the loved tracks cost no other love, and the list is not asked for at every poll', async () => {
    await open(
      [good(0), good(1)],
      [
        { artist: 'Marée Lente', title: good(0).title, lovedAt: NOW - DAY },
        { artist: ' ', title: 'Nobody', lovedAt: NOW - DAY },
      ],
    );
    interface Listens {
      items: { loved: boolean; track: { title: string } }[];
    }
    await until(
      'the love',
      () => app.get<Listens>('/history/tracks'),
      ({ items }) => items.some(({ loved }) => loved),
    );
    sim.scrobble({ ...good(0), playedAt: NOW - 30, title: 'Later' });
    await until('another poll', total, (heard) => heard === 3);
    expect(sim.requests.filter(({ query }) => query.get('method') === 'user.getLovedTracks')).toHaveLength(1);
    expect(await counts()).toMatchObject([{ list: 'loved', reason: 'no-artist', count: 1 }]);
  });
});

describe('what was set aside, read again at a person’s request,', () => {
  const raw = (number: number, artist: unknown) => ({
    artist,
    name: `Slack Water ${number}`,
    album: '',
    date: { uts: String(playAt(number)) },
  });

  test('is recorded as far as this version can read it, and the rest stays', async () => {
    await open([good(0)]);
    await until('the play', total, (heard) => heard === 1);
    const { setAside } = app.library;
    // As a version that knew less left it; one is longer than what is stored of an entry.
    setAside.keep(
      'lastfm',
      'plays',
      [
        raw(20, { name: 'Marée Lente' }),
        raw(21, 'Marée Lente'),
        raw(22, ' '),
        { ...raw(23, 'Marée Lente'), more: 'x'.repeat(5_000) },
      ].map((entry) => ({ reason: 'unreadable', raw: entry })),
      0,
    );
    setAside.keep(
      'lastfm',
      'loved',
      [{ reason: 'unreadable', raw: { name: 'Slack Water 0', artist: { name: 'Marée Lente' } } }],
      0,
    );
    setAside.keep('lastfm', 'plays-details', [{ reason: 'unreadable', raw: 7 }], 0);
    expect(
      (await app.get<{ items: { list: string; canRetry: boolean }[] }>('/services/set-aside')).items.map(
        ({ list, canRetry }) => [list, canRetry],
      ),
    ).toEqual([
      ['loved', true],
      ['plays', true],
      ['plays-details', false],
    ]);
    expect((await app.ask('POST', '/services/set-aside/lastfm/retry')).json).toEqual({ taken: 3, left: 3 });
    expect(await total()).toBe(3);
    const { items } = await app.get<{ items: { loved: boolean; track: { title: string } }[] }>('/history/tracks');
    expect(items.find(({ track }) => track.title === 'Slack Water 0')).toMatchObject({ loved: true });
    expect((await app.ask('POST', '/services/set-aside/lastfm/retry')).json).toEqual({ taken: 0, left: 3 });
    expect(await total()).toBe(3);
  });

  test('from Discogs comes onto the shelf', async () => {
    await open([]);
    const basic_information = {
      id: 5,
      title: 'Harbour Lights',
      year: 1974,
      artists: [{ id: 3, name: 'Ada Nordlund' }],
      formats: [{ name: 'Vinyl', qty: '1' }],
    };
    app.library.setAside.keep(
      'discogs',
      'collection',
      [
        { reason: 'unreadable', raw: { instance_id: 9, basic_information } },
        { reason: 'no-title', raw: { instance_id: 10, basic_information: { id: 6, title: ' ' } } },
      ],
      0,
    );
    expect((await app.ask('POST', '/services/set-aside/discogs/retry')).json).toEqual({ taken: 1, left: 1 });
    expect(await app.get('/collection/albums')).toMatchObject({ items: [{ title: 'Harbour Lights' }], total: 1 });
  });
});

describe('a history of which a page cannot be read', () => {
  test('goes on where it was by itself, after a restart too', async () => {
    await open(Array.from({ length: 500 }, (_, number) => good(number)));
    await app.ask('POST', '/services/tracker/stop');
    sim.fault({
      kind: 'status',
      status: 500,
      times: Infinity,
      when: ({ query }) => Number(query.get('to') ?? Infinity) < NOW - DAY,
    });
    await app.ask('POST', '/services/lastfm/backfill');
    const waiting = await until('the wait', backfill, ({ nextTryAt }) => nextTryAt !== null);
    expect(waiting).toMatchObject({ state: 'running', seen: 200 });
    sim.clearFaults();
    app = await app.restart();
    const done = await until('the end', backfill, ({ state }) => state === 'done');
    expect(done).toMatchObject({ seen: 500, pagesSteppedOver: 0, comparison: { because: [] } });
    expect(await total()).toBe(500);
  });
});
