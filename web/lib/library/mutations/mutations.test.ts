import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MOST_ENTRIES } from '#shared/library/playlist.ts';
import type { NeedleMove } from '#shared/journal/turntable.ts';
import type { Mutation } from '#shared/mutations/registry.ts';
import { MetadataStore } from '../../replica/metadataStore.ts';
import { openReplica } from '../../replica/index.ts';
import { memoryStorage, memoryStore } from '../../replica/testing/memory.ts';
import { ModelServer } from '../../replica/testing/modelServer.ts';
import type { Replica } from '../../replica/types.ts';
import { uuid } from '../../replica/uuid.ts';
import { createMutations } from './mutations.ts';
import { AlbumStore } from '../albums.ts';
import { Catalogue } from '../catalogue.ts';
import { JournalStore } from '../journal.ts';
import { Drain } from '../outbox/drain.ts';
import { Outbox } from '../outbox/outbox.ts';
import { PlaylistStore } from '../playlists.ts';
import { PlayCounts } from '../plays.ts';
import { album, silent } from '../testing/documents.ts';
import type { Mutations } from '../types.ts';
import { TurntableStore } from '../turntable.ts';
import { MutationSubmitter } from './submitter.ts';

let replica: Replica;
let mutations: Mutations;
let turntable: TurntableStore;
let catalogue: Catalogue;
let drain: Drain;

beforeEach(async () => {
  const store = memoryStore();
  const metadata = new MetadataStore(store);
  replica = await openReplica({
    storage: memoryStorage(),
    metadata,
    name: `test-${uuid()}`,
    names: ['albums', 'intents', 'playlists'],
    transport: (device) => new ModelServer().transport(device),
  });
  catalogue = new Catalogue(silent());
  const journal = new JournalStore(catalogue, silent());
  const outbox = new Outbox(store, 'test');
  const playlists = new PlaylistStore(silent());
  await replica.collection('playlists').follow((changes) => playlists.setDocuments(changes));
  const written = () => {
    playlists.setPending(outbox.entries());
    void drain.run();
  };
  drain = new Drain(outbox, {
    replica: () => Promise.resolve(replica),
    exclusively: (work) => work(),
    retired: () => playlists.setPending(outbox.entries()),
    failed: (error) => expect.fail(String(error)),
  });
  const submitter = new MutationSubmitter({
    replica: () => Promise.resolve(replica),
    outbox,
    metadata,
    playlists,
    mutations: () => [],
    seen: { catalogue, journal },
    written,
  });
  const plays = new PlayCounts(journal, catalogue, silent());
  const albums = new AlbumStore(catalogue, plays, () => submitter.collection('albums'));
  catalogue.keepAlbums([album('1', 'One', { rating: 2, note: 'Before' })]);
  turntable = new TurntableStore(
    () => Date.now(),
    () => undefined,
  );
  mutations = createMutations({ submitter, journal, albums, catalogue, turntable });
});

afterEach(() => replica.close());

/** What was written down, in the order of the device's numbers. */
async function submitted(): Promise<Mutation[]> {
  await drain.run();
  const all = await replica.collection('intents').all();
  return all.sort((a, b) => a.number - b.number).map(({ intent: mutation }) => mutation);
}

describe('what a person does', () => {
  it('is written down when it resolves, numbered, and undone by its opposite', async () => {
    const love = await mutations.love(5, true);
    expect(await submitted()).toEqual([{ kind: 'love-track', trackId: 5, loved: true }]);
    await love.undo();
    expect((await submitted())[1]).toEqual({ kind: 'love-track', trackId: 5, loved: false });
    await drain.run();
    const numbers = (await replica.collection('intents').all()).map(({ number }) => number);
    expect(numbers.sort()).toEqual([1, 2]);
  });

  it('goes back to what was there before', async () => {
    await (await mutations.rateAlbum('1', 5)).undo();
    await (await mutations.noteAlbum('1', 'After')).undo();
    expect(
      (await submitted()).map((mutation) =>
        'rating' in mutation ? mutation.rating : 'note' in mutation ? mutation.note : '',
      ),
    ).toEqual([5, 2, 'After', 'Before']);
  });

  it('undoes a side as a group, and several deletions together', async () => {
    const side = await mutations.addListens([{ trackId: 1 }, { trackId: 2, durationSeconds: 60 }], 1_700_000_000);
    await side.undo();
    const [add, remove] = await submitted();
    expect(add).toMatchObject({ kind: 'add-listens', playedAt: 1_700_000_000 });
    expect(remove).toEqual({ kind: 'remove-listens', group: (add as { group: string }).group });
    await (await mutations.deleteListens([3, 4])).undo();
    const rest = (await submitted())
      .slice(2)
      .map((mutation) => `${mutation.kind} ${String((mutation as { listenId: number }).listenId)}`);
    expect(rest.sort()).toEqual(['delete-listen 3', 'delete-listen 4', 'restore-listen 3', 'restore-listen 4']);
  });

  it('is refused here when the server would refuse it, and nothing is written', async () => {
    await expect(mutations.rateAlbum('1', 7)).rejects.toMatchObject({ name: 'NotPossible', reason: 'content' });
    for (const at of [Date.UTC(9999, 0) / 1000, Date.UTC(2099, 0) / 1000, 5, -1, 1.5])
      await expect(mutations.addListens([{ trackId: 1 }], at)).rejects.toMatchObject({
        name: 'NotPossible',
        reason: 'time',
      });
    await expect(mutations.addRecord({ title: ' ', artists: ['x'], year: null, support: null })).rejects.toThrow();
    expect(await submitted()).toEqual([]);
  });

  it('plays at the turntable what has not ended, in the place of what plays there', async () => {
    const session = '33333333-3333-4333-8333-333333333333';
    const now = Math.floor(Date.now() / 1000);
    turntable.set([{ id: session, playedAt: now - 10, tracks: [{ trackId: 1, seconds: 600 }], moves: [] }]);
    expect(await mutations.addListens([{ trackId: 1 }], 1_700_000_000)).toMatchObject({ plays: false });
    const logged = await mutations.addListens([{ trackId: 2, durationSeconds: 200 }]);
    expect(logged).toMatchObject({ plays: true });
    const byKind = (mutations: Mutation[]) => mutations.sort((one, other) => (one.kind < other.kind ? -1 : 1));
    expect(byKind((await submitted()).slice(1))).toMatchObject([
      { kind: 'add-listens', tracks: [{ trackId: 2, durationSeconds: 200 }] },
      { kind: 'move-needle', group: session, move: { act: 'lift' } },
    ]);
    await logged.undo();
    expect(byKind((await submitted()).slice(3))).toMatchObject([
      { kind: 'move-needle', group: session, move: { act: 'lift', undone: true } },
      { kind: 'remove-listens' },
    ]);
  });

  it('holds the needle, resumes it, goes back and undoes each; moves of one second keep their order', async () => {
    const id = '33333333-3333-4333-8333-333333333333';
    const now = Math.floor(Date.now() / 1000);
    const setMoves = (moves: NeedleMove[]) =>
      turntable.set([
        {
          id,
          playedAt: now - 250,
          tracks: [
            { trackId: 1, seconds: 200 },
            { trackId: 2, seconds: 600 },
          ],
          moves,
        },
      ]);
    setMoves([]);
    await (await mutations.pauseNeedle(id, 1)).undo();
    const [pause, undone] = (await submitted()) as Extract<Mutation, { kind: 'move-needle' }>[];
    expect(pause).toMatchObject({ group: id, move: { act: 'pause', place: 1, nth: 0 } });
    expect(undone!.move).toEqual({ ...pause!.move, undone: true });
    setMoves([pause!.move]);
    await mutations.resumeNeedle(id, 1);
    expect((await submitted())[2]).toMatchObject({ move: { act: 'resume', nth: 1 } });
    setMoves([]);
    expect(await mutations.previousTrack(id, 1)).not.toHaveProperty('before');
    turntable.set([
      {
        id,
        playedAt: now - 202,
        tracks: [
          { trackId: 1, seconds: 200 },
          { trackId: 2, seconds: 600 },
        ],
        moves: [],
      },
    ]);
    expect(await mutations.previousTrack(id, 1)).toMatchObject({ before: 1 });
    expect((await submitted()).slice(3)).toMatchObject([
      { move: { act: 'again', place: 1 } },
      { move: { act: 'again', place: 0 } },
    ]);
  });
});

describe('playlists', () => {
  const stored = async (id: string) => {
    await drain.run();
    return (await replica.collection('playlists').get([id]))[0];
  };
  const titles = async (id: string) => (await stored(id))?.entries.map(({ trackId }) => trackId);
  const entriesOf = async (id: string) => (await stored(id))!.entries.map(({ entry }) => entry);

  it('are made, named, filled, ordered, emptied, and each step undone', async () => {
    const { id } = await mutations.createPlaylist({
      name: ' Evening ',
      tracks: [{ trackId: 1 }, { trackId: 2, reason: 'calm' }],
    });
    const added = await mutations.addToPlaylist(id, [3, 4]);
    expect(await titles(id)).toEqual([1, 2, 3, 4]);
    const names = await entriesOf(id);
    const moved = await mutations.movePlaylistEntry(id, names[3]!, names[0]!);
    expect(await titles(id)).toEqual([4, 1, 2, 3]);
    await moved.undo();
    const removed = await mutations.removeFromPlaylist(id, [names[1]!, names[2]!]);
    expect(await titles(id)).toEqual([1, 4]);
    await removed.undo();
    expect(await titles(id)).toEqual([1, 2, 3, 4]);
    await added.undo();
    expect(await titles(id)).toEqual([1, 2]);
    await (await mutations.replacePlaylistTracks(id, [{ trackId: 9 }])).undo();
    expect(await titles(id)).toEqual([1, 2]);
    const renamed = await mutations.renamePlaylist(id, 'Night');
    await renamed.undo();
    expect((await stored(id))?.name).toBe('Evening');
  });

  it('come back with everything when their deletion is undone', async () => {
    const { id } = await mutations.createPlaylist({ name: 'Evening', tracks: [{ trackId: 1 }] });
    const deleted = await mutations.deletePlaylist(id);
    expect(await titles(id)).toBeUndefined();
    await deleted.undo();
    expect(await titles(id)).toEqual([1]);
  });

  it('say in words what their places hold, and keep the words of a track that is not here', async () => {
    catalogue.keepAlbums([album('3', 'Lysøen', { tracks: [{ id: 7, title: 'Bris' }] })]);
    const lost = { trackId: null, artist: 'Ulla Brandt', title: 'Lost Song' };
    const { id } = await mutations.createPlaylist({ name: 'Evening', tracks: [{ trackId: 7, reason: 'calm' }, lost] });
    await mutations.addToPlaylist(id, [7]);
    const names = { trackId: 7, artist: expect.any(String) as string, title: 'Bris', album: 'Lysøen' };
    const playlist = await stored(id);
    expect(playlist!.entries.map(({ entry: _entry, ...rest }) => rest)).toEqual([
      { ...names, reason: 'calm' },
      lost,
      names,
    ]);
  });

  it('undo leaves alone what was changed since', async () => {
    const { id } = await mutations.createPlaylist({ name: 'Evening', tracks: [{ trackId: 1 }] });
    const added = await mutations.addToPlaylist(id, [2]);
    await mutations.addToPlaylist(id, [3]);
    await added.undo();
    expect(await titles(id)).toEqual([1, 3]);
  });

  it('refuse more entries than any may have, in words of its own', async () => {
    const tracks = Array.from({ length: MOST_ENTRIES }, (_, n) => ({ trackId: n + 1 }));
    const { id } = await mutations.createPlaylist({ name: 'Evening', tracks });
    await expect(mutations.addToPlaylist(id, [1])).rejects.toMatchObject({
      name: 'NotPossible',
      reason: 'too-many-entries',
    });
    expect(await titles(id)).toHaveLength(MOST_ENTRIES);
  });

  it('refuse an empty name', async () => {
    const { id } = await mutations.createPlaylist({ name: 'Evening', tracks: [] });
    await expect(mutations.renamePlaylist(id, '  ')).rejects.toThrow();
    expect((await stored(id))?.name).toBe('Evening');
  });
});
