import { type AddressInfo, createServer } from 'node:net';
import { createServer as createHttpServer } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LOOPBACK, MemoryTokens, RoonFixture, until } from './roonFixture.ts';

const AURORA = { title: 'Aurora Street', artists: 'Mélodie Varga', album: 'Lumières', length: 200 };
const DELTA = { title: 'Delta Blue', artists: 'The Quiet Machines', album: 'Rivers', length: 180 };

let fixture: RoonFixture;
beforeEach(() => {
  fixture = new RoonFixture();
});
afterEach(() => fixture.close());

describe('a restarted Core', () => {
  it('is found again with the same token, and its zones replace what was known', async () => {
    const core = await fixture.core({ approved: true });
    core.zone('Kitchen').play(AURORA);
    const { client, updates, reaches, statuses } = fixture.follow(core);
    await until(() => updates.length > 0);
    core.transport.remove('Kitchen');
    await until(() => client.status().zones.length === 0);
    await core.close();
    await reaches('lost');
    expect(client.status()).toMatchObject({ core: { id: core.id }, zones: [] });
    expect(client.status()).toMatchObject({
      lastError: expect.stringMatching(/Core/) as string,
      problem: { code: 'service-unreachable', params: { service: 'Roon' } },
    });
    core.zone('Office').play(DELTA);
    await core.restart();
    await reaches('paired');
    await until(() => client.status().zones[0]?.name === 'Office');
    expect(updates.map(({ reason }) => reason)).toContain('lost');
    expect(updates.at(-1)?.reason).toBe('subscribed');
    expect(statuses.at(-1)).toMatchObject({ lastError: null, problem: null });
    expect(core.registrations.at(-1)).toHaveProperty('token');
  });

  it('is found again by searching when it comes back on another port', async () => {
    const core = await fixture.core({ approved: true });
    const { reaches } = fixture.search(core);
    await reaches('paired');
    await core.restart({ port: 0, awayMs: 100 });
    await until(() => core.registrations.length === 2);
    await reaches('paired');
  });

  it('does not flicker while it stays away', async () => {
    const core = await fixture.core({ approved: true });
    const { reaches, statuses } = fixture.follow(core);
    await reaches('paired');
    await core.close();
    await reaches('lost');
    await new Promise((resolve) => setTimeout(resolve, 400));
    const states = statuses.map(({ state }) => state);
    expect(states.slice(states.indexOf('lost')).every((state) => state === 'lost')).toBe(true);
  });
});

describe('another Core', () => {
  it('at the same address is a new acquaintance, and the old one is not forgotten', async () => {
    const first = await fixture.core({ id: 'first' });
    const tokens = new MemoryTokens();
    const { reaches, client } = fixture.follow(first, { tokens });
    await reaches('waiting-for-approval');
    first.approve();
    await reaches('paired');
    await first.close();
    const second = await fixture.core({ id: 'second', port: first.port });
    await reaches('waiting-for-approval');
    expect(client.status().core?.id).toBe('second');
    second.approve();
    await reaches('paired');
    expect([...tokens.stored.keys()]).toEqual(['first', 'second']);
    expect(second.registrations[0]).not.toHaveProperty('token');
  });

  it('does not lure us away while ours is only restarting', async () => {
    const ours = await fixture.core({ id: 'ours', approved: true });
    const { reaches, client } = fixture.search(ours);
    await reaches('paired');
    const other = await fixture.core({ id: 'other', approved: true, soodPort: ours.soodPort });
    await ours.restart({ awayMs: 300 });
    await until(() => ours.registrations.length === 2);
    await reaches('paired');
    expect(client.status().core?.id).toBe('ours');
    expect(other.registrations).toEqual([]);
  });

  it('takes over when ours stays away', async () => {
    const ours = await fixture.core({ id: 'ours', approved: true });
    const { reaches, client } = fixture.search(ours, { timings: { otherCoreAfterMs: 150 } });
    await reaches('paired');
    const other = await fixture.core({ id: 'other', approved: true, soodPort: ours.soodPort });
    await ours.close();
    await until(() => client.status().core?.id === 'other');
    await reaches('paired');
    expect(other.registrations).toHaveLength(1);
  });

  it('that waits for approval is left when one that knows us appears', async () => {
    const stranger = await fixture.core({ id: 'stranger' });
    const tokens = new MemoryTokens();
    tokens.set('friend', 'kept-token');
    const { reaches, client } = fixture.search(stranger, { tokens });
    await reaches('waiting-for-approval');
    await fixture.core({ id: 'friend', approved: true, soodPort: stranger.soodPort });
    await until(() => client.status().core?.id === 'friend');
    await reaches('paired');
  });
});

describe('a silent Core', () => {
  it('that accepts and never answers is given up and tried again', async () => {
    const core = await fixture.core({ approved: true });
    core.goSilent('answers');
    const { reaches, client } = fixture.follow(core, { timings: { requestTimeoutMs: 50 } });
    await until(() => client.status().lastError?.includes('did not answer') ?? false);
    core.speak();
    await reaches('paired');
    expect(client.status().lastError).toBeNull();
  });

  it('whose machine hangs is noticed by its missing pong', async () => {
    const core = await fixture.core({ approved: true });
    const { reaches, client } = fixture.follow(core, { timings: { pingMs: 50 } });
    await reaches('paired');
    core.goSilent('everything');
    await reaches('lost');
    expect(client.status().lastError).toContain('silent');
    core.speak();
    await reaches('paired');
  });

  it('is not silent when it is we who stalled', async () => {
    const core = await fixture.core({ approved: true });
    core.zone('Kitchen').play(AURORA);
    const { reaches, client } = fixture.follow(core, { timings: { pingMs: 60 } });
    await reaches('paired');
    for (let stall = 0; stall < 12; stall += 1) {
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 70);
      await new Promise((resolve) => setImmediate(resolve));
    }
    core.tick();
    await until(() => client.status().zones[0]?.nowPlaying?.seekPosition === 1);
    expect(core.registrations).toHaveLength(1);
  });

  it('that hangs while a person has yet to approve is noticed too', async () => {
    const core = await fixture.core();
    const settings = { host: core.host, port: core.port, pollSeconds: 0.05 };
    const { reaches, statuses } = fixture.follow(core, { settings, timings: { requestTimeoutMs: 50 } });
    await reaches('waiting-for-approval');
    core.goSilent('answers');
    await until(() => statuses.some(({ state, lastError }) => state === 'lost' && lastError !== null));
    core.speak();
    await reaches('waiting-for-approval');
    core.approve();
    await reaches('paired');
  });

  it('that answers but stopped pushing is found out by the poll, which subscribes anew', async () => {
    const core = await fixture.core({ approved: true });
    core.zone('Kitchen').play(AURORA);
    const { titles, updates } = fixture.follow(core, {
      settings: { host: core.host, port: core.port, pollSeconds: 0.05 },
    });
    await until(() => updates.length > 0);
    core.goSilent('pushes');
    core.zone('Kitchen').play(DELTA);
    await until(() => titles()[0] === 'Delta Blue');
    expect(updates.map(({ reason }) => reason)).toContain('polled');
    core.speak();
    await until(() => core.requests.filter((name) => name.endsWith('/subscribe_zones')).length === 2);
    core.zone('Kitchen').play(AURORA);
    await until(() => titles()[0] === 'Aurora Street');
    expect(core.connections).toBe(1);
    expect(core.faults).toEqual([]);
  });

  it('whose poll goes unanswered is lost', async () => {
    const core = await fixture.core({ approved: true });
    const settings = { host: core.host, port: core.port, pollSeconds: 0.05 };
    const { reaches, statuses } = fixture.follow(core, { settings, timings: { requestTimeoutMs: 50 } });
    await reaches('paired');
    core.goSilent('answers');
    await until(() => statuses.some(({ state }) => state === 'lost'));
    core.speak();
    await reaches('paired');
  });
});

describe('what is no Core', () => {
  it('is explained: nobody there, a web server, a port that only accepts', async () => {
    const web = createHttpServer((_request, response) => response.writeHead(404).end('<h1>Not found</h1>'));
    const mute = createServer(() => {});
    for (const server of [web, mute]) await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const portOf = (server: { address(): unknown }) => (server.address() as AddressInfo).port;
    const nobody = await fixture.core();
    await nobody.close();
    const failing = (port: number) =>
      fixture.start({ settings: { host: '127.0.0.1', port }, timings: { openTimeoutMs: 100 } }).client;
    const [gone, page, silent] = [failing(nobody.port), failing(portOf(web)), failing(portOf(mute))];
    await until(() => [gone, page, silent].every((client) => client.status().lastError !== null));
    expect(gone.status()).toMatchObject({
      state: 'connecting',
      lastError: expect.stringContaining('could not be reached') as unknown,
    });
    expect(page.status().lastError).toContain('not a Roon Core');
    expect(silent.status().lastError).toContain('could not be reached');
    await Promise.all([gone, page, silent].map((client) => client.stop()));
    web.closeAllConnections();
    for (const server of [web, mute]) server.close();
  });
});

describe('start and stop', () => {
  it('leaves nothing open after a stop, whatever the state, and can start again', async () => {
    const core = await fixture.core({ approved: true });
    core.zone('Kitchen').play(AURORA);
    const { client, reaches, updates } = fixture.follow(core);
    await client.stop();
    expect(client.status()).toMatchObject({ running: false, zones: [], lastError: null });
    client.start();
    client.start();
    await reaches('paired');
    await until(() => client.status().zones.length === 1);
    const stopping = client.stop();
    client.start();
    await stopping;
    await reaches('paired');
    expect(client.status().running).toBe(true);
    await client.stop();
    expect(updates.at(-1)).toMatchObject({ reason: 'lost', zones: [] });
    await until(() => core.connections === 0);
  });

  it('keeps going when a listener fails', async () => {
    const core = await fixture.core({ approved: true });
    const { client, updates } = fixture.follow(core);
    client.onZones(() => {
      throw new Error('a page that is gone');
    });
    const stop = client.onZones(() => {});
    stop();
    await until(() => updates.length > 0);
    core.zone('Kitchen').play(AURORA);
    await until(() => client.status().zones.length === 1);
    expect(client.status().state).toBe('paired');
  });
});

describe('the search', () => {
  it('finds the Core by multicast and broadcast and connects to the port it announces', async () => {
    const core = await fixture.core({ approved: true, name: 'Salon' });
    const { reaches, client } = fixture.search(core);
    expect(client.status().state).toBe('searching');
    await reaches('paired');
    expect(client.status().core?.name).toBe('Salon');
    // One question to the group, one to the broadcast address, each with an id of its own.
    expect(core.soodAnswers).toBeGreaterThanOrEqual(2);
  });

  it('asks a configured host for its port', async () => {
    const core = await fixture.core({ approved: true });
    const { reaches } = fixture.start({ settings: { host: '127.0.0.1' }, discovery: { port: core.soodPort } });
    await reaches('paired');
  });

  it('keeps searching, says after some scans what to check, and finds a Core that comes late', async () => {
    const core = await fixture.core({ approved: true });
    const { soodPort } = core;
    await core.close();
    const { client, reaches } = fixture.search(core);
    await until(() => client.status().lastError?.includes('ROON_HOST') ?? false);
    expect(client.status().state).toBe('searching');
    expect(soodPort).toBe(core.soodPort);
    await core.restart();
    await reaches('paired');
    expect(client.status().lastError).toBeNull();
  });

  it('notices an interface that comes up later', async () => {
    const core = await fixture.core({ approved: true });
    const interfaces: typeof LOOPBACK = [];
    const discovery = { port: core.soodPort, interfaces: () => interfaces, relistMs: 20, rescanMs: 60_000 };
    const { reaches } = fixture.search(core, { discovery });
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(core.soodAnswers).toBe(0);
    interfaces.push(...LOOPBACK);
    await reaches('paired');
  });
});
