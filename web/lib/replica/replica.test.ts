import { afterEach, describe, expect, it } from 'vitest';
import { Device, until } from './testing/device.ts';
import { ModelServer } from './testing/modelServer.ts';
import { closeLater, closeStarted, inStep, untilApplied, start } from './testing/started.ts';

const album = (id: number, rating = 0) => ({ id: String(id), title: `Album ${id}`, rating }) as never;

afterEach(closeStarted);

describe('a replica', () => {
  it('pulls everything, over a small first page and full ones after it', async () => {
    const server = new ModelServer();
    for (let id = 1; id <= 1_234; id++) server.put('albums', album(id));
    const device = await start(server);
    await until(() => device.replica.status.firstSyncDone);
    expect(await device.all('albums')).toHaveLength(1_234);
    expect(device.replica.status).toMatchObject({ connection: 'online', progress: 1, caughtUp: { albums: 1_234 } });
  });

  it('says that it asks what is new, and is up to date as of the last answer', async () => {
    const server = new ModelServer();
    server.put('albums', album(1));
    const device = await start(server);
    await until(() => device.replica.status.firstSyncDone && !device.replica.status.asking);
    const { lastInStepAt } = device.replica.status;
    let answer!: () => void;
    const held = new Promise<void>((resolve) => (answer = resolve));
    server.beforePull = () => held;
    server.put('albums', album(2));
    server.announce();
    await until(() => device.replica.status.asking);
    expect(device.replica.status.lastInStepAt).toBe(lastInStepAt);
    answer();
    await until(() => !device.replica.status.asking && (device.replica.status.caughtUp.albums ?? 0) >= 2);
    expect(device.replica.status.lastInStepAt).toBeGreaterThanOrEqual(lastInStepAt!);
  });

  it('shows on one device what was done on the other, live', async () => {
    const server = new ModelServer();
    server.put('albums', album(1));
    const [one, other] = [await start(server), await start(server)];
    await until(() => one.replica.status.firstSyncDone && other.replica.status.firstSyncDone);
    await one.mutate({ kind: 'rate-album', albumId: '1', rating: 4 });
    await until(async () => (await other.replica.collection('albums').get(['1']))[0]?.rating === 4);
    const id = await other.addPlaylist('For the train');
    await until(async () => (await one.playlist(id))?.name === 'For the train');
  });

  it('keeps its own time where the server’s clock is behind what the server knows', async () => {
    const server = new ModelServer();
    server.clockBehind = 3 * 86_400_000;
    const device = await start(server);
    await until(() => device.replica.status.firstSyncDone);
    expect(Math.abs(device.replica.now() - Date.now())).toBeLessThan(server.clockBehind / 2);
  });

  it('keeps what is written while the server is gone, over a restart of the app, and hands it over once', async () => {
    const server = new ModelServer();
    server.put('albums', album(1));
    const device = await start(server);
    await until(() => device.replica.status.firstSyncDone);
    server.down = true;
    const id = await device.mutate({ kind: 'rate-album', albumId: '1', rating: 5 });
    await until(() => device.replica.status.connection === 'offline');
    await device.close();
    await device.open();
    server.down = false;
    device.replica.retry();
    await until(async () => (await device.replica.collection('intents').get([id]))[0]?.verdict?.state === 'applied');
    expect(server.applied.get(id)).toBe(1);
    await until(async () => (await device.replica.collection('albums').get(['1']))[0]?.rating === 5);
  });

  it('learns the result of a mutation whose first answer was lost', async () => {
    const server = new ModelServer();
    server.put('albums', album(1));
    const device = await start(server);
    await until(() => device.replica.status.firstSyncDone);
    server.loseNextAnswer = true;
    const id = await device.mutate({ kind: 'rate-album', albumId: '1', rating: 2 });
    await until(async () => (await device.replica.collection('intents').get([id]))[0]?.verdict !== undefined);
    expect(server.applied.get(id)).toBe(1);
  });

  it('learns the result of what it did right after its clock was set right, closed before the server’s answer', async () => {
    const server = new ModelServer();
    const device = new Device(server);
    closeLater(device);
    device.clockAhead = 10 * 60_000;
    await device.open();
    await untilApplied(device, await device.mutate({ kind: 'rate-album', albumId: '1', rating: 1 }));
    device.clockAhead = 0;
    let answer = (): void => undefined;
    server.beforeAnswer = () => new Promise((resolve) => (answer = resolve));
    const id = await device.mutate({ kind: 'rate-album', albumId: '1', rating: 2 });
    await until(() => server.applied.has(id));
    server.loseNextAnswer = true;
    server.beforeAnswer = () => Promise.resolve();
    answer();
    await device.close();
    await device.open();
    await untilApplied(device, id);
    expect(server.applied.get(id)).toBe(1);
  });

  it('learns the result of a mutation that is pulled before the push is answered', async () => {
    const server = new ModelServer();
    server.put('albums', album(1));
    const device = await start(server);
    await until(() => device.replica.status.firstSyncDone);
    // A pull that is on its way when the push is made, and comes back while the push is still unanswered.
    let acted = (): void => undefined;
    const isActedOn = new Promise<void>((resolve) => (acted = resolve));
    server.beforePull = (collection) => (collection === 'intents' ? isActedOn : Promise.resolve());
    server.beforeAnswer = () => {
      acted();
      return new Promise((resolve) => setTimeout(resolve, 200));
    };
    device.replica.retry();
    await new Promise((resolve) => setTimeout(resolve, 50));
    const id = await device.mutate({ kind: 'rate-album', albumId: '1', rating: 2 });
    await until(async () => (await device.replica.collection('intents').get([id]))[0]?.verdict?.state === 'applied');
    expect(server.applied.get(id)).toBe(1);
  });

  it('knows when each collection has passed the seq a result names, also when nothing of it changed', async () => {
    const server = new ModelServer();
    const device = await start(server);
    await until(() => device.replica.status.firstSyncDone);
    server.put('playlists', {
      id: '00000000-0000-4000-8000-000000000001',
      name: 'x',
      updatedAt: 1,
      entries: [],
    } as never);
    const id = await device.mutate({ kind: 'rate-album', albumId: 'unknown', rating: 2 });
    await until(async () => (await device.replica.collection('intents').get([id]))[0]?.verdict !== undefined);
    await until(() => (device.replica.status.caughtUp.albums ?? 0) >= 1);
  });

  it('loses nothing a device has when an older library is restored', async () => {
    const server = new ModelServer();
    for (let id = 1; id <= 2; id++) server.put('albums', album(id));
    // One record in a hundred is gone without a question; more would be put to the person.
    for (let id = 100; id < 200; id++) server.put('albums', album(id));
    const device = await start(server);
    await until(() => device.replica.status.firstSyncDone);
    const backup = server.backup();
    const mutation = await device.mutate({ kind: 'rate-album', albumId: '1', rating: 3 });
    const playlist = await device.addPlaylist('Made after the backup');
    server.put('albums', album(3));
    server.announce();
    await until(async () => (await device.all('albums')).length === 103 && server.get('playlists', playlist));
    await until(async () => (await device.replica.collection('intents').get([mutation]))[0]?.verdict !== undefined);

    server.restore(backup);
    server.put('albums', album(4));
    device.replica.retry();
    await until(() => server.get('playlists', playlist));
    await until(() => server.applied.get(mutation) === 1);
    await until(
      async () =>
        (await device.all('albums'))
          .filter(({ id }) => Number(id) < 100)
          .map(({ id, rating }) => `${String(id)}:${String(rating)}`)
          .join() === '1:3,2:0,4:0',
    );
    await until(() => device.replica.status.firstSyncDone);
    expect((await device.playlist(playlist))?.name).toBe('Made after the backup');
  });

  it('sets aside a mutation the server refuses for its content, and lets the others pass', async () => {
    const server = new ModelServer();
    server.put('albums', album(1));
    const device = await start(server);
    await until(() => device.replica.status.firstSyncDone);
    server.down = true;
    const bad = await device.mutate({ kind: 'note-album', albumId: '1', note: 'refuse me' });
    const good = await device.mutate({ kind: 'rate-album', albumId: '1', rating: 1 });
    server.refuse = (document) => JSON.stringify(document).includes('refuse me');
    server.down = false;
    device.replica.retry();
    await until(() => server.applied.get(good) === 1);
    await until(async () => (await device.replica.collection('intents').get([bad]))[0]?.verdict?.state === 'refused');
    expect(server.applied.has(bad)).toBe(false);
  });

  it('sets aside a mutation at which the server fails three times, and the queue goes on', async () => {
    const server = new ModelServer();
    server.put('albums', album(1));
    const device = await start(server);
    await until(() => device.replica.status.firstSyncDone);
    server.down = true;
    const bad = await device.mutate({ kind: 'note-album', albumId: '1', note: 'breaks it' });
    const good = await device.mutate({ kind: 'rate-album', albumId: '1', rating: 1 });
    server.failing.add(bad);
    server.down = false;
    device.replica.retry();
    await until(() => server.applied.get(good) === 1);
    await until(async () => (await device.replica.collection('intents').get([bad]))[0]?.verdict?.state === 'refused');
    const later = await device.mutate({ kind: 'rate-album', albumId: '1', rating: 2 });
    await until(() => server.applied.get(later) === 1);
    expect(device.replica.status.connection).toBe('online');
  });

  it('goes on with the others when one collection’s requests fail on the server', async () => {
    const server = new ModelServer();
    server.put('albums', album(1));
    server.broken = (collection) => collection === 'playlists';
    const device = await start(server);
    await device.mutate({ kind: 'rate-album', albumId: '1', rating: 3 });
    await until(async () => (await device.replica.collection('albums').get(['1']))[0]?.rating === 3);
    expect(device.replica.status.connection).toBe('online');
    server.broken = () => false;
    device.replica.retry();
    await inStep(device);
    server.broken = (collection) => collection === 'playlists';
    device.replica.retry();
    await until(() => device.replica.status.progress < 1);
    expect(device.replica.status).toMatchObject({ connection: 'online', firstSyncDone: true });
  });

  it('is the same device when its replica metadata was cleared, and hears what became of what it did', async () => {
    const server = new ModelServer();
    const device = await start(server);
    await untilApplied(device, await device.mutate({ kind: 'rate-album', albumId: '1', rating: 1 }));
    server.down = true;
    const { deviceId } = device.replica;
    const id = await device.mutate({ kind: 'rate-album', albumId: '1', rating: 2 });
    const list = await device.addPlaylist('Evening');
    await device.close();
    device.forgetMetadata();
    await device.open();
    expect(device.replica.deviceId).toBe(deviceId);
    expect(Object.keys(device.replica.status.unsentPlaylists)).toEqual([list]);
    server.down = false;
    device.replica.retry();
    await untilApplied(device, id);
    await inStep(device);
    const next = await device.mutate({ kind: 'rate-album', albumId: '1', rating: 3 });
    const [before, after] = await Promise.all(
      [id, next].map(async (each) => (await device.replica.collection('intents').get([each]))[0]!.number),
    );
    expect(after).toBe(before! + 1);
  });

  it.each(['before it was sent', 'after'])(
    'hears what became of what it did under another name, lost %s',
    async (when) => {
      const server = new ModelServer();
      const device = await start(server);
      await until(() => device.replica.status.firstSyncDone);
      server.down = when !== 'after';
      const { deviceId } = device.replica;
      const id = await device.mutate(
        { kind: 'rate-album', albumId: '1', rating: 2 },
        '7c9e6679-7425-40de-944b-e07fc1f90ae7',
      );
      if (when === 'after') await until(() => server.applied.has(id));
      await device.close();
      server.down = false;
      await device.open();
      await untilApplied(device, id);
      expect([server.applied.get(id), device.replica.deviceId]).toEqual([1, deviceId]);
    },
  );

  it('keeps what it has of a document that it cannot read, and takes in the others', async () => {
    const server = new ModelServer();
    for (let id = 1; id <= 700; id++) server.put('albums', album(id));
    const device = await start(server);
    await until(() => device.replica.status.firstSyncDone);
    for (let id = 1; id <= 600; id++) server.put('albums', album(id, 5));
    server.unreadable.add('7').add('20');
    server.announce();
    await until(async () => (await device.all('albums')).filter(({ rating }) => rating === 5).length === 598);
    const backup = server.backup();
    server.put('albums', album(701));
    server.announce();
    await until(async () => (await device.all('albums')).length === 701);
    server.restore(backup);
    device.replica.retry();
    await until(async () => (await device.all('albums')).length < 701);
    expect(await device.all('albums')).toHaveLength(700);
    expect((await device.replica.collection('albums').get(['7']))[0]).toMatchObject({ rating: 0 });
    expect(device.replica.status.unreadable).toEqual({ albums: ['7', '20'] });
    await device.close();
    await device.open();
    expect(device.replica.status.unreadable).toEqual({ albums: ['7', '20'] });
    server.unreadable.clear();
    for (const id of [7, 20]) server.put('albums', album(id, 4));
    server.announce();
    await until(() => device.replica.status.unreadable.albums?.length === 0);
  });

  it('tells the server that a refusal was dismissed, so that nothing brings it back', async () => {
    const server = new ModelServer();
    const device = await start(server);
    const id = await device.mutate({ kind: 'note-album', albumId: '9', note: 'Bought in the rain' });
    await until(() => server.get('intents', id));
    const result = { state: 'refused', at: 1, reason: 'unknown-album', message: 'There is no such album.' };
    server.put('intents', { ...server.get('intents', id), verdict: result } as never);
    server.announce();
    const here = async () => (await device.replica.collection('intents').get([id]))[0];
    await until(async () => (await here())?.verdict?.state === 'refused');
    await device.replica.collection('intents').change(id, 'dismissed', () => null);
    await until(() => server.get('intents', id)?._deleted);
    server.restore(server.backup());
    device.replica.retry();
    const later = await device.mutate({ kind: 'rate-album', albumId: '9', rating: 3 });
    await until(() => server.applied.has(later));
    expect(await here()).toBeUndefined();
    expect(server.applied.get(id)).toBe(1);
  });
});
