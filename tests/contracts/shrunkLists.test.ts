import { afterEach, describe, expect, test } from 'vitest';
import type { HouseholdDocument, WithheldList } from '#shared/library/household.ts';
import { type Clock, systemClock } from '#server/kit/clock.ts';
import { until } from '#tests/kit/serverProcess.ts';
import { signedInToLastfm } from '#tests/kit/serviceSettings.ts';
import { type DiscogsSimulator, startDiscogsSimulator } from '#tests/simulators/discogs/index.ts';
import { type LastfmSimulator, startLastfmSimulator } from '#tests/simulators/lastfm/simulator.ts';
import { openTestApp, type TestApp } from './testApp.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const RECORDS = 30;

let ahead = 0;
/** Waits of about an hour, that end when a test says so; others are short where a test would wait for them. */
let hours: (() => void)[] = [];
const clock: Clock = {
  ...systemClock,
  now: () => systemClock.now() + ahead,
  async sleep(ms, signal) {
    signal?.throwIfAborted();
    if (ms < 50 * 60_000 || ms > HOUR) return systemClock.sleep(Math.min(ms, 1_000), signal);
    return new Promise((resolve, reject) => {
      hours.push(resolve);
      signal?.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
    });
  },
};
/** An hour goes by: who waited for it goes on. */
const anHourLater = () => {
  ahead += HOUR;
  for (const end of hours.splice(0)) end();
};
const simulators: { close(): Promise<void> }[] = [];
afterEach(async () => {
  ahead = 0;
  hours = [];
  for (const simulator of simulators.splice(0)) await simulator.close();
});

/** How Settings shows a service, on every device. */
const reportedService = (app: TestApp, id: string) => {
  const [household] = app.library.feed.pull('household', 0, 10).documents as unknown as HouseholdDocument[];
  return household!.services.find((service) => service.id === id);
};
const withheldOf = (app: TestApp, id: string): WithheldList[] => reportedService(app, id)?.withheld ?? [];
/** Waits until so many of a service's lists are withheld. */
const untilWithheld = (app: TestApp, id: string, count: number) =>
  until(
    `${count} withheld lists`,
    () => withheldOf(app, id),
    (lists) => lists.length === count,
  );

describe('a list of Last.fm’s loves that is empty', () => {
  let sim: LastfmSimulator;
  let app: TestApp;
  const loves = () => app.library.loves.lovedUpstream().length;
  const asked = () => sim.requests.filter(({ query }) => query.get('method') === 'user.getLovedTracks').length;
  const readAfter = async (ms: number) => {
    const before = asked();
    ahead += ms;
    await until('the list', asked, (times) => times > before);
  };
  const lie = () =>
    sim.fault({
      kind: 'rewrite',
      times: Infinity,
      method: 'user.getLovedTracks',
      rewrite: (answer) => ({
        ...answer,
        json: {
          lovedtracks: { track: [], '@attr': { user: 'ada', totalPages: '0', page: '1', perPage: '50', total: '0' } },
        },
      }),
    });

  async function open() {
    const now = Math.floor(Date.now() / 1000);
    const named = (number: number) => ({ artist: 'Marée Lente', title: `Slack Water ${number}` });
    const numbers = Array.from({ length: RECORDS }, (_, number) => number);
    sim = await startLastfmSimulator({
      apiKey: 'key',
      secret: 'secret',
      sessionKey: 'session',
      user: 'ada',
      history: numbers.map((number) => ({ ...named(number), playedAt: now - 600 - number * 300 })),
      loved: numbers.map((number) => ({ ...named(number), lovedAt: now - 900 })),
    });
    simulators.push(sim);
    app = await openTestApp(
      {
        ...signedInToLastfm(sim),
      },
      undefined,
      clock,
    );
    await until('the loves', loves, (count) => count === RECORDS);
  }

  test('ends none of them, is reported calmly, and is forgotten when the next reading has them', async () => {
    await open();
    lie();
    await readAfter(DAY);
    const withheld = { list: 'loved', missing: RECORDS, of: RECORDS };
    await untilWithheld(app, 'lastfm', 1);
    expect(reportedService(app, 'lastfm')).toMatchObject({
      status: 'connected',
      code: 'following',
      withheld: [withheld],
    });
    expect(loves()).toBe(RECORDS);
    sim.clearFaults();
    await readAfter(HOUR);
    await untilWithheld(app, 'lastfm', 0);
    lie();
    await readAfter(DAY);
    await untilWithheld(app, 'lastfm', 1);
    expect(loves()).toBe(RECORDS);
  });

  test('ends them when it is so an hour later too, and submits none to Last.fm', async () => {
    await open();
    lie();
    await readAfter(DAY);
    await untilWithheld(app, 'lastfm', 1);
    await readAfter(HOUR);
    await until('no loves', loves, (count) => count === 0);
    expect(withheldOf(app, 'lastfm')).toEqual([]);
    expect(sim.loved).toHaveLength(RECORDS);
  });

  test('ends them with the next reading when a person says so', async () => {
    await open();
    lie();
    await readAfter(DAY);
    await untilWithheld(app, 'lastfm', 1);
    expect((await app.ask('POST', '/services/lastfm/let-go')).status).toBe(202);
    await until('no loves', loves, (count) => count === 0);
    expect(withheldOf(app, 'lastfm')).toEqual([]);
  });
});

describe('a collection and a wantlist at Discogs', () => {
  let sim: DiscogsSimulator;
  let app: TestApp;
  const held = () => ({
    owned: app.library.reads.albums({ page: 1, pageSize: 1, owned: true }).total,
    wanted: app.library.reads.albums({ page: 1, pageSize: 1, wanted: true }).total,
  });
  const all = { owned: RECORDS, wanted: RECORDS };
  const status = () =>
    app.get<{ state: string; removed: number; lastError: string | null; withheld: WithheldList[] }>(
      '/services/discogs/status',
    );
  const ended = () => until('the import', status, ({ state }) => state !== 'running');
  const read = async () => {
    expect((await app.ask('POST', '/services/discogs/sync')).status).toBe(202);
    return ended();
  };
  const lie = (list: 'releases' | 'wants') =>
    sim.fault({
      kind: 'rewrite',
      times: Infinity,
      when: ({ path }) => (list === 'wants' ? path.endsWith('/wants') : /folders\/\d+\/releases/.test(path)),
      rewrite: (answer) => ({
        ...answer,
        json: { pagination: { page: 1, pages: 1, per_page: 100, items: 0, urls: {} }, [list]: [] },
      }),
    });

  async function open() {
    sim = await startDiscogsSimulator({ releases: RECORDS, wants: RECORDS, requestsPerMinute: 60_000 });
    simulators.push(sim);
    app = await openTestApp({ DISCOGS_URL: sim.url, DISCOGS_TOKEN: sim.token }, undefined, clock);
    expect(await read()).toMatchObject({ state: 'done', withheld: [] });
    expect(held()).toEqual(all);
  }

  test.each([
    ['releases', 'collection', { owned: 0, wanted: RECORDS }],
    ['wants', 'wants', { owned: RECORDS, wanted: 0 }],
  ] as const)(
    'of which %s are empty keep everything, reported calmly, until a reading an hour later says the same',
    async (lied, list, left) => {
      await open();
      lie(lied);
      for (let time = 1; time <= 2; time += 1) {
        expect(await read()).toMatchObject({
          state: 'done',
          removed: 0,
          lastError: null,
          withheld: [{ list, of: expect.any(Number) as unknown }],
        });
        expect(held()).toEqual(all);
      }
      expect(reportedService(app, 'discogs')).toMatchObject({
        status: 'connected',
        code: 'ready',
        withheld: [{ list }],
      });
      sim.clearFaults();
      expect(await read()).toMatchObject({ withheld: [] });
      ahead += HOUR;
      lie(lied);
      expect(await read()).toMatchObject({ withheld: [{ list }] });
      expect(held()).toEqual(all);
      ahead += HOUR;
      expect(await read()).toMatchObject({ lastError: null, withheld: [] });
      expect(held()).toEqual(left);
      expect(reportedService(app, 'discogs')?.withheld).toBeUndefined();
    },
  );

  /** Leaves the given items out of each page; page and count say that this is all. */
  const leaveOut = (isGone: (copy: number) => boolean) =>
    sim.fault({
      kind: 'rewrite',
      times: Infinity,
      when: ({ path }) => /folders\/\d+\/releases/.test(path),
      rewrite(answer) {
        const json = structuredClone(answer.json) as { pagination: { items: number }; releases: unknown[] };
        json.releases = json.releases.filter((_, index) => !isGone(index));
        json.pagination.items = json.releases.length;
        return { ...answer, json };
      },
    });

  test('are read again by themselves an hour after much of one was withheld, and what is still not listed goes', async () => {
    await open();
    lie('releases');
    expect(await read()).toMatchObject({ removed: 0, withheld: [{ list: 'collection' }] });
    anHourLater();
    await until('the shelf', held, ({ owned }) => owned === 0);
    expect(await ended()).toMatchObject({ state: 'done', withheld: [] });
    expect(reportedService(app, 'discogs')?.withheld).toBeUndefined();
  });

  test('are read again after a restart too, and keep what is listed by then', async () => {
    await open();
    lie('releases');
    expect(await read()).toMatchObject({ withheld: [{ list: 'collection' }] });
    await app.close();
    hours = [];
    app = await app.restart();
    sim.clearFaults();
    anHourLater();
    await untilWithheld(app, 'discogs', 0);
    expect(held()).toEqual(all);
  });

  test('lose nothing to two odd answers an hour apart that lack different copies', async () => {
    await open();
    leaveOut((copy) => copy % 2 === 0);
    expect(await read()).toMatchObject({ removed: 0, withheld: [{ list: 'collection' }] });
    sim.clearFaults();
    leaveOut((copy) => copy % 2 === 1);
    ahead += HOUR;
    expect(await read()).toMatchObject({ removed: 0, withheld: [{ list: 'collection' }] });
    expect(held()).toEqual(all);
  });

  test.each([
    ['without an entry where some are counted', (json: { releases: unknown[] }) => void (json.releases = [])],
    ['with some of its entries', (json: { releases: unknown[] }) => void json.releases.splice(3, 20)],
    [
      'that counts less than the one before',
      (json: { pagination: { items: number; pages: number } }) =>
        Object.assign(json.pagination, { items: 100, pages: 1 }),
    ],
  ])('come whole where one answer is a page %s', async (_what, change) => {
    sim = await startDiscogsSimulator({ releases: 230, wants: 1, requestsPerMinute: 60_000 });
    simulators.push(sim);
    let times = 0;
    sim.fault({
      kind: 'rewrite',
      times: Infinity,
      when: ({ path, query }) => /folders\/\d+\/releases/.test(path) && query.get('page') === '2' && (times += 1) === 1,
      rewrite(answer) {
        const json = structuredClone(answer.json) as never;
        change(json);
        return { ...answer, json };
      },
    });
    app = await openTestApp({ DISCOGS_URL: sim.url, DISCOGS_TOKEN: sim.token }, undefined, clock);
    expect(await read()).toMatchObject({ state: 'done', lastError: null });
    expect(app.library.shelf.unseen('none').of).toBe(sim.copies.length);
    sim.sell(sim.copies[0]!.instanceId);
    expect(await read()).toMatchObject({ removed: 1 });
  });

  test('that were given away go at once when a person says so', async () => {
    await open();
    for (const { instanceId } of sim.copies.slice(0, 20)) sim.sell(instanceId);
    const left = sim.copies.length;
    expect((await read()).withheld).toMatchObject([{ list: 'collection', missing: 20 }]);
    expect((await app.ask('POST', '/services/discogs/let-go')).status).toBe(202);
    expect(await ended()).toMatchObject({ removed: 20, withheld: [] });
    expect(app.library.shelf.unseen('none').of).toBe(left);
  });

  test('of an account with a new name are the same person’s: what was sold since goes', async () => {
    await open();
    sim.rename('collector-anew');
    sim.sell(sim.copies[0]!.instanceId);
    expect(await read()).toMatchObject({ removed: 1, withheld: [] });
    sim.sell(sim.copies[0]!.instanceId);
    expect(await read()).toMatchObject({ removed: 1, withheld: [] });
  });

  test('of an account whose number an earlier version did not keep are the same person’s when most of the shelf is there', async () => {
    await open();
    const { ownerId: _unknown, ...earlier } = app.library.states.get<{ ownerId?: number }>('discogs-import')!;
    await app.close();
    sim.rename('collector-anew');
    sim.sell(sim.copies[0]!.instanceId);
    app = await app.restart();
    app.library.states.set('discogs-import', earlier);
    await app.close();
    app = await app.restart();
    expect(await read()).toMatchObject({ removed: 1, withheld: [] });
  });

  test('of another account take nothing off the shelf, an hour later neither, until a person says so', async () => {
    await open();
    const theirs = sim.copies.slice(0, 5).map(({ instanceId }) => instanceId);
    sim.rename('somebody-else', 815);
    for (const instanceId of theirs) sim.sell(instanceId);
    for (let time = 1; time <= 2; time += 1) {
      expect(await read()).toMatchObject({
        removed: 0,
        withheld: [{ list: 'collection', missing: 5, owner: 'collector' }],
      });
      ahead += 2 * HOUR;
    }
    expect((await app.ask('POST', '/services/discogs/let-go')).status).toBe(202);
    expect(await ended()).toMatchObject({ removed: 5, withheld: [] });
    sim.sell(sim.copies[0]!.instanceId);
    expect(await read()).toMatchObject({ removed: 1, withheld: [] });
  });
});
