import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { silentLog } from '#server/kit/log.ts';
import { fileTokenStore } from '#server/upstreams/roon/index.ts';
import { MemoryTokens, RoonFixture, until } from './roonFixture.ts';

const AURORA = {
  title: 'Aurora Street',
  artists: 'Mélodie Varga / Jon Aske',
  album: 'Lumières',
  length: 200,
  imageKey: 'a1',
};
const DELTA = { title: 'Delta Blue', artists: 'The Quiet Machines', album: 'Rivers', length: 180 };

let fixture: RoonFixture;
beforeEach(() => {
  fixture = new RoonFixture();
});
afterEach(() => fixture.close());

describe('approval and registration', () => {
  it('waits for approval as long as it takes, then pairs and keeps the token', async () => {
    const core = await fixture.core({ name: 'Salon' });
    const tokens = new MemoryTokens();
    const { client, reaches, statuses } = fixture.follow(core, {
      tokens,
      settings: { host: core.host, port: core.port, pollSeconds: 120 },
    });
    await reaches('waiting-for-approval');
    expect(client.status()).toMatchObject({
      running: true,
      core: { id: core.id, name: 'Salon' },
      zones: [],
      lastError: null,
    });
    core.approve();
    await reaches('paired');
    expect(tokens.stored.get(core.id)).toMatch(/./);
    expect(statuses.map(({ state }) => state)).toEqual(expect.arrayContaining(['waiting-for-approval', 'paired']));
    expect(core.registrations[0]).toMatchObject({
      extension_id: 'com.aime.journal',
      display_name: 'AIME',
      publisher: 'AIME',
    });
    expect(core.registrations[0]).not.toHaveProperty('token');
  });

  it('outlives many request time-outs while nobody approves, on one and the same connection', async () => {
    const core = await fixture.core();
    const { reaches } = fixture.follow(core, { timings: { requestTimeoutMs: 50, pingMs: 50 } });
    await reaches('waiting-for-approval');
    await new Promise((resolve) => setTimeout(resolve, 200));
    core.approve();
    await reaches('paired');
    expect(core.registrations).toHaveLength(1);
  });

  it('is approved silently with the token of an earlier approval', async () => {
    const core = await fixture.core();
    const tokens = new MemoryTokens();
    const first = fixture.follow(core, { tokens });
    await first.reaches('waiting-for-approval');
    core.approve();
    await first.reaches('paired');
    await first.client.stop();
    const again = fixture.follow(core, { tokens });
    await again.reaches('paired');
    expect(core.registrations.at(-1)).toMatchObject({ token: tokens.stored.get(core.id) });
    expect(again.statuses.map(({ state }) => state)).not.toContain('waiting-for-approval');
  });

  it('says so and waits again when the owner disables it in Roon', async () => {
    const core = await fixture.core({ approved: true });
    const { reaches, statuses } = fixture.follow(core);
    await reaches('paired');
    core.revoke();
    await reaches('waiting-for-approval');
    expect(statuses.find(({ state }) => state === 'lost')?.lastError).toContain('Settings → Extensions');
    core.approve();
    await reaches('paired');
  });

  it('keeps tokens in a file that only its user may read, and outlives a broken one', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'roon-tokens-'));
    const path = join(folder, 'kept', 'tokens.json');
    const store = fileTokenStore(path, silentLog);
    expect(await store.get('core-1')).toBeNull();
    await store.set('core-1', 'one');
    await store.set('__proto__', 'two');
    expect([await store.get('core-1'), await store.get('core-2')]).toEqual(['one', null]);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    await writeFile(path, '{"core-1": 7');
    expect(await store.get('core-1')).toBeNull();
    await store.set('core-3', 'three');
    expect(JSON.parse(await readFile(path, 'utf8'))).toEqual({ 'core-3': 'three' });
    await rm(folder, { recursive: true });
  });
});

describe('what the Core asks', () => {
  it('answers ping, pairing and the unknown', async () => {
    const core = await fixture.core({ approved: true });
    const { reaches } = fixture.follow(core);
    await reaches('paired');
    expect(await core.ask('com.roonlabs.ping:1/ping')).toMatchObject({ verb: 'COMPLETE', name: 'Success' });
    const pairing = { paired_core_id: core.id };
    expect(await core.ask('com.roonlabs.pairing:1/get_pairing')).toMatchObject({ name: 'Success', body: pairing });
    expect(await core.ask('com.roonlabs.pairing:1/subscribe_pairing', { subscription_key: 7 })).toMatchObject({
      verb: 'CONTINUE',
      name: 'Subscribed',
      body: pairing,
    });
    expect(await core.ask('com.roonlabs.pairing:1/pair')).toMatchObject({ name: 'Success' });
    expect(await core.ask('com.roonlabs.pairing:1/unsubscribe_pairing', { subscription_key: 7 })).toMatchObject({
      verb: 'COMPLETE',
      name: 'Unsubscribed',
    });
    const unknown = await core.ask('com.example.oven:1/bake', { degrees: 200 });
    expect(unknown).toMatchObject({
      verb: 'COMPLETE',
      name: 'InvalidRequest',
      body: { error: expect.stringContaining('bake') as unknown },
    });
    expect(core.faults).toEqual([]);
  });
});

describe('zones', () => {
  it('tells all zones at once, then every change, in order', async () => {
    const core = await fixture.core({ approved: true });
    core.zone('Kitchen').play(AURORA);
    core.zone('Office');
    const { client, updates, titles } = fixture.follow(core);
    await until(() => updates.length > 0);
    expect(updates[0]).toMatchObject({
      reason: 'subscribed',
      zones: [{ name: 'Kitchen', state: 'playing' }, { name: 'Office' }],
    });
    expect(client.status().zones[0]).toEqual({
      id: '1601Kitchen',
      name: 'Kitchen',
      state: 'playing',
      outputs: [{ id: '1701Kitchen', name: 'Kitchen' }],
      nowPlaying: {
        title: 'Aurora Street',
        artists: 'Mélodie Varga / Jon Aske',
        album: 'Lumières',
        lengthSeconds: 200,
        seekPosition: 0,
        imageKey: 'a1',
      },
    });
    core.tick(3);
    await until(() => updates.filter(({ reason }) => reason === 'seek').length === 3);
    expect(updates.map(({ zones }) => zones[0]?.nowPlaying?.seekPosition)).toEqual([0, 1, 2, 3]);
    core.zone('Office').play(DELTA);
    await until(() => titles()[1] === 'Delta Blue');
    core.zone('Office').stop();
    await until(() => client.status().zones[1]?.nowPlaying === null);
  });

  it('applies removed, added, changed and seek-changed of one message in that order', async () => {
    const core = await fixture.core({ approved: true });
    core.zone('Kitchen').play(AURORA);
    const { client, updates } = fixture.follow(core);
    await until(() => updates.length === 1);
    const zone = core.zone('Kitchen').toMessage();
    const renamed = {
      ...zone,
      display_name: 'Kitchen + 1',
      now_playing: { ...(zone.now_playing as object), seek_position: 50 },
    };
    core.push({
      zones_seek_changed: [
        { zone_id: '1601Kitchen', seek_position: 51 },
        { zone_id: 'nobody', seek_position: 1 },
      ],
      zones_changed: [renamed],
      zones_added: [{ ...zone, display_name: 'Added' }],
      zones_removed: ['1601Kitchen'],
    });
    await until(() => updates.length === 2);
    expect(client.status().zones).toHaveLength(1);
    expect(client.status().zones[0]).toMatchObject({ name: 'Kitchen + 1', nowPlaying: { seekPosition: 51 } });
    expect(updates[1]?.reason).toBe('changed');
  });

  it('follows grouping and ungrouping', async () => {
    const core = await fixture.core({ approved: true });
    core.zone('Kitchen').play(AURORA);
    core.zone('Office').play(DELTA);
    const { client, updates } = fixture.follow(core);
    await until(() => updates.length > 0);
    core.transport.group('Kitchen', 'Office');
    await until(() => client.status().zones.length === 1);
    expect(client.status().zones[0]).toMatchObject({ name: 'Kitchen + 1', nowPlaying: { title: 'Aurora Street' } });
    expect(client.status().zones[0]?.outputs).toHaveLength(2);
    core.transport.ungroup('Kitchen + 1');
    await until(() => client.status().zones.length === 2);
    expect(
      client
        .status()
        .zones.map(({ state }) => state)
        .sort(),
    ).toEqual(['playing', 'stopped']);
  });

  it('tells radio apart by its missing length, and an album from a station', async () => {
    const core = await fixture.core({ approved: true });
    core.zone('Kitchen').play({ title: 'Radio Lac', artists: 'Mélodie Varga - Aurora Street' });
    const { client, updates } = fixture.follow(core);
    await until(() => updates.length > 0);
    expect(client.status().zones[0]?.nowPlaying).toMatchObject({ title: 'Radio Lac', album: '', lengthSeconds: null });
  });
});

describe('images and playing', () => {
  it('fetches covers, and nothing that is not one', async () => {
    const core = await fixture.core({ approved: true });
    core.images.set('a1', { type: 'image/jpeg', bytes: Buffer.from([0xff, 0xd8, 0xff]) });
    core.images.set('page', { type: 'text/html', bytes: Buffer.from('<script>') });
    const { client, reaches } = fixture.follow(core);
    await reaches('paired');
    const size = { width: 300, height: 300 };
    expect(await client.image('a1', size)).toEqual({ type: 'image/jpeg', bytes: Buffer.from([0xff, 0xd8, 0xff]) });
    await expect(client.image('page', size)).rejects.toMatchObject({ kind: 'malformed' });
    await expect(client.image('gone', size)).rejects.toMatchObject({ kind: 'not-found' });
    await expect(client.image('../../secret', size)).rejects.toMatchObject({ kind: 'bad-request' });
    await client.stop();
    await expect(client.image('a1', size)).rejects.toMatchObject({ kind: 'unreachable' });
  });

  it('plays an album in a zone when the Core finds it', async () => {
    const core = await fixture.core({ approved: true });
    core.zone('Kitchen');
    core.albums.push({ title: 'Lumières', artist: 'Mélodie Varga', tracks: [AURORA] });
    const { client, updates, titles } = fixture.follow(core);
    await until(() => updates.length > 0);
    const asked = { zoneId: '1601Kitchen', artist: 'Mélodie Varga', album: 'Lumières' };
    expect(await client.playInZone(asked)).toEqual({ found: true, title: 'Lumières' });
    await until(() => titles()[0] === 'Aurora Street');
    const missing = await client.playInZone({ ...asked, album: 'Never Made' });
    expect(missing).toEqual({ found: false, reason: expect.stringContaining('Never Made') as unknown });
  });
});
