import { describe, expect, onTestFinished, test } from 'vitest';
import { type EuriaSimulatorOptions, startEuriaSimulator } from '#tests/simulators/euria/index.ts';
import { startDiscogsSimulator } from '#tests/simulators/discogs/index.ts';
import { startLastfmSimulator } from '#tests/simulators/lastfm/simulator.ts';
import { openTestApp, own, type TestApp } from './testApp.ts';
import { followsLastfm } from '#tests/kit/serviceSettings.ts';

interface Setting {
  value: unknown;
  source: string;
  readOnlyReason?: string;
}
const played = {
  source: 'lastfm' as const,
  sourceKey: '1',
  playedAt: 1_750_000_000,
  artist: 'Marée Lente',
  title: 'Slack Water',
  album: 'Tidewater',
  raw: null,
};
interface Service {
  id: string;
  status: string;
  code: string;
  detail?: string;
  trouble?: { code: string; values?: Record<string, unknown> };
}
const serviceOf = async (app: TestApp, id: string) =>
  (await app.get<{ services: Service[] }>('/household')).services.find((service) => service.id === id);
const zoneOf = async (app: TestApp) => (await app.get<{ timeZone: string }>('/household')).timeZone;
const settingOf = async (app: TestApp, key: string) =>
  (await app.get<{ values: Record<string, Setting> }>('/settings')).values[key];

describe('the household’s time zone', () => {
  test('that a person chose survives a restart', async () => {
    const app = await openTestApp({ AIME_TIMEZONE: '' });
    expect((await app.ask('PUT', '/settings', { timezone: 'Asia/Tokyo' })).status).toBe(200);
    expect(await zoneOf(app)).toBe('Asia/Tokyo');
    const again = await app.restart({ AIME_TIMEZONE: '' });
    expect(await zoneOf(again)).toBe('Asia/Tokyo');
    expect(await settingOf(again, 'timezone')).toEqual({ value: 'Asia/Tokyo', source: 'app' });
  });

  test('that the library began with stays when nobody says one any more', async () => {
    const app = await openTestApp({ AIME_TIMEZONE: 'Pacific/Auckland' });
    expect(await zoneOf(await app.restart({ AIME_TIMEZONE: '' }))).toBe('Pacific/Auckland');
  });

  test('that the environment sets wins, cannot be changed in the app, and says so', async () => {
    const app = await openTestApp({ AIME_TIMEZONE: '' });
    await app.ask('PUT', '/settings', { timezone: 'Asia/Tokyo' });
    const fixed = await app.restart({ AIME_TIMEZONE: 'Europe/Lisbon' });
    expect(await zoneOf(fixed)).toBe('Europe/Lisbon');
    expect(await settingOf(fixed, 'timezone')).toEqual({
      value: 'Europe/Lisbon',
      source: 'environment',
      readOnlyReason: 'Set by the environment (AIME_TIMEZONE)',
      fixedBy: 'AIME_TIMEZONE',
    });
    expect(await fixed.ask('PUT', '/settings', { timezone: 'Asia/Tokyo' })).toMatchObject({
      status: 400,
      json: { error: { field: 'timezone' } },
    });
    expect(await zoneOf(fixed)).toBe('Europe/Lisbon');
  });
});

describe('EurIA in Settings', () => {
  async function openWithEuria(options: EuriaSimulatorOptions = {}, environment: Record<string, string> = {}) {
    const euria = await startEuriaSimulator(options);
    onTestFinished(() => euria.close());
    const app = await openTestApp({
      EURIA_URL: euria.url,
      EURIA_TOKEN: 'euria-token',
      EURIA_MODEL: 'small',
      ...environment,
    });
    return { euria, app };
  }
  const models = [{ name: 'small' }, { name: 'large' }];

  test('offers the models that the service lists', async () => {
    const { app } = await openWithEuria({ models });
    expect(await app.get('/services/euria/models')).toEqual({ items: models });
    expect((await app.ask('POST', '/services/euria/test')).json).toEqual({
      ok: true,
      message: 'EurIA answers with small',
    });
  });

  test('offers none while it is not connected, and says so when tried', async () => {
    const app = await openTestApp();
    expect(await app.get('/services/euria/models')).toEqual({ items: [] });
    expect((await app.ask('POST', '/services/euria/test')).json).toMatchObject({ ok: false });
    expect(await app.get('/services/euria/usage')).toEqual({
      used: 0,
      cap: 200,
      isOn: false,
      next: null,
      asked: { used: 0, cap: 200 },
      withoutWords: { owned: 0, others: 0 },
    });
  });

  test('a service that refuses is explained, not as a fault of the server', async () => {
    const { app } = await openWithEuria({ models }, { EURIA_TOKEN: 'wrong' });
    expect(await app.ask('GET', '/services/euria/models')).toMatchObject({
      status: 502,
      json: { error: { kind: 'upstream' } },
    });
    expect((await app.ask('GET', '/services/euria/models')).text).not.toContain('wrong');
  });

  test('counts the texts of the day, keeps the count over a restart, and takes another cap', async () => {
    const { app } = await openWithEuria({ models });
    app.library.scrobbles.record([played]);
    const { items } = await app.get<{ items: { id: number }[] }>('/collection/albums?pageSize=1');
    expect((await app.ask('POST', `/collection/albums/${items[0]!.id}/words`)).status).toBe(202);
    await expect
      .poll(() => app.get('/services/euria/usage'))
      .toMatchObject({ used: 0, cap: 200, asked: { used: 1, cap: 200 } });
    await app.ask('PUT', '/settings', { 'euria.dailyCap': 5, 'euria.askedCap': 6 });
    const again = await app.restart({ EURIA_URL: 'http://127.0.0.1:9' });
    expect(await again.get('/services/euria/usage')).toMatchObject({ used: 0, cap: 5, asked: { used: 1, cap: 6 } });
  });

  test('is asked for nothing before a person turns that on, then for one text at a time, those of owned records first', async () => {
    const { euria, app } = await openWithEuria({ models });
    app.library.scrobbles.record([
      played,
      { ...played, sourceKey: '2', playedAt: played.playedAt + 300, title: 'Long Pier', album: 'Ebb' },
    ]);
    own(app.library, [{ title: 'Harbour Lights', artist: 'Ada Nordlund', tracks: ['Ferry'] }]);
    await expect
      .poll(() => app.get('/services/euria/usage'))
      .toMatchObject({ isOn: false, next: null, withoutWords: { owned: 1, others: 2 } });
    expect(await serviceOf(app, 'euria')).toMatchObject({ status: 'connected', code: 'unasked' });
    expect(euria.questions).toEqual([]);

    await app.ask('PUT', '/settings', { 'euria.background': true });
    await expect
      .poll(() => app.get('/services/euria/usage'))
      .toMatchObject({ isOn: true, used: 1, withoutWords: { owned: 0, others: 2 } });
    await expect.poll(() => serviceOf(app, 'euria')).toMatchObject({ status: 'connected', code: 'by-itself' });
    const { next } = await app.get<{ next: number }>('/services/euria/usage');
    expect(next - Date.now() / 1000).toBeGreaterThan(400);
    expect(euria.questions).toHaveLength(1);
    // Who asks does not wait for that, nor is counted with it.
    const { items } = await app.get<{ items: { id: number; title: string }[] }>('/collection/albums?pageSize=10');
    const [first, second] = ['Tidewater', 'Ebb'].map((title) => items.find((album) => album.title === title)!.id);
    await app.ask('POST', `/collection/albums/${first}/words`);
    await expect
      .poll(() => app.get('/services/euria/usage'))
      .toMatchObject({ used: 1, asked: { used: 1 }, withoutWords: { owned: 0, others: 1 } });

    // Its own day being over is no pause that it asked for, and over as soon as more is allowed.
    await app.ask('PUT', '/settings', { 'euria.dailyCap': 1 });
    await expect
      .poll(() => serviceOf(app, 'euria'))
      .toMatchObject({
        status: 'connected',
        code: 'cap-reached',
        trouble: { code: 'cap-reached', values: { cap: 1 } },
      });
    await app.ask('PUT', '/settings', { 'euria.askedCap': 1 });
    expect(await app.ask('POST', `/collection/albums/${second}/words`)).toMatchObject({
      status: 502,
      json: { error: { code: 'cap-reached', params: { cap: 1 } } },
    });
    await expect.poll(() => serviceOf(app, 'euria')).toMatchObject({ status: 'connected', code: 'all-caps-reached' });
    await app.ask('PUT', '/settings', { 'euria.dailyCap': 100_000, 'euria.askedCap': 2 });
    await expect
      .poll(() => app.get('/services/euria/usage'))
      .toMatchObject({ used: 2, withoutWords: { owned: 0, others: 0 } });
    await expect.poll(() => serviceOf(app, 'euria')).toMatchObject({ status: 'connected', code: 'nothing-left' });
    expect(euria.questions).toHaveLength(3);
  });

  test('a pause that the service asks for holds for everybody until it is over, or another key is entered', async () => {
    const { euria, app } = await openWithEuria({ models }, { EURIA_MODEL: '' });
    await app.ask('PUT', '/settings', { 'euria.model': 'small' });
    app.library.scrobbles.record([played]);
    const { items } = await app.get<{ items: { id: number }[] }>('/collection/albums?pageSize=1');
    euria.fault({ kind: 'status', status: 429, headers: { 'retry-after': '7200' } });
    const write = () => app.ask('POST', `/collection/albums/${items[0]!.id}/words`);
    const events = await app.events();
    await write();
    await expect
      .poll(() => serviceOf(app, 'euria'))
      .toMatchObject({
        status: 'attention',
        code: 'paused',
        trouble: { code: 'rate-limited', values: { until: expect.any(Number) as unknown } },
      });
    // Another share of the day is no other service.
    await app.ask('PUT', '/settings', { 'euria.askedCap': 50 });
    await write();
    await expect
      .poll(() => events.filter(({ event, data }) => event === 'words' && (data as { done: boolean }).done))
      .toHaveLength(2);
    expect(euria.requests).toHaveLength(1);
    // Generated text waits for the end of that pause too, and nothing earlier is reported.
    await app.ask('PUT', '/settings', { 'euria.background': true });
    await expect
      .poll(async () => (await app.get<{ next: number }>('/services/euria/usage')).next - Date.now() / 1000)
      .toBeGreaterThan(7_000);
    await app.ask('PUT', '/settings', { 'euria.background': false });
    expect(euria.requests).toHaveLength(1);
    // Nothing came of either.
    expect(await app.get('/services/euria/usage')).toMatchObject({ asked: { used: 0 } });
    expect((await app.ask('PUT', '/settings', { 'euria.model': 'large' })).status).toBe(200);
    await expect.poll(() => serviceOf(app, 'euria')).toMatchObject({ status: 'connected', code: 'unasked' });
    await write();
    await expect.poll(() => serviceOf(app, 'euria')).toMatchObject({ status: 'connected', code: 'when-asked' });
  });
});

describe('a service error has a stable code, for a page in any language', () => {
  test.each([
    ['is broken', { kind: 'status', status: 500 }, 'broken'],
    ['asks for a pause', { kind: 'status', status: 429, headers: { 'retry-after': '1' } }, 'rate-limited'],
    ['answers with a web page', { kind: 'html' }, 'malformed'],
    ['refuses the key', { kind: 'error', error: 10 }, 'refused'],
  ] as const)('Last.fm that %s', async (_what, fault, code) => {
    const lastfm = await startLastfmSimulator({ apiKey: 'key', secret: 'secret', user: 'ada', history: [] });
    onTestFinished(() => lastfm.close());
    lastfm.fault({ ...fault, times: Infinity });
    const app = await openTestApp(followsLastfm(lastfm));
    await expect
      .poll(() => serviceOf(app, 'lastfm'))
      .toMatchObject({
        status: 'attention',
        code: 'failing',
        trouble: { code },
        detail: expect.any(String) as unknown,
      });
    expect(await app.get('/services/tracker/status')).toMatchObject({ trouble: { code } });
    lastfm.clearFaults();
    await expect.poll(() => serviceOf(app, 'lastfm')).not.toHaveProperty('trouble');
  });

  test.each([
    [
      'a key that is refused',
      { EURIA_TOKEN: 'wrong' },
      {},
      { status: 'attention', code: 'refused', trouble: { code: 'refused' } },
    ],
    ['no key', { EURIA_TOKEN: '' }, {}, { status: 'attention', code: 'no-key' }],
    [
      'a model that is not there',
      { EURIA_MODEL: 'gone' },
      {},
      { status: 'attention', code: 'must-be-seen-to', trouble: { code: 'model-unknown', values: { model: 'gone' } } },
    ],
    [
      'an address where nobody is',
      { EURIA_URL: 'http://127.0.0.1:9' },
      {},
      { status: 'attention', code: 'last-failed', trouble: { code: 'unreachable' } },
    ],
    ['a day that is used up', {}, { 'euria.dailyCap': 0 }, { status: 'connected', code: 'unasked' }],
  ])('EurIA with %s', async (_what, environment, settings, state) => {
    const euria = await startEuriaSimulator();
    onTestFinished(() => euria.close());
    const app = await openTestApp({ EURIA_URL: euria.url, EURIA_TOKEN: euria.token, ...environment });
    await app.ask('PUT', '/settings', { 'euria.background': true, ...settings });
    app.library.scrobbles.record([played]);
    await expect.poll(() => serviceOf(app, 'euria')).toMatchObject(state);
    // While it waits for a person, no moment is promised.
    if (['refused', 'no-key', 'must-be-seen-to'].includes(state.code))
      await expect.poll(() => app.get('/services/euria/usage')).toMatchObject({ isOn: true, next: null });
  });
});

describe('a pause of hours that a service asks for', () => {
  const PAUSE = { kind: 'status', status: 429, headers: { 'retry-after': '7200' }, times: Infinity } as const;
  const expectedState = {
    status: 'attention',
    trouble: { code: 'rate-limited', values: { until: expect.any(Number) as unknown } },
  };
  const untilOf = async (app: TestApp, id: string) => Number((await serviceOf(app, id))?.trouble?.values?.['until']);

  test('by Last.fm is reported with its end, stored, and ended by a person, for new scrobbles and for the history', async () => {
    const now = Math.floor(Date.now() / 1000);
    const lastfm = await startLastfmSimulator({
      apiKey: 'key',
      secret: 'secret',
      user: 'ada',
      history: [{ playedAt: now - 90 * 86_400, artist: 'Ada', title: 'Long ago' }],
    });
    onTestFinished(() => lastfm.close());
    const app = await openTestApp(followsLastfm(lastfm));
    await expect.poll(() => serviceOf(app, 'lastfm')).toMatchObject({ status: 'connected' });
    lastfm.fault(PAUSE);
    await expect.poll(() => serviceOf(app, 'lastfm')).toMatchObject(expectedState);
    expect(await untilOf(app, 'lastfm')).toBeGreaterThan(now + 7_000);
    await app.ask('POST', '/services/lastfm/backfill');
    await expect
      .poll(() => app.get('/services/lastfm/backfill'))
      .toMatchObject({ state: 'running', nextTryAt: expect.any(Number) as unknown });
    lastfm.clearFaults();
    lastfm.scrobble({ playedAt: now - 60, artist: 'Ada', title: 'Just now' });
    // However often somebody looks, nobody is asked before the pause is over.
    const asked = lastfm.requests.length;
    await app.ask('POST', '/services/lastfm/backfill');
    expect(lastfm.requests.length).toBe(asked);
    expect(await app.ask('POST', '/services/lastfm/try-now')).toMatchObject({
      status: 202,
      json: { service: 'lastfm' },
    });
    await expect.poll(() => app.get<{ total: number }>('/history/tracks').then(({ total }) => total)).toBe(2);
    await expect.poll(() => app.get('/services/lastfm/backfill')).toMatchObject({ state: 'done' });
    await expect.poll(() => serviceOf(app, 'lastfm')).toMatchObject({ status: 'connected' });
  });

  test('by Discogs in the midst of an import likewise', async () => {
    const discogs = await startDiscogsSimulator({ releases: 5, requestsPerMinute: 60_000 });
    onTestFinished(() => discogs.close());
    discogs.fault(PAUSE);
    const app = await openTestApp({ DISCOGS_URL: discogs.url, DISCOGS_TOKEN: discogs.token });
    await app.ask('POST', '/services/discogs/sync');
    await expect.poll(() => serviceOf(app, 'discogs')).toMatchObject(expectedState);
    discogs.clearFaults();
    await app.ask('POST', '/services/discogs/try-now');
    await expect
      .poll(() => app.get('/services/discogs/status'))
      .toMatchObject({ state: 'done', seen: discogs.copies.length });
  });

  test('cannot be ended for a service that is none', async () => {
    const app = await openTestApp();
    expect(await app.ask('POST', '/services/nobody/try-now')).toMatchObject({ status: 400 });
  });
});

test('a connection to an account that could not be stored is refused before anybody is sent to authorise it, and says what to set', async () => {
  const lastfm = await startLastfmSimulator({ apiKey: 'key', secret: 'secret', user: 'ada', history: [] });
  onTestFinished(() => lastfm.close());
  const app = await openTestApp({
    LASTFM_URL: lastfm.url,
    LASTFM_API_KEY: 'key',
    LASTFM_API_SECRET: 'secret',
    LASTFM_SESSION_KEY: 'revoked',
    DISCOGS_CONSUMER_KEY: 'key',
    DISCOGS_CONSUMER_SECRET: 'secret',
    DISCOGS_OAUTH_TOKEN: 'token',
  });
  const fixed = (variable: string) => ({
    status: 400,
    json: { error: { code: 'setting-fixed', params: { variable } } },
  });
  expect(await app.ask('GET', '/services/lastfm/authorize?callback=http%3A%2F%2Flocalhost%2F')).toMatchObject(
    fixed('LASTFM_SESSION_KEY'),
  );
  expect(await app.ask('POST', '/services/lastfm/session', { token: lastfm.issueToken() })).toMatchObject(
    fixed('LASTFM_SESSION_KEY'),
  );
  expect(await app.ask('POST', '/services/discogs/authorize', { callback: 'http://localhost/' })).toMatchObject(
    fixed('DISCOGS_OAUTH_TOKEN'),
  );
});
