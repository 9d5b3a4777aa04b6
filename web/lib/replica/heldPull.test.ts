import { afterEach, describe, expect, it } from 'vitest';
import { until } from './testing/device.ts';
import { ModelServer } from './testing/modelServer.ts';
import { album, albumsOf, closeDevices, held, open, questions, shelf } from './testing/shelf.ts';

afterEach(closeDevices);

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
      held: {
        cause: 'other-library',
        mine: { documents: { albums: 60, playlists: 1 } },
        theirs: { documents: {} },
        answer: null,
      },
    });
    expect(await albumsOf(device)).toBe(60);
    await device.close();
    server.down = true;
    await device.open();
    expect(device.replica.status).toMatchObject({ firstSyncDone: true, held: { cause: 'other-library' } });
    expect(await albumsOf(device)).toBe(60);
    expect((await device.playlist(playlist))?.name).toBe('Kept');
  });

  it('stays on a device whose replica metadata was cleared, also where the other library is larger', async () => {
    const { server, device } = await shelf(60);
    await device.close();
    device.forgetMetadata();
    server.lose('library-2');
    for (let id = 1; id <= 90; id++) server.put('albums', album(id + 100));
    await device.open();
    await held(device);
    expect(device.replica.status.held).toMatchObject({ cause: 'other-library' });
    expect((await device.all('albums')).filter(({ id }) => Number(id) <= 60)).toHaveLength(60);
  });

  it('is never called up to date before it was compared, when the server comes back with another one', async () => {
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
    const mutation = await device.mutate({ kind: 'rate-album', albumId: '900', rating: 4 });
    device.answer('mine');
    device.replica.retry();
    await until(() => device.replica.status.held?.answer === 'mine');
    expect(server.applied.size).toBe(0);
    device.answer('theirs');
    await until(async () => (await device.all('albums')).map(({ id }) => id).join() === '900');
    await until(() => server.applied.get(mutation) === 1);
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
    expect(new Map(server.all('albums').map((each) => [each.id, (each as { title?: string }).title]))).toEqual(
      new Map(before.map((each) => [each.id, (each as { title?: string }).title])),
    );
    expect(await albumsOf(device)).toBe(1_203);
    expect(server.get('playlists', playlist)).toMatchObject({ name: 'Mine' });
  });

  it('is released automatically when the server has it again', async () => {
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

describe('a new epoch of the same library', () => {
  it('with a little less is taken over without a question, after the server was sent which ids were seen', async () => {
    const { server, device } = await shelf(60);
    const backup = server.backup();
    server.put('albums', album(61));
    server.announce();
    await until(async () => (await albumsOf(device)) === 61);
    const mutation = await device.mutate({ kind: 'rate-album', albumId: '1', rating: 3 });
    await until(() => server.applied.get(mutation) === 1);
    server.restore(backup);
    const seenBeforePush: number[] = [];
    server.refuse = () => {
      seenBeforePush.push(server.seen.length);
      return false;
    };
    device.replica.retry();
    await until(async () => (await albumsOf(device)) === 60);
    await until(() => server.applied.get(mutation) === 1);
    expect(server.seen[0]).toMatchObject({
      libraryId: 'library-1',
      epoch: 'epoch-2',
      highest: { albums: 61, tracks: 610, images: 561 },
    });
    expect(seenBeforePush.every((count) => count > 0)).toBe(true);
  });

  it('with everything in it, as after its folder was moved, asks nothing', async () => {
    const { server, device } = await shelf(60);
    server.restore(server.backup());
    server.put('albums', album(61));
    const asked = questions(device);
    device.replica.retry();
    await until(async () => (await albumsOf(device)) === 61);
    expect(asked).toEqual([]);
  });

  it('with as much, but other things, is not cleaned up before the person says so', async () => {
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
    expect(device.replica.status.held).toMatchObject({
      cause: 'emptied',
      losing: ['revisions'],
      theirs: { documents: { revisions: 30 } },
    });
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

describe('what the server refuses of a library that is brought back', () => {
  const broughtBack = async (libraryId: string) => {
    const { server, device } = await shelf(60);
    server.lose(libraryId);
    server.tooMuch = '7';
    device.replica.retry();
    await held(device);
    device.answer('bring-back');
    await until(() => device.replica.status.held?.refused);
    return { server, device };
  };
  const refused = [{ collection: 'albums', id: '7', reason: 'The body holds too much' }];

  it('stays on the device, which asks again and says why, after a restart too, until the server takes it', async () => {
    const { server, device } = await broughtBack('library-2');
    expect(server.all('albums')).toHaveLength(59);
    await device.close();
    await device.open();
    device.replica.retry();
    await until(() => device.replica.status.held?.theirs.documents.albums === 59);
    expect(device.replica.status.held).toMatchObject({ cause: 'other-library', answer: null, refused });
    expect(await albumsOf(device)).toBe(60);
    server.tooMuch = null;
    device.answer('bring-back');
    await until(() => device.replica.status.held === null && device.replica.status.firstSyncDone);
    expect(server.all('albums')).toHaveLength(60);
    expect(await albumsOf(device)).toBe(60);
  });

  it('is all that is asked about then, however little, also in the next epoch of that library; it goes only when the person says so', async () => {
    const { server, device } = await broughtBack('library-1');
    await until(() => device.replica.status.held?.differences);
    expect(device.replica.status.held).toMatchObject({
      cause: 'smaller',
      answer: null,
      refused,
      differences: { albums: { mine: 60, theirs: 59, onlyHere: 1, differs: 0 } },
    });
    server.restore(server.backup());
    device.replica.retry();
    await until(() => device.replica.status.held?.epoch === server.epoch && device.replica.status.held.differences);
    expect(device.replica.status.held).toMatchObject({ answer: null, differences: { albums: { onlyHere: 1 } } });
    expect(await albumsOf(device)).toBe(60);
    device.answer('theirs');
    await until(async () => (await albumsOf(device)) === 59 && device.replica.status.held === null);
  });

  it('is released automatically once the server has it from elsewhere', async () => {
    const { server, device } = await broughtBack('library-1');
    server.put('albums', album(7));
    device.replica.retry();
    await until(() => device.replica.status.held === null && device.replica.status.firstSyncDone);
    expect(await albumsOf(device)).toBe(60);
  });

  it('is counted whole, also where it is more than is listed one by one', async () => {
    const { server, device } = await shelf(60);
    server.lose('library-1');
    server.refuses = 'albums';
    device.replica.retry();
    await held(device);
    device.answer('bring-back');
    await until(() => device.replica.status.held?.refused);
    const { refused: listed = [], refusedInAll: counted } = device.replica.status.held!;
    expect([listed.length, counted]).toEqual([20, 60]);
    expect(await albumsOf(device)).toBe(60);
  });

  it('is asked about where no comparison would show it: what was deleted before', async () => {
    const { server, device } = await shelf(60);
    server.put('deletions', { id: '2026-11', listens: [], restored: [] } as never);
    server.announce();
    await until(async () => (await device.all('deletions')).length === 1);
    server.lose('library-1');
    server.tooMuch = '2026-11';
    device.replica.retry();
    await held(device);
    device.answer('bring-back');
    await until(() => device.replica.status.held?.refused && device.replica.status.held.differences);
    expect(device.replica.status.held).toMatchObject({
      answer: null,
      refused: [{ collection: 'deletions', id: '2026-11' }],
    });
    expect(await device.all('deletions')).toHaveLength(1);
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
    server.onGiven = () => void (closed ??= device.close());
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
