import { statSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, expect, it } from 'vitest';
import { FastClock } from '#tests/kit/fastClock.ts';
import { SimulatedClock } from '#tests/kit/simulatedClock.ts';
import {
  eventually,
  openRoonTrackerFixture,
  type RoonTrackerFixture,
  type RoonTrackerFixtureOptions,
  ServedApp,
} from './roonTrackerFixture.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function open(options: RoonTrackerFixtureOptions = {}): Promise<RoonTrackerFixture> {
  const fixture = await openRoonTrackerFixture(options);
  closing.push(fixture.close);
  return fixture;
}

const track = (title: string, more = {}) => ({
  title,
  artists: 'Mélodie Varga / Jon Aske',
  album: 'Lumières',
  length: 100,
  ...more,
});

/** Waits until nothing that the zones do escapes the server. */
async function followed({ core, served }: RoonTrackerFixture): Promise<void> {
  await served.reaches('paired');
  const asked = (what: string) => core.requests.filter((name) => name.endsWith(what)).length;
  await eventually(() => asked('/subscribe_zones') >= asked('/register'));
}

/** Waits until the server has heard how far the zones are. */
async function heard({ core, served }: RoonTrackerFixture): Promise<void> {
  const real = () =>
    core.transport
      .zones()
      .map(({ id, state, current, position }) => [id, state, current === undefined ? null : position]);
  const reportedZones = async () =>
    (await served.roon()).zones.map(({ id, state, nowPlaying }) => [
      id,
      state,
      nowPlaying && nowPlaying.positionSeconds,
    ]);
  await eventually(async () => JSON.stringify((await reportedZones()).sort()) === JSON.stringify(real().sort()));
}

it('writes a listen when it is earned, with its start and zone, and its end when that is known', async () => {
  const fixture = await open();
  await followed(fixture);
  const zone = fixture.core.zone('Salon').play(track('Phares'));
  fixture.core.tick(49);
  await heard(fixture);
  expect(await fixture.served.listens()).toEqual([]);
  fixture.core.tick(2);
  await eventually(async () => (await fixture.served.listens()).length === 1);
  const [listen] = await fixture.served.listens();
  expect(listen).toMatchObject({
    source: 'roon',
    zone: 'Salon',
    track: { title: 'Phares', durationSeconds: 100 },
    album: { title: 'Lumières' },
    artists: [{ name: 'Mélodie Varga' }],
    witnesses: [{ source: 'roon', artist: 'Mélodie Varga / Jon Aske', title: 'Phares', album: 'Lumières' }],
  });
  const [before] = fixture.served.library.feed.pull('journal', 0, 10).documents;
  fixture.core.tick(20);
  zone.stop();
  await heard(fixture);
  expect(await fixture.served.listens()).toEqual([listen]);
  expect(fixture.served.library.feed.pull('journal', 0, 10).documents).toEqual([before]);
});

it('waits for a person to approve it, keeps the token to itself and needs no approval again', async () => {
  const fixture = await open({ approved: false });
  await fixture.served.reaches('waiting-for-approval');
  expect(await fixture.served.roon()).toMatchObject({
    running: true,
    paired: false,
    core: { name: 'Test Core' },
    zones: [],
    lastError: null,
  });
  const service = () => fixture.served.library.household.get().services.find(({ id }) => id === 'roon');
  expect(service()).toMatchObject({ status: 'attention', code: 'waiting-for-approval' });
  fixture.core.approve();
  await fixture.served.reaches('paired');
  expect(service()).toMatchObject({ status: 'connected', code: 'paired', account: 'Test Core' });
  const tokens = join(fixture.served.dataDir, 'roon-tokens.json');
  await eventually(() => statSync(tokens, { throwIfNoEntry: false }) !== undefined);
  expect(statSync(tokens).mode & 0o777).toBe(0o600);
  expect(Object.keys(JSON.parse(readFileSync(tokens, 'utf8')) as object)).toEqual([fixture.core.id]);
  await fixture.served.restart();
  await fixture.served.reaches('paired');
  expect(fixture.core.registrations.at(-1)).toHaveProperty('token');
});

it('does nothing without Roon, and stores a choice over a restart', async () => {
  const served = await ServedApp.open({}, new FastClock(Date.parse('2026-03-02T18:00:00Z'), 100));
  closing.push(() => served.close());
  expect(await served.roon()).toEqual({
    running: false,
    state: 'searching',
    paired: false,
    core: null,
    zones: [],
    lastError: null,
    problem: null,
  });

  const fixture = await open();
  await followed(fixture);
  fixture.core.zone('Salon').play(track('Phares'));
  expect((await fixture.served.ask('POST', '/services/roon/stop')).json).toMatchObject({
    running: false,
    paired: false,
    zones: [],
  });
  await eventually(() => fixture.core.connections === 0);
  await fixture.served.restart();
  expect(await fixture.served.roon()).toMatchObject({ running: false });
  expect((await fixture.served.ask('POST', '/services/roon/start')).json).toMatchObject({ running: true });
  await fixture.served.reaches('paired');
  await fixture.served.restart();
  await fixture.served.reaches('paired');
});

it('explains what is wrong when the Core goes, and goes on when it is back', async () => {
  const fixture = await open();
  await followed(fixture);
  fixture.core.zone('Salon').play(track('Phares'));
  await heard(fixture);
  await fixture.core.close();
  await fixture.served.reaches('lost');
  const lost = await fixture.served.roon();
  expect(lost).toMatchObject({ running: true, paired: false, core: { name: 'Test Core' }, zones: [] });
  expect(lost.lastError).toMatch(/Roon/);
  expect(fixture.served.library.household.get().zones).toEqual([{ id: '1601Salon', name: 'Salon', hidden: false }]);
  await fixture.core.restart();
  await fixture.served.reaches('paired');
  expect((await fixture.served.roon()).lastError).toBeNull();
});

it('counts grouped zones once', async () => {
  const fixture = await open();
  await followed(fixture);
  fixture.core.zone('Cuisine');
  fixture.core.zone('Salon').play(track('Phares'), track('Balises'));
  fixture.core.tick(30);
  fixture.core.transport.group('Salon', 'Cuisine');
  await heard(fixture);
  expect((await fixture.served.roon()).zones.map(({ name }) => name)).toEqual(['Salon + 1']);
  expect(fixture.served.library.household.get().zones.map(({ name }) => name)).toEqual(['Cuisine', 'Salon']);
  fixture.core.tick(130);
  fixture.core.transport.ungroup('Salon + 1');
  fixture.core.tick(40);
  await heard(fixture);
  const listens = await fixture.served.listens();
  expect(listens.map(({ track: { title }, zone }) => [title, zone])).toEqual([
    ['Balises', 'Salon + 1'],
    ['Phares', 'Salon'],
  ]);
});

it('takes over another name, a hidden zone and the radio without losing the connection', async () => {
  const fixture = await open();
  await followed(fixture);
  fixture.core.zone('Salon').play(track('Phares'));
  fixture.core.zone('Bain').play(track('Embruns'));
  await heard(fixture);
  const rename = await fixture.served.ask('PUT', '/services/roon/zones/1601Salon', { name: 'Grand salon' });
  expect(rename).toMatchObject({
    status: 200,
    json: [
      { id: '1601Bain', name: 'Bain', hidden: false },
      { id: '1601Salon', name: 'Grand salon', hidden: false },
    ],
  });
  await fixture.served.ask('PUT', '/services/roon/zones/1601Bain', { hidden: true });
  await fixture.served.ask('PUT', '/settings', { 'roon.countRadio': true });
  expect(fixture.served.library.household.get().zones).toEqual([
    { id: '1601Bain', name: 'Bain', hidden: true },
    { id: '1601Salon', name: 'Grand salon', hidden: false },
  ]);
  fixture.core.zone('Bain').play({ title: 'Radio Littoral', artists: 'Anse Verte - Marées' });
  fixture.core.zone('Salon').play(track('Balises'));
  fixture.core.tick(80);
  await heard(fixture);
  expect((await fixture.served.listens()).map(({ track: { title }, zone }) => [title, zone])).toEqual([
    ['Balises', 'Grand salon'],
  ]);
  await fixture.served.ask('PUT', '/services/roon/zones/1601Bain', { hidden: false });
  fixture.core.zone('Bain').play({ title: 'Radio Littoral', artists: 'Anse Verte - Jusant' });
  fixture.core.tick(40);
  await eventually(async () =>
    (await fixture.served.listens()).some(({ track: { title }, zone }) => title === 'Jusant' && zone === 'Bain'),
  );
  expect(fixture.core.requests.filter((name) => name.endsWith('/register'))).toHaveLength(1);
  expect((await fixture.served.ask('PUT', '/services/roon/zones/nowhere', { name: 'X' })).status).toBe(404);
  const back = await fixture.served.ask('PUT', '/services/roon/zones/1601Salon', { name: null });
  expect(back.json).toContainEqual({ id: '1601Salon', name: 'Salon', hidden: false });
});

it('follows another address as soon as it is set', async () => {
  const fixture = await open({ environment: { ROON_HOST: '', ROON_PORT: '' } });
  expect(await fixture.served.roon()).toMatchObject({ running: false });
  const { core, served } = fixture;
  expect((await served.ask('PUT', '/settings', { 'roon.host': 'http://core.lan' })).json).toMatchObject({
    error: { field: 'roon.host' },
  });
  await served.ask('PUT', '/settings', { 'roon.host': core.host, 'roon.port': core.port });
  await served.reaches('paired');
  await served.ask('PUT', '/settings', { 'roon.host': '', 'roon.port': null });
  await eventually(async () => !(await served.roon()).running);
  await eventually(() => core.connections === 0);
});

it('neither writes nor publishes for seconds that merely pass', async () => {
  const clock = new SimulatedClock('2026-03-02T18:00:00Z');
  const fixture = await open({ clock });
  await followed(fixture);
  for (const name of ['Salon', 'Cuisine', 'Bain', 'Bureau', 'Jardin'])
    fixture.core.zone(name).play(track(name, { length: 400 }));
  fixture.core.tick(5);
  await heard(fixture);
  const reader = await fixture.served.stream();
  const published: string[] = [];
  void (async () => {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      published.push(new TextDecoder().decode(value));
    }
  })();
  await eventually(() => published.join('').includes('event: now-playing'));
  const seq = fixture.served.library.feed.lastSeq();
  const written = () => statSync(join(fixture.served.dataDir, 'musique.db-wal')).size;
  const [before, greeted] = [written(), published.length];
  for (let second = 1; second <= 70; second += 1) {
    await clock.pass(1000);
    fixture.core.tick(1);
    await heard(fixture);
  }
  expect(fixture.served.library.feed.lastSeq()).toBe(seq);
  expect(published.slice(greeted).filter((text) => text.includes('now-playing')).length).toBe(0);
  // The state of tracks that go on is stored once a minute: one small row, not one a second.
  expect(written() - before).toBeLessThan(10 * 4096 * 3);
  await reader.cancel();
});

it('sends every device what plays where, with its position, and when it is paused or over', async () => {
  const fixture = await open();
  await followed(fixture);
  const { core, served } = fixture;
  const zone = core.zone('Salon').play(track('Phares'));
  core.tick(12);
  await heard(fixture);
  const reader = await served.stream();
  const decoder = new TextDecoder();
  let text = '';
  const read = async (what: string) => {
    while (!text.includes(what)) text += decoder.decode((await reader.read()).value);
    const last = text.slice(text.lastIndexOf('event: now-playing'));
    text = '';
    return JSON.parse(/data: (.*)/.exec(last)![1]!) as { items: unknown[] };
  };
  expect((await read('event: now-playing')).items).toMatchObject([
    {
      place: 'roon:1601Salon',
      source: 'roon',
      zone: 'Salon',
      state: 'playing',
      title: 'Phares',
      artist: 'Mélodie Varga',
      album: 'Lumières',
      durationSeconds: 100,
      positionSeconds: 12,
    },
  ]);
  zone.pause();
  expect((await read('"paused"')).items).toMatchObject([{ state: 'paused', positionSeconds: 12 }]);
  zone.resume().seek(60);
  expect((await read('"positionSeconds":60')).items).toHaveLength(1);
  zone.stop();
  expect((await read('"items":[]')).items).toEqual([]);
  await reader.cancel();
});

it('fills a cover where no other is known, from the paired Core alone', async () => {
  const fixture = await open();
  const { core, served } = fixture;
  const bytes = await sharp({ create: { width: 300, height: 300, channels: 3, background: '#2a6f6b' } })
    .jpeg()
    .toBuffer();
  core.images.set('abc123', { type: 'image/jpeg', bytes });
  await followed(fixture);
  core.zone('Salon').play(track('Phares', { imageKey: 'abc123' }), track('Balises', { imageKey: 'def456' }));
  core.tick(180);
  await eventually(async () => (await served.listens()).length === 2);
  const [listen] = await served.listens();
  const album = (
    await served.ask<{ images: { id: number; source: string }[] }>('GET', `/collection/albums/${listen!.album!.id}`)
  ).json;
  expect(album.images).toMatchObject([{ source: 'roon' }]);
  const picture = await served.picture(album.images[0]!.id);
  expect([picture.status, picture.headers.get('content-type')]).toEqual([200, 'image/webp']);
});

it('plays an album of the library in a zone, or says why not', async () => {
  const fixture = await open();
  const { core, served } = fixture;
  core.albums.push({ title: 'Lumières', artist: 'Mélodie Varga', tracks: [track('Phares'), track('Balises')] });
  await followed(fixture);
  core
    .zone('Salon')
    .play(track('Phares'), track('Ailleurs', { album: 'Introuvable' }))
    .enqueue();
  core.tick(180);
  await eventually(async () => (await served.listens()).length === 2);
  const albums = new Map((await served.listens()).map(({ album }) => [album!.title, album!.id]));
  const play = (albumId: number) => served.ask('POST', '/services/roon/play', { zoneId: '1601Cuisine', albumId });
  core.zone('Cuisine');
  expect((await play(albums.get('Lumières')!)).json).toEqual({ found: true, title: 'Lumières' });
  expect(core.zone('Cuisine').current?.title).toBe('Phares');
  expect((await play(albums.get('Introuvable')!)).json).toMatchObject({
    found: false,
    reason: expect.stringContaining('Introuvable') as string,
  });
  expect((await play(9_999)).status).toBe(404);
  await served.ask('POST', '/services/roon/stop');
  expect(await play(albums.get('Lumières')!)).toMatchObject({
    status: 409,
    json: { error: { message: expect.stringContaining('Roon') as string } },
  });
});
