import { describe, expect, onTestFinished, test } from 'vitest';
import type { ServiceState } from '#shared/library/household.ts';
import { until } from '#tests/kit/serverProcess.ts';
import { startMusicBrainzSimulator } from '#tests/simulators/musicbrainz/index.ts';
import { openTestApp, own, type TestApp } from './testApp.ts';

interface Lookups {
  upstream: string;
  state: string;
  waiting: number;
  kinds: Record<string, number>;
  secondsLeft: number | null;
}

const RECORDS = [{ title: 'Green Room', artist: 'The Velvet Ledgers', tracks: ['One'] }];

async function openWithMusicbrainz(environment: Record<string, string> = {}) {
  const musicbrainz = await startMusicBrainzSimulator({ intervalMs: 0 });
  onTestFinished(() => musicbrainz.close());
  const app = await openTestApp({
    MUSICBRAINZ_URL: musicbrainz.url,
    COVERART_URL: musicbrainz.coverArtUrl,
    ...environment,
  });
  return { app, musicbrainz };
}
const lookupsOf = async (app: TestApp): Promise<Lookups> =>
  (await app.get<{ upstreams: Lookups[] }>('/services/enrichment/status')).upstreams.find(
    ({ upstream }) => upstream === 'musicbrainz',
  )!;
const card = async (app: TestApp): Promise<ServiceState | undefined> =>
  (await app.get<{ services: ServiceState[] }>('/household')).services.find(({ id }) => id === 'musicbrainz');
const put = async (app: TestApp, settings: object) =>
  expect((await app.ask('PUT', '/settings', settings)).status).toBe(200);

describe('MusicBrainz', () => {
  test('is asked nothing until a person has said whom it may write to, and then under that address', async () => {
    const { app, musicbrainz } = await openWithMusicbrainz();
    own(app.library, RECORDS);
    await until(
      'the tasks',
      () => lookupsOf(app),
      ({ waiting }) => waiting === 1,
    );
    expect(await lookupsOf(app)).toMatchObject({
      state: 'off',
      kinds: { 'musicbrainz-album': 1 },
      secondsLeft: null,
    });
    expect(await card(app)).toMatchObject({ status: 'off', code: 'no-contact' });
    expect(await app.ask('POST', '/services/musicbrainz/test')).toMatchObject({
      json: { ok: false, problem: { code: 'service-not-connected' } },
    });
    expect(musicbrainz.requests).toHaveLength(0);

    expect(await app.ask('PUT', '/settings', { contact: 'a house' })).toMatchObject({
      status: 400,
      json: { error: { field: 'contact', code: 'setting-contact' } },
    });
    await put(app, { contact: 'ada@example.org' });
    await until(
      'the answers',
      () => lookupsOf(app),
      ({ waiting }) => waiting === 0,
    );
    expect(new Set(musicbrainz.requests.map(({ headers }) => headers['user-agent']))).toEqual(
      new Set(['AIME/4.0.0 ( ada@example.org )']),
    );
    expect(await card(app)).toMatchObject({ status: 'connected' });

    const before = musicbrainz.requests.length;
    await put(app, { contact: 'https://example.org/aime' });
    expect(await app.ask('POST', '/services/musicbrainz/test')).toMatchObject({ json: { ok: true } });
    expect(musicbrainz.requests.slice(before).map(({ headers }) => headers['user-agent'])).toEqual([
      'AIME/4.0.0 ( https://example.org/aime )',
    ]);
  });

  test('is asked nothing by itself while it is switched off, and goes on when it is switched on', async () => {
    const { app, musicbrainz } = await openWithMusicbrainz({ AIME_CONTACT: 'ada@example.org' });
    await put(app, { 'musicbrainz.lookups': false });
    own(app.library, RECORDS);
    await until(
      'the tasks',
      () => lookupsOf(app),
      ({ waiting }) => waiting === 1,
    );
    expect(await card(app)).toMatchObject({ status: 'off', code: 'switched-off' });
    expect(musicbrainz.requests).toHaveLength(0);
    // What a person looks for there is another matter, as the card says.
    expect((await app.ask('GET', '/services/musicbrainz/releases?title=Green%20Room')).status).toBe(200);
    expect(musicbrainz.requests).toHaveLength(1);
    await put(app, { 'musicbrainz.lookups': true });
    await until(
      'the answers',
      () => lookupsOf(app),
      ({ waiting }) => waiting === 0,
    );
  });

  test('is paused by a person, over a restart too, until it is resumed; other services are not', async () => {
    const { app, musicbrainz } = await openWithMusicbrainz({ AIME_CONTACT: 'ada@example.org' });
    expect((await app.ask('POST', '/services/musicbrainz/pause')).status).toBe(202);
    own(app.library, RECORDS);
    await until(
      'the tasks',
      () => lookupsOf(app),
      ({ waiting }) => waiting === 1,
    );
    expect(await lookupsOf(app)).toMatchObject({ state: 'paused' });
    expect(await card(app)).toMatchObject({ code: 'lookups-paused' });
    const again = await app.restart();
    await until(
      'the start',
      () => card(again),
      (state) => state?.code === 'lookups-paused',
    );
    expect(musicbrainz.requests).toHaveLength(0);
    expect((await again.ask('POST', '/services/lastfm/pause')).status).toBe(400);
    expect((await again.ask('POST', '/services/musicbrainz/resume')).status).toBe(202);
    await until(
      'the answers',
      () => lookupsOf(again),
      ({ waiting }) => waiting === 0,
    );
  });
});
