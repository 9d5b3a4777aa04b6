import { describe, expect, it } from 'vitest';
import { optimisticStateOf } from './optimisticState.ts';
import { optimisticAlbum, optimisticArtist, recordAsAlbum } from './optimisticDocuments.ts';
import { album, applied, artist, copy, mutation, refused, track } from './testing/documents.ts';

const rate = (rating: number) => ({ kind: 'rate-album', albumId: '1', rating }) as const;

describe('which mutations are shown optimistically', () => {
  const ratingShown = (result: Parameters<typeof mutation>[1], albums?: number): number | undefined =>
    optimisticStateOf([mutation(rate(4), result)], albums === undefined ? {} : { albums }).ratings.get('1');

  it('those without a result', () => expect(ratingShown(undefined, 99)).toBe(4));
  it('not those that were refused', () => expect(ratingShown(refused)).toBeUndefined());
  it('applied ones until the collection has passed their seq', () => {
    expect(ratingShown(applied(7))).toBe(4);
    expect(ratingShown(applied(7), 6)).toBe(4);
    expect(ratingShown(applied(7), 7)).toBeUndefined();
  });

  it('a love until both albums and artists have passed it: either may carry the track', () => {
    const love = mutation({ kind: 'love-track', trackId: 5, loved: true }, applied(7));
    expect(optimisticStateOf([love], { albums: 9, artists: 3 }).loves.get(5)).toBe(true);
    expect(optimisticStateOf([love], { albums: 9, artists: 9 }).loves.size).toBe(0);
  });
});

describe('optimistic updates of one document', () => {
  it('count in the order in which they were made, whatever order they come in', () => {
    const [first, second] = [mutation(rate(1)), mutation(rate(5))];
    expect(optimisticStateOf([second, first], {}).ratings.get('1')).toBe(5);
  });

  it('take each other back', () => {
    const gone = optimisticStateOf(
      [mutation({ kind: 'delete-listen', listenId: 3 }), mutation({ kind: 'restore-listen', listenId: 3 })],
      {},
    );
    expect([...gone.deletedListens]).toEqual([]);
    expect([...gone.restoredListens]).toEqual([3]);
    const merged = optimisticStateOf(
      [
        mutation({ kind: 'merge-albums', from: '1', into: '2' }),
        mutation({ kind: 'split-album', from: '1', into: '2' }),
      ],
      {},
    );
    expect(merged.hiddenAlbums.size).toBe(0);
  });

  it('put the tracks of a side one after the other, and take them back as a group', () => {
    const group = '11111111-1111-4111-8111-111111111111';
    const add = mutation({
      kind: 'add-listens',
      group,
      playedAt: 1_000,
      tracks: [{ trackId: 1, durationSeconds: 200 }, { trackId: 2 }],
    });
    expect(optimisticStateOf([add], {}).added).toMatchObject([
      { trackId: 1, playedAt: 1_000, group },
      { trackId: 2, playedAt: 1_200, group },
    ]);
    const undone = optimisticStateOf([add, mutation({ kind: 'remove-listens', group })], {});
    expect(undone.added).toEqual([]);
    expect(undone.takenBack).toHaveLength(2);
  });
});

describe('what is logged by its names', () => {
  const group = '11111111-1111-4111-8111-111111111111';
  const named = (playedAt: number) =>
    mutation({
      kind: 'log-named',
      group,
      playedAt,
      artist: 'Lena Aldous',
      album: 'Blue Hour Ferry',
      tracks: [{ title: 'Quay', durationSeconds: 200 }, { title: 'Wake' }],
    });

  it('shows under ids of this device’s, always the same, until the journal has it', () => {
    const { added, named: names } = optimisticStateOf([named(1_000)], {});
    expect(added).toMatchObject([
      { trackId: -1, playedAt: 1_000, group },
      { trackId: -2, playedAt: 1_200, group },
    ]);
    expect([...names]).toMatchObject([
      [
        -1,
        { title: 'Quay', artist: 'Lena Aldous', album: 'Blue Hour Ferry', time: { seconds: 200, estimatedSeconds: 0 } },
      ],
      [-2, { time: { estimatedSeconds: 240 } }],
    ]);
    const { intent: wanted } = named(1_000);
    expect(optimisticStateOf([mutation(wanted, applied(7))], { journal: 7, household: 6 }).added).toHaveLength(2);
    expect(optimisticStateOf([mutation(wanted, applied(7))], { journal: 7, household: 7 }).added).toEqual([]);
    expect(optimisticStateOf([mutation(wanted, refused)], {}).added).toEqual([]);
  });

  it('plays at the turntable where it has not ended, a whole record for as long as most', () => {
    const wanted = {
      kind: 'log-named',
      group,
      playedAt: 4_000_000_000,
      artist: 'Lena Aldous',
      album: 'Blue Hour Ferry',
      tracks: [{ title: 'Blue Hour Ferry' }],
      whole: true,
    } as const;
    expect(
      optimisticStateOf(
        [{ ...mutation({ ...wanted, tracks: [...wanted.tracks] }), madeAt: 4_000_000_000_000 }],
        {},
      ).sessions.get(group),
    ).toMatchObject({ tracks: [{ trackId: -1, seconds: 2_400, about: true, whole: true }] });
  });
});

describe('documents under mutations', () => {
  const apply = (...wanted: Parameters<typeof mutation>[0][]) =>
    optimisticStateOf(
      wanted.map((each) => mutation(each)),
      {},
    );

  it('show rating, note, cover and loves', () => {
    const document = album('1', 'One', {
      tracks: [track(5), track(6)],
      images: [
        { id: 70, source: 'discogs', type: 'album' },
        { id: 71, source: 'spotify', type: 'album' },
      ],
    });
    const state = apply(
      rate(3),
      { kind: 'note-album', albumId: '1', note: 'From the attic' },
      { kind: 'choose-cover', albumId: '1', imageId: 71 },
      { kind: 'love-track', trackId: 6, loved: true },
    );
    const shown = optimisticAlbum(document, state);
    expect(shown).toMatchObject({ rating: 3, note: 'From the attic', images: [{ id: 71 }, { id: 70 }] });
    expect(shown.tracks.map(({ loved }) => loved)).toEqual([undefined, true]);
    expect(document.rating).toBe(0);
  });

  it('show an emptied note as none, and stay the same object without mutations', () => {
    const document = album('1', 'One', { note: 'x' });
    expect(optimisticAlbum(document, apply({ kind: 'note-album', albumId: '1', note: '' })).note).toBeNull();
    expect(optimisticAlbum(document, apply({ kind: 'rate-album', albumId: '2', rating: 1 }))).toBe(document);
  });

  it('show an artist’s aliases added and taken away', () => {
    const document = artist('9', 'Ilo', { aliases: [{ name: 'Old' }] });
    const state = apply(
      { kind: 'alias-artist', artistId: '9', name: 'New' },
      { kind: 'alias-artist', artistId: '9', name: 'Old', remove: true },
    );
    expect(optimisticArtist(document, state).aliases).toEqual([{ name: 'New' }]);
  });

  it('show a manual record until the server has made an album of it', () => {
    const alias = '22222222-2222-4222-8222-222222222222';
    const state = apply({
      kind: 'add-record',
      alias,
      title: 'Flea Market',
      artists: ['A', 'B'],
      year: 1971,
      support: 'Vinyl',
    });
    const known = { addedAt: 5, artistNamed: (name: string) => (name === 'A' ? '9' : undefined) };
    expect(recordAsAlbum(alias, state, known)).toMatchObject({
      ...{ id: alias, title: 'Flea Market', year: 1971, copies: [{ dateAdded: 5 }] },
      artists: [{ id: '9', name: 'A' }, { name: 'B' }],
    });
    expect(recordAsAlbum('other', state, known)).toBeNull();
  });

  it('have the copies a person says to have, without those taken back', () => {
    const [alias, other] = ['22222222-2222-4222-8222-222222222222', '33333333-3333-4333-8333-333333333333'];
    const mine = {
      kind: 'add-record',
      alias,
      title: 'Flea Market',
      artists: ['A'],
      year: null,
      support: 'Vinyl',
      albumId: '7',
    } as const;
    const added = apply({ ...mine, artists: ['A'] });
    expect(optimisticAlbum(album('7'), added)).toMatchObject({
      support: 'Vinyl',
      copies: [{ instanceId: alias, format: 'Vinyl' }],
    });
    expect(optimisticAlbum(album('8'), added).copies).toEqual([]);
    expect(recordAsAlbum(alias, added, { addedAt: 5, artistNamed: () => undefined })).toBeNull();
    const owned = album('7', 'Flea Market', { copies: [copy(alias), copy(other)] });
    expect(optimisticAlbum(owned, added)).toBe(owned);
    const removed = [
      { kind: 'remove-record', alias },
      { kind: 'remove-record', alias: other },
    ] as const;
    expect(optimisticAlbum(owned, apply(...removed)).copies).toEqual([]);
    expect(
      optimisticAlbum(owned, apply(...removed, { ...mine, artists: ['A'] })).copies.map(({ instanceId }) => instanceId),
    ).toEqual([alias]);
  });
});
