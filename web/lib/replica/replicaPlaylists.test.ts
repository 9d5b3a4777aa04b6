import { afterEach, describe, expect, it } from 'vitest';
import type { PlaylistDocument } from '#shared/library/playlist.ts';
import { Drain } from '../library/outbox/drain.ts';
import type { PlaylistEdit } from '../library/outbox/entry.ts';
import { Outbox } from '../library/outbox/outbox.ts';
import { Device, until } from './testing/device.ts';
import { memoryStore } from './testing/memory.ts';
import { ModelServer } from './testing/modelServer.ts';
import { closeLater, closeStarted, inStep, untilApplied, start } from './testing/started.ts';

const YEAR = 365 * 86_400_000;

afterEach(closeStarted);

/** Changes a list as a page does, by the outbox. @param at milliseconds since the epoch. */
async function edit({ replica }: Device, id: string, wanted: PlaylistEdit, at = replica.now()): Promise<void> {
  const outbox = new Outbox(memoryStore(), 'test');
  outbox.add(at, 1, () => [{ to: 'playlists', id, edit: wanted }]);
  await new Drain(outbox, {
    replica: () => Promise.resolve(replica),
    exclusively: (work) => work(),
    retired: () => undefined,
    failed: () => undefined,
  }).run();
}

/** A list that was renamed: the server took it, and the page was killed before it heard so. The network is gone until `again` has acted. */
async function renamedUnheard() {
  const server = new ModelServer();
  const device = await start(server);
  const id = await device.addPlaylist('Evening');
  await until(() => server.get('playlists', id));
  await inStep(device);
  let answer = (): void => undefined;
  server.beforeAnswer = () => new Promise((resolve) => (answer = resolve));
  await edit(device, id, { kind: 'rename', name: 'Night' });
  await until(() => (server.get('playlists', id) as { name?: string }).name === 'Night');
  server.loseNextAnswer = server.down = true;
  server.beforeAnswer = () => Promise.resolve();
  answer();
  await device.close();
  await device.open();
  const again = async (act: () => Promise<void>): Promise<void> => {
    await act();
    server.down = false;
    device.replica.retry();
    await inStep(device);
  };
  return { server, device, id, again };
}

describe('a playlist of a device', () => {
  it('deletes a list whose renaming it never heard to be taken', async () => {
    const { server, device, id, again } = await renamedUnheard();
    await again(() => edit(device, id, { kind: 'delete' }));
    expect(server.get('playlists', id)).toMatchObject({ _deleted: true });
  });

  it.each([
    ['ten minutes ahead', 10 * 60_000, true],
    ['forty years ahead', 40 * YEAR, true],
    ['thirty years behind', -30 * YEAR, true],
    ['sixty years behind', -60 * YEAR, true],
    ['ten minutes ahead, in an earlier version', 10 * 60_000, false],
    ['sixty years behind, in an earlier version', -60 * YEAR, false],
  ])('sends what was done offline after its clock was set right: it was %s', async (_, ahead, inOrder) => {
    const server = new ModelServer();
    const device = new Device(server);
    closeLater(device);
    Object.assign(device, { clockAhead: ahead, inOrder });
    await device.open();
    const [list, mutation] = [
      await device.addPlaylist('Before'),
      await device.mutate({ kind: 'rate-album', albumId: '1', rating: 1 }),
    ];
    await until(() => server.get('playlists', list));
    await untilApplied(device, mutation);
    await inStep(device);
    await device.close();

    await device.open();
    server.down = true;
    if (ahead > 0) device.clockAhead = 0;
    const later = await device.mutate({ kind: 'rate-album', albumId: '1', rating: 2 });
    await edit(device, list, { kind: 'rename', name: 'After' });
    await device.close();
    server.down = false;
    device.inOrder = true;
    await device.open();
    await untilApplied(device, later);
    await until(() => (server.get('playlists', list) as { name?: string }).name === 'After');
    await inStep(device);
    expect(server.applied.get(later)).toBe(1);
  });

  it('is up to date once the server knows of a list’s deletion, and says when it was', async () => {
    const server = new ModelServer();
    const device = await start(server);
    const id = await device.addPlaylist('Evening');
    await until(() => server.get('playlists', id));
    const at = device.replica.now() + 60_000;
    await edit(device, id, { kind: 'delete' }, at);
    await inStep(device);
    expect(server.get('playlists', id)).toMatchObject({ _deleted: true, updatedAt: Math.floor(at / 1_000) });
  });

  it('deletes a list that was deleted offline, also where the library was put back meanwhile', async () => {
    const server = new ModelServer();
    const device = await start(server);
    const id = await device.addPlaylist('Evening');
    await until(() => server.get('playlists', id));
    await inStep(device);
    const backup = server.backup();
    server.down = true;
    await edit(device, id, { kind: 'delete' }, device.replica.now() + 60_000);
    server.restore(backup);
    server.down = false;
    device.replica.retry();
    await until(() => server.get('playlists', id)?._deleted);
    await inStep(device);
    expect(await device.playlist(id)).toBeUndefined();
  });

  it('does not say for ever that a list waits that the server has', async () => {
    const server = new ModelServer();
    const device = await start(server);
    const id = await device.addPlaylist('Evening');
    await until(() => server.get('playlists', id));
    await inStep(device);
    await device.close();
    await device.open();
    device.replica.playlistChanged(id, device.replica.now() + 86_400_000);
    await device.close();
    await device.open();
    await inStep(device);
  });

  it('has its last word on a list that another went on with after one it never heard to be taken', async () => {
    const { server, device, id, again } = await renamedUnheard();
    await again(async () => {
      await edit(device, id, { kind: 'rename', name: 'Dusk' });
      const theirs = server.get('playlists', id) as unknown as PlaylistDocument;
      server.put('playlists', { ...theirs, updatedAt: theirs.updatedAt + 60, aiPrompt: 'theirs' } as never);
    });
    await until(() => (server.get('playlists', id) as { name?: string }).name === 'Dusk');
    expect(server.get('playlists', id)).toMatchObject({ aiPrompt: 'theirs' });
  });

  it('reports a playlist the server refuses, until it is changed again', async () => {
    const server = new ModelServer();
    const device = await start(server);
    await until(() => device.replica.status.firstSyncDone);
    server.refuse = (document) => JSON.stringify(document).includes('404');
    const id = await device.addPlaylist('Has track 404');
    await until(() => device.replica.status.refusedPlaylists[id]?.reason === 'bad-request');
    expect(device.replica.status).toMatchObject({ connection: 'online', unsentPlaylists: {} });
    server.refuse = () => false;
    await device.append(id, 1);
    await until(() => server.get('playlists', id));
    await until(() => Object.keys(device.replica.status.unsentPlaylists).length === 0);
    expect(device.replica.status.refusedPlaylists).toEqual({});
  });
});
