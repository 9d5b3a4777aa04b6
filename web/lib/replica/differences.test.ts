import { afterEach, describe, expect, it } from 'vitest';
import { until, type Device } from './testing/device.ts';
import { ModelServer } from './testing/modelServer.ts';
import { album, albumsOf, closeDevices, held, open, questions, shelf } from './testing/shelf.ts';

afterEach(closeDevices);

const differences = async (device: Device) => {
  await until(() => device.replica.status.held?.differences);
  return device.replica.status.held!.differences!;
};
const nothing = { onlyHere: 0, differs: 0 };
/** The library was brought back by a device that held so many of the albums. */
async function rebuiltBy(server: ModelServer, documents: readonly object[]): Promise<void> {
  const { signal } = new AbortController();
  const other = server.transport('another device');
  server.lose();
  await other.rebuild({ loss: server.loss } as never, signal);
  await other.give('albums', { documents: [...documents], epoch: undefined, into: server.loss }, signal);
  await other.finish(server.loss, signal);
}

describe('a question about a library that was put back', () => {
  it('finds what differs where the counts are equal: names, ratings and notes', async () => {
    const { server, device } = await shelf(60);
    server.put('revisions', { id: 'album-note:7', revisions: [] } as never);
    for (let id = 1; id <= 4; id++)
      server.put('albums', {
        ...(album(id, 5) as object),
        note: `Note ${id}`,
        tracks: [{ id: id * 10, title: 'One', loved: true }],
      } as never);
    server.announce();
    await until(
      async () =>
        (await device.all('revisions')).length === 1 &&
        (await device.all('albums')).filter(({ note }) => note).length === 4,
    );
    const before = new Map(server.all('albums').map((each) => [each.id, each]));
    server.lose('library-1');
    for (const each of before.values()) server.put('albums', each);
    server.put('albums', { ...(album(1) as object), tracks: [] } as never);
    server.put('albums', { ...before.get('2')!, rating: 3, note: 'Another' } as never);
    server.put('albums', { ...before.get('3')!, title: 'Another' } as never);
    device.replica.retry();
    expect(await differences(device)).toMatchObject({
      albums: { mine: 60, theirs: 60, onlyHere: 0, differs: 2 },
      ratings: { mine: 4, theirs: 3, onlyHere: 1, differs: 1 },
      notes: { mine: 4, theirs: 3, onlyHere: 1, differs: 1 },
      loved: { mine: 4, theirs: 3, onlyHere: 1, differs: 0 },
      revisions: { mine: 1, theirs: 0, onlyHere: 1, differs: 0 },
      artists: nothing,
      playlists: nothing,
    });
    expect(device.replica.status.held).toMatchObject({ cause: 'smaller', losing: ['revisions'] });
  });

  it('finds what is missing still when the server was given some of it meanwhile', async () => {
    const { server, device } = await shelf(60);
    const all = server.all('albums');
    server.lose('library-1');
    device.replica.retry();
    expect(await differences(device)).toMatchObject({ albums: { theirs: 0, onlyHere: 60 } });
    for (const each of all.slice(0, 20)) server.put('albums', each);
    device.replica.retry();
    await until(() => device.replica.status.held?.differences?.albums.onlyHere === 40);
    for (const each of all.slice(20)) server.put('albums', each);
    device.replica.retry();
    await until(() => device.replica.status.held === null && device.replica.status.firstSyncDone);
    expect(await albumsOf(device)).toBe(60);
  });

  it('is not put at all where nothing would be lost, however many documents go: the same listens on other pages', async () => {
    const server = new ModelServer();
    const START = 1_700_000_000;
    const page = (id: string, listens: number[]) => ({
      id,
      n: listens.length,
      t: listens.map((each, index) => (index === 0 ? START + each : each - listens[index - 1]!)),
      i: listens.map((each, index) => (index === 0 ? each + 1 : 1)),
      k: listens.map(() => 1),
      h: listens.map(() => 1),
      s: [0, listens.length],
    });
    const listens = Array.from({ length: 60 }, (_, index) => index);
    for (const each of listens) server.put('journal', page(`2023-11${each === 0 ? '' : `.${each}`}`, [each]));
    const device = await open(server, ['journal']);
    server.restore(server.backup());
    server.forget('journal');
    server.put('journal', page('2023-11', listens));
    const asked = questions(device);
    device.replica.retry();
    await until(async () => (await device.all('journal')).length === 1);
    expect([asked.filter(({ differences: reported }) => reported), device.replica.status.held]).toEqual([[], null]);
  });
});

describe('a library that was brought back from another device', () => {
  it('is asked about for the least that only this device has, and takes it when the person says so', async () => {
    const { server, device } = await shelf(600);
    await rebuiltBy(
      server,
      server.all('albums').filter(({ id }) => id !== '7'),
    );
    device.replica.retry();
    await held(device);
    expect(device.replica.status.held).toMatchObject({
      cause: 'smaller',
      because: 'rebuild',
      losing: [],
      differences: { albums: { onlyHere: 1 } },
    });
    expect(await albumsOf(device)).toBe(600);
    device.answer('bring-back');
    await until(() => device.replica.status.held === null && device.replica.status.firstSyncDone);
    expect(server.get('albums', '7')).toBeDefined();
    expect(await albumsOf(device)).toBe(600);
  });

  it('is taken over without a question where everything is in it', async () => {
    const { server, device } = await shelf(600);
    const all = server.all('albums');
    await rebuiltBy(server, all);
    server.put('albums', album(601));
    const asked = questions(device);
    device.replica.retry();
    await until(async () => (await albumsOf(device)) === 601);
    expect(asked).toEqual([]);
  });
});
