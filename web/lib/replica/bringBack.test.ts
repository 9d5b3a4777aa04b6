import { afterEach, describe, expect, it } from 'vitest';
import { type Device, until } from './testing/device.ts';
import type { ModelServer } from './testing/modelServer.ts';
import { albumsOf, closeDevices, open, shelf } from './testing/shelf.ts';

afterEach(closeDevices);

describe('a server that lost its library and waits', () => {
  it('is said by the device’s status, and filled from the device; another device finds everything', async () => {
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
    server.put('revisions', {
      id: 'album-note:7',
      revisions: [{ id: 'first', text: 'Loud.', deviceId: null, writtenAt: null, why: 'replaced', keptAt: 1 }],
    } as never);
    server.put('deletions', {
      id: '2026-11',
      listens: [
        { id: 4_711, reports: [] },
        { id: 2 ** 50, reports: [] },
      ],
      restored: [],
    } as never);
    const rating = await device.mutate({ kind: 'rate-album', albumId: '7', rating: 4 });
    server.refuse = (document) => (document as { intent?: { kind: string } }).intent?.kind === 'note-album';
    const note = await device.mutate({ kind: 'note-album', albumId: '7', note: 'x' });
    await until(async () =>
      (await device.replica.collection('intents').get([rating, note])).every(
        (mutation) => mutation.verdict !== undefined,
      ),
    );
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

  it('is given in smaller parts what is too much at once; a document that is too much by itself is reported, and stops nothing', async () => {
    const { server, device } = await shelf(1_203);
    server.lose();
    [server.mostGiven, server.tooMuch] = [100, '77'];
    device.replica.retry();
    await until(() => device.replica.status.connection === 'recovery');
    device.replica.bringBack({ loss: server.loss });
    await until(() => !server.recovery);
    await until(() => device.replica.status.bringBack?.state === 'done');
    expect(device.replica.status.bringBack).toMatchObject({
      refused: [{ collection: 'albums', id: '77', reason: 'The body holds too much' }],
    });
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

  it('is filled on automatically when the page was closed in the midst and is opened again', async () => {
    const { server, device } = await shelf(1_203);
    server.lose();
    device.replica.retry();
    await until(() => device.replica.status.connection === 'recovery');
    let closed: Promise<void> | undefined;
    server.onGiven = () => void (closed ??= device.close());
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

describe('a restore that was not finished', () => {
  /** A device that was asked to bring its library back; `meanwhile` happens at the first batch. */
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

  it('does not begin automatically at the next loss; the person is asked, and everything is given then', async () => {
    let closed: Promise<void> | undefined;
    const { server, device, whole } = await begun((_, each) => void (closed = each.close()));
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

  it('goes on with what only this device has once another one has made the loss good', async () => {
    let closed: Promise<void> | undefined;
    const { server, device, whole } = await begun((_, each) => void (closed = each.close()));
    await closed;
    // The other one has all but three of them: too little to be asked about.
    const other = server.transport('another device');
    const theirs = (JSON.parse(whole) as { feeds: [string, [string, { document: { id: string } }][]][] }).feeds.find(
      ([name]) => name === 'albums',
    )![1];
    const { signal } = new AbortController();
    await other.rebuild({ loss: server.loss } as never, signal);
    server.forget('albums');
    await other.give(
      'albums',
      { documents: theirs.slice(3).map(([, { document }]) => document), epoch: undefined, into: server.loss },
      signal,
    );
    const before = server.given.length;
    await device.open();
    await until(
      () => device.replica.status.connection === 'recovery' && device.replica.status.bringBack?.mode === 'rest',
    );
    expect([server.filling, server.given.length]).toEqual(['another device', before]);
    await other.finish(server.loss, signal);
    device.replica.retry();
    await until(
      () => device.replica.status.connection === 'online' && device.replica.status.bringBack?.state === 'done',
    );
    expect(server.all('albums')).toHaveLength(1_203);
    expect(device.replica.status.held).toBeNull();
    expect(await albumsOf(device)).toBe(1_203);
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
