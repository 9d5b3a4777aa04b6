import { afterEach, describe, expect, it } from 'vitest';
import { Device, until } from './testing/device.ts';
import { ModelServer } from './testing/modelServer.ts';

const album = (id: number, rating = 0) => ({ id: String(id), title: `Album ${id}`, rating, tracks: [{ id: id * 10 }], images: [{ id: id + 500 }] }) as never;
const devices: Device[] = [];

async function open(server: ModelServer): Promise<Device> {
  const device = await new Device(server).open();
  devices.push(device);
  await until(() => device.replica.status.firstSyncDone);
  return device;
}

/** A server with so many albums, and a device that holds them. */
async function shelf(count: number): Promise<{ server: ModelServer; device: Device }> {
  const server = new ModelServer();
  for (let id = 1; id <= count; id++) server.put('albums', album(id));
  return { server, device: await open(server) };
}

const held = (device: Device) => until(() => device.replica.status.held);
const albumsOf = async (device: Device) => (await device.all('albums')).length;

afterEach(async () => {
  for (const device of devices.splice(0)) await device.close();
});

describe('a library that the server does not have any more', () => {
  it('stays readable on the device, which says what happened, offline and after a restart too', async () => {
    const { server, device } = await shelf(60);
    const playlist = await device.addPlaylist('Kept');
    await until(() => server.get('playlists', playlist));
    server.lose('library-2');
    device.replica.retry();
    await held(device);
    expect(device.replica.status).toMatchObject({
      firstSyncDone: true,
      held: { cause: 'other-library', mine: { documents: { albums: 60, playlists: 1 } }, theirs: { documents: {} }, answer: null },
    });
    expect(await albumsOf(device)).toBe(60);
    await device.close();
    server.down = true;
    await device.open();
    expect(device.replica.status).toMatchObject({ firstSyncDone: true, held: { cause: 'other-library' } });
    expect(await albumsOf(device)).toBe(60);
    expect((await device.playlist(playlist))?.name).toBe('Kept');
  });

  it('stays on a device whose marks were cleared, also where the other library is larger', async () => {
    const { server, device } = await shelf(60);
    await device.close();
    device.forgetMarks();
    server.lose('library-2');
    for (let id = 1; id <= 90; id++) server.put('albums', album(id + 100));
    await device.open();
    await held(device);
    expect(device.replica.status.held).toMatchObject({ cause: 'other-library' });
    expect((await device.all('albums')).filter(({ id }) => Number(id) <= 60)).toHaveLength(60);
  });

  it('is never called in step before it was judged, when the server comes back with another one', async () => {
    const { server, device } = await shelf(60);
    server.lose();
    device.replica.retry();
    await until(() => device.replica.status.connection === 'recovery');
    [server.recovery, server.libraryId] = [false, 'library-2'];
    const inStep: unknown[] = [];
    device.replica.onStatus((status) => {
      if (status.connection === 'online' && status.progress === 1 && !status.held) inStep.push(status);
    });
    device.replica.retry();
    await held(device);
    expect(inStep).toEqual([]);
  });

  it('is taken as the server has it once the person says so; what was written meanwhile is sent only then', async () => {
    const { server, device } = await shelf(60);
    server.lose('library-2');
    server.put('albums', album(900));
    device.replica.retry();
    await held(device);
    const intent = await device.wish({ kind: 'rate-album', albumId: '900', rating: 4 });
    device.answer('mine');
    device.replica.retry();
    await until(() => device.replica.status.held?.answer === 'mine');
    expect(server.applied.size).toBe(0);
    device.answer('theirs');
    await until(async () => (await device.all('albums')).map(({ id }) => id).join() === '900');
    await until(() => server.applied.get(intent) === 1);
    expect(device.replica.status.held).toBeNull();
  });

  it('is brought back by the device: the server has every document again, and nothing is asked any more', async () => {
    const { server, device } = await shelf(1_203);
    const playlist = await device.addPlaylist('Mine');
    await until(() => server.get('playlists', playlist));
    const before = server.all('albums');
    server.lose('library-2');
    device.replica.retry();
    await held(device);
    device.answer('bring-back');
    await until(() => server.all('albums').length === 1_203);
    await until(() => device.replica.status.held === null && device.replica.status.firstSyncDone);
    expect(new Map(server.all('albums').map((each) => [each.id, (each as { title?: string }).title]))).toEqual(new Map(before.map((each) => [each.id, (each as { title?: string }).title])));
    expect(await albumsOf(device)).toBe(1_203);
    expect(server.get('playlists', playlist)).toMatchObject({ name: 'Mine' });
  });

  it('is let go by itself when the server has it again', async () => {
    const { server, device } = await shelf(60);
    const whole = server.backup();
    server.restore(JSON.stringify({ seq: 0, feeds: [] }));
    device.replica.retry();
    await held(device);
    expect(device.replica.status.held).toMatchObject({ cause: 'smaller', losing: ['albums'] });
    server.restore(whole);
    device.replica.retry();
    await until(() => device.replica.status.held === null && device.replica.status.firstSyncDone);
    expect(await albumsOf(device)).toBe(60);
  });
});

describe('a new life of the same library', () => {
  it('with a little less is taken over without a question, after the server was told which ids were seen', async () => {
    const { server, device } = await shelf(60);
    const backup = server.backup();
    server.put('albums', album(61));
    server.announce();
    await until(async () => (await albumsOf(device)) === 61);
    const intent = await device.wish({ kind: 'rate-album', albumId: '1', rating: 3 });
    await until(() => server.applied.get(intent) === 1);
    server.restore(backup);
    const seenBeforePush: number[] = [];
    server.refuse = () => {
      seenBeforePush.push(server.seen.length);
      return false;
    };
    device.replica.retry();
    await until(async () => (await albumsOf(device)) === 60);
    await until(() => server.applied.get(intent) === 1);
    expect(server.seen[0]).toMatchObject({ libraryId: 'library-1', epoch: 'epoch-2', highest: { albums: 61, tracks: 610, images: 561 } });
    expect(seenBeforePush.every((count) => count > 0)).toBe(true);
  });

  it('with everything in it, as after its folder was moved, asks nothing', async () => {
    const { server, device } = await shelf(60);
    server.restore(server.backup());
    server.put('albums', album(61));
    const asked: unknown[] = [];
    device.replica.onStatus((status) => {
      if (status.held) asked.push(status.held);
    });
    device.replica.retry();
    await until(async () => (await albumsOf(device)) === 61);
    expect(asked).toEqual([]);
  });

  it('with as much, but other things, is not swept before the person says so', async () => {
    const { server, device } = await shelf(60);
    server.restore(JSON.stringify({ seq: 0, feeds: [] }));
    for (let id = 1; id <= 60; id++) server.put('albums', album(id + 100));
    device.replica.retry();
    await held(device);
    expect(device.replica.status.held).toMatchObject({ cause: 'replaced', losing: ['albums'] });
    expect((await device.all('albums')).filter(({ id }) => Number(id) <= 60)).toHaveLength(60);
    device.answer('theirs');
    await until(async () => (await device.all('albums')).every(({ id }) => Number(id) > 100));
    expect(await albumsOf(device)).toBe(60);
  });
});

describe('removals that come with a pull', () => {
  it('pass while they are few, and are put to the person when they empty a collection', async () => {
    const { server, device } = await shelf(300);
    for (let id = 1; id <= 5; id++) server.put('albums', { ...(album(id) as object), _deleted: true } as never);
    server.announce();
    await until(async () => (await albumsOf(device)) === 295);
    for (let id = 6; id <= 200; id++) server.put('albums', { ...(album(id) as object), _deleted: true } as never);
    server.announce();
    await held(device);
    expect(device.replica.status.held).toMatchObject({ losing: ['albums'], theirs: { documents: { albums: 100 } } });
    expect(await albumsOf(device)).toBe(295);
    device.answer('theirs');
    await until(async () => (await albumsOf(device)) === 100);
  });

  it('are put to the person where they take what was written before', async () => {
    const server = new ModelServer();
    const history = (id: number) => ({ id: `album-note:${id}`, revisions: [] });
    for (let id = 1; id <= 60; id++) server.put('revisions', history(id));
    const device = await open(server);
    for (let id = 1; id <= 30; id++) server.put('revisions', { ...history(id), _deleted: true });
    server.announce();
    await held(device);
    expect(device.replica.status.held).toMatchObject({ cause: 'emptied', losing: ['revisions'], theirs: { documents: { revisions: 30 } } });
    expect(await device.all('revisions')).toHaveLength(60);
    device.answer('theirs');
    await until(async () => (await device.all('revisions')).length === 30);
  });

  it('are put to the person again when more is removed after that answer', async () => {
    const { server, device } = await shelf(300);
    const removed = (from: number, to: number) => {
      for (let id = from; id <= to; id++) server.put('albums', { ...(album(id) as object), _deleted: true } as never);
      server.announce();
    };
    removed(1, 100);
    await held(device);
    device.answer('theirs');
    await until(async () => (await albumsOf(device)) === 200 && device.replica.status.held === null);
    await until(() => device.replica.status.firstSyncDone && device.replica.status.progress === 1);
    removed(101, 250);
    await held(device);
    expect(await albumsOf(device)).toBe(200);
  });
});

describe('a server that lost its library and waits', () => {
  it('is told by the device’s status, and filled from the device; another device finds everything', async () => {
    const { server, device } = await shelf(1_203);
    server.lose();
    device.replica.retry();
    await until(() => device.replica.status.connection === 'recovery');
    expect(await albumsOf(device)).toBe(1_203);
    device.replica.bringBack({ loss: server.loss });
    await until(() => !server.recovery);
    await until(() => device.replica.status.connection === 'online' && device.replica.status.held === null);
    expect(device.replica.status.bringBack).toMatchObject({ state: 'done', done: 1_203, total: 1_203, refused: [] });
    const other = await open(server);
    expect(await albumsOf(other)).toBe(1_203);
  });

  it('is given what people wrote and deleted before too, and what this device’s own words came to, so that none is done twice', async () => {
    const { server, device } = await shelf(60);
    server.put('revisions', { id: 'album-note:7', revisions: [{ id: 'first', text: 'Loud.', deviceId: null, writtenAt: null, why: 'replaced', keptAt: 1 }] } as never);
    server.put('deletions', { id: '2026-11', listens: [{ id: 4_711, reports: [] }, { id: 2 ** 50, reports: [] }], restored: [] } as never);
    const rating = await device.wish({ kind: 'rate-album', albumId: '7', rating: 4 });
    server.refuse = (document) => (document as { intent?: { kind: string } }).intent?.kind === 'note-album';
    const note = await device.wish({ kind: 'note-album', albumId: '7', note: 'x' });
    await until(async () => (await device.replica.collection('intents').get([rating, note])).every((intent) => intent.verdict !== undefined));
    await until(async () => (await device.all('revisions')).length + (await device.all('deletions')).length === 2);
    server.lose();
    device.replica.retry();
    await until(() => device.replica.status.connection === 'recovery');
    device.replica.bringBack({ loss: server.loss });
    await until(() => !server.recovery);
    await until(() => device.replica.status.bringBack?.state === 'done');
    expect(server.given.map(({ id }) => id)).toEqual(expect.arrayContaining(['album-note:7', '2026-11', rating, note]));
    await until(() => server.seen.at(-1)?.highest.listening_history === 4_711);
  });

  it('is given in smaller parts what is too much at once; a document that is too much by itself is told, and stops nothing', async () => {
    const { server, device } = await shelf(1_203);
    server.lose();
    [server.mostGiven, server.tooMuch] = [100, '77'];
    device.replica.retry();
    await until(() => device.replica.status.connection === 'recovery');
    device.replica.bringBack({ loss: server.loss });
    await until(() => !server.recovery);
    await until(() => device.replica.status.bringBack?.state === 'done');
    expect(device.replica.status.bringBack).toMatchObject({ refused: [{ collection: 'albums', id: '77', reason: 'The body holds too much' }] });
    expect(server.all('albums')).toHaveLength(1_202);
  });

  it('waits while the device pauses, and goes on after a restart where it stood', async () => {
    const { server, device } = await shelf(1_203);
    server.lose();
    device.replica.retry();
    await until(() => device.replica.status.connection === 'recovery');
    server.onGiven = () => device.replica.bringBack('pause');
    device.replica.bringBack({ loss: server.loss });
    await until(() => device.replica.status.bringBack?.state === 'paused');
    server.onGiven = () => undefined;
    expect(server.given.length).toBeLessThan(1_203);
    await device.close();
    await device.open();
    await until(() => device.replica.status.connection === 'recovery');
    expect(device.replica.status.bringBack).toMatchObject({ state: 'paused' });
    device.replica.bringBack({ loss: server.loss });
    await until(() => !server.recovery);
    expect(new Set(server.given.map(({ id }) => id)).size).toBe(1_203);
  });

  it('is filled on by itself when the page was closed in the midst and is opened again', async () => {
    const { server, device } = await shelf(1_203);
    server.lose();
    device.replica.retry();
    await until(() => device.replica.status.connection === 'recovery');
    let closed: Promise<void> | undefined;
    server.onGiven = () => (closed ??= device.close());
    device.replica.bringBack({ loss: server.loss });
    await until(() => closed !== undefined);
    await closed;
    expect(server.given.length).toBeLessThan(1_203);
    await device.open();
    await until(() => !server.recovery);
    await until(() => device.replica.status.connection === 'online' && device.replica.status.held === null);
    expect(new Set(server.given.map(({ id }) => id)).size).toBe(1_203);
  });
});

describe('an answer', () => {
  it('to a question that another has taken the place of is not given to that one', async () => {
    const { server, device } = await shelf(60);
    server.lose('library-2');
    device.replica.retry();
    await held(device);
    const first = device.replica.status.held!;
    server.lose('library-3');
    device.replica.retry();
    await until(() => device.replica.status.held?.epoch !== first.epoch);
    device.replica.answerHeld('theirs', first);
    expect(device.replica.status.held).toMatchObject({ libraryId: 'library-3', answer: null });
    expect(await albumsOf(device)).toBe(60);
  });

  it('that began to bring back into an empty library is asked anew for the next empty one, which is given everything', async () => {
    const { server, device } = await shelf(1_203);
    server.lose('library-2');
    device.replica.retry();
    await held(device);
    let closed: Promise<void> | undefined;
    server.onGiven = () => (closed ??= device.close());
    device.answer('bring-back');
    await until(() => closed !== undefined);
    await closed;
    server.lose('library-3');
    await device.open();
    await until(() => device.replica.status.held?.libraryId === 'library-3');
    expect(device.replica.status.held).toMatchObject({ answer: null });
    expect(server.all('albums')).toEqual([]);
    device.answer('bring-back');
    await until(() => device.replica.status.held === null && device.replica.status.firstSyncDone);
    expect(server.all('albums')).toHaveLength(1_203);
    expect(await albumsOf(device)).toBe(1_203);
  });
});

describe('a bringing back that was not finished', () => {
  /** A device that was told to bring its library back; `meanwhile` happens at the first batch. */
  async function begun(meanwhile: (server: ModelServer, device: Device, whole: string) => void) {
    const { server, device } = await shelf(1_203);
    const whole = server.backup();
    server.lose();
    device.replica.retry();
    await until(() => device.replica.status.connection === 'recovery');
    let called = false;
    const happened = new Promise<void>((resolve) => {
      server.onGiven = () => {
        if (!called) meanwhile(server, device, whole);
        called = true;
        resolve();
      };
    });
    device.replica.bringBack({ loss: server.loss });
    await happened;
    return { server, device, whole };
  }
  const restored = (server: ModelServer, whole: string) => {
    server.restore(whole);
    [server.recovery, server.filling] = [false, null];
  };

  it('does not begin by itself at the next loss; the person is asked, and everything is given then', async () => {
    let closed: Promise<void> | undefined;
    const { server, device, whole } = await begun((_, each) => (closed = each.close()));
    await closed;
    const before = server.given.length;
    restored(server, whole);
    server.lose();
    // Even where what it began is still found there.
    server.filling = device.replica.deviceId;
    await device.open();
    await until(() => device.replica.status.connection === 'recovery' && device.replica.status.bringBack === null);
    expect(server.given.length).toBe(before);
    device.replica.bringBack({ loss: 'loss-1' });
    await until(() => server.misdirected === 1);
    expect(server.given.length).toBe(before);
    device.replica.bringBack({ loss: server.loss });
    await until(() => !server.recovery);
    expect(server.all('albums')).toHaveLength(1_203);
  });

  it('is forgotten when another device fills the library meanwhile', async () => {
    let closed: Promise<void> | undefined;
    const { server, device } = await begun((_, each) => (closed = each.close()));
    await closed;
    server.filling = 'another device';
    const before = server.given.length;
    await device.open();
    await until(() => device.replica.status.connection === 'recovery' && device.replica.status.bringBack === null);
    expect([server.filling, server.given.length]).toEqual(['another device', before]);
  });

  it('is forgotten when a backup is restored under it: nothing is added to that unasked', async () => {
    const { server, device } = await begun((each, _, whole) => restored(each, whole));
    const before = server.given.length;
    await until(() => device.replica.status.bringBack === null);
    await until(() => device.replica.status.connection === 'online' && device.replica.status.firstSyncDone);
    expect(server.given.length).toBe(before);
    expect(device.replica.status.held).toBeNull();
  });

  it('and was paused is forgotten once a library is served', async () => {
    const { server, device, whole } = await begun((_, each) => each.replica.bringBack('pause'));
    await until(() => device.replica.status.bringBack?.state === 'paused');
    restored(server, whole);
    device.replica.retry();
    await until(() => device.replica.status.connection === 'online' && device.replica.status.bringBack === null);
  });
});
