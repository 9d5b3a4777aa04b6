import { describe, expect, it } from 'vitest';
import { MUTATION_RETENTION_DAYS } from '#shared/mutations/document.ts';
import type { Library } from '../api/library.ts';
import { applied, DEVICE, mutationOf, libraryForTest, listenTo, newUuid, play, START } from '../testing/library.ts';

const items = (library: Library) => library.reads.listens({ page: 1, pageSize: 100 }).items;
const onlyAlbum = (library: Library) => library.reads.albums({ page: 1, pageSize: 10 }).items[0]!;

describe('a mutation', () => {
  it('is applied once by its id, and answered with the seq a device must have passed', () => {
    const { library } = libraryForTest();
    listenTo(library);
    const mutation = mutationOf({ kind: 'rate-album', albumId: String(onlyAlbum(library).id), rating: 4 });
    const [first] = library.mutations.apply([mutation]);
    expect(first?.verdict).toMatchObject({ state: 'applied', appliedSeq: library.feed.lastSeqOf('albums') });
    const seq = library.feed.lastSeq();
    expect(library.mutations.apply([{ ...mutation, intent: { kind: 'rate-album', albumId: '1', rating: 1 } }])).toEqual(
      [first],
    );
    expect(library.feed.lastSeq()).toBe(seq);
    expect(library.mutations.get(mutation.id)).toEqual(first);
    expect(onlyAlbum(library).rating).toBe(4);
  });

  it('names a target nobody knows in its message, and leaves nothing behind', () => {
    const { library } = libraryForTest();
    const before = library.feed.lastSeqOf('albums');
    const results = [
      applied(library, { kind: 'rate-album', albumId: '99', rating: 3 }),
      applied(library, { kind: 'note-album', albumId: newUuid(), note: 'x' }),
      applied(library, { kind: 'love-track', trackId: 99, loved: true }),
      applied(library, { kind: 'delete-listen', listenId: 99 }),
      applied(library, { kind: 'restore-listen', listenId: 99 }),
      applied(library, { kind: 'note-listen', listenId: 99, note: 'x' }),
      applied(library, { kind: 'remove-listens', group: newUuid() }),
      applied(library, { kind: 'add-listens', group: newUuid(), playedAt: START, tracks: [{ trackId: 99 }] }),
      applied(library, { kind: 'alias-artist', artistId: '99', name: 'X' }),
      applied(library, { kind: 'split-album', from: '1', into: '99' }),
      applied(library, { kind: 'remove-record', alias: newUuid() }),
    ];
    for (const result of results)
      expect(result).toMatchObject({
        state: 'refused',
        reason: expect.any(String) as unknown,
        message: expect.stringMatching(/\w+ .*\./) as unknown,
      });
    expect(library.feed.lastSeqOf('albums')).toBe(before);
  });

  it('of two devices gives way to the one that was made later, whichever arrives first', () => {
    const { library } = libraryForTest();
    listenTo(library);
    const albumId = String(onlyAlbum(library).id);
    applied(library, { kind: 'note-album', albumId, note: 'the later word' }, { madeAt: 2_000 });
    expect(
      applied(library, { kind: 'note-album', albumId, note: 'an older word' }, { madeAt: 1_000, deviceId: newUuid() }),
    ).toMatchObject({ state: 'applied' });
    expect(onlyAlbum(library).note).toBe('the later word');
  });

  it('is pulled by its own device only, and by all without a device', () => {
    const { library } = libraryForTest();
    listenTo(library);
    const other = newUuid();
    applied(library, { kind: 'love-track', trackId: items(library)[0]!.track.id, loved: true });
    applied(library, { kind: 'love-track', trackId: items(library)[0]!.track.id, loved: false }, { deviceId: other });
    expect(library.feed.pull('intents', 0, 10, { device: DEVICE }).documents.map(({ deviceId }) => deviceId)).toEqual([
      DEVICE,
    ]);
    expect(library.feed.pull('intents', 0, 10).documents).toHaveLength(2);
  });

  it('is stored for its time, then leaves the devices too', () => {
    const { library, setTime } = libraryForTest();
    listenTo(library);
    applied(library, { kind: 'note-album', albumId: String(onlyAlbum(library).id), note: 'x' });
    // A clock that jumps makes nothing old: days that passed do.
    setTime(START + 86_400 * 1_000);
    for (let day = 1; day < MUTATION_RETENTION_DAYS; day += 1) expect(library.mutations.dayPassed()).toBe(0);
    expect(library.mutations.dayPassed()).toBe(1);
    expect(library.feed.pull('intents', 0, 10, { device: newUuid() }).documents).toMatchObject([{ _deleted: true }]);
  });

  it('that was refused is stored, with its text, until the person has dismissed it', () => {
    const { library } = libraryForTest();
    listenTo(library);
    const lost = mutationOf({ kind: 'note-album', albumId: '99', note: 'Three lines about it' });
    const done = mutationOf({ kind: 'note-album', albumId: String(onlyAlbum(library).id), note: 'x' });
    library.mutations.apply([lost, done]);
    for (let day = 0; day < 3 * MUTATION_RETENTION_DAYS; day += 1) library.mutations.dayPassed();
    expect(library.mutations.get(done.id)).toBeNull();
    expect(library.mutations.get(lost.id)).toMatchObject({
      intent: { note: 'Three lines about it' },
      verdict: { state: 'refused' },
    });
    library.mutations.dismiss(lost.id);
    expect(library.mutations.get(lost.id)).toBeNull();
    expect(library.feed.pull('intents', 0, 10, { device: DEVICE }).documents).toMatchObject([
      { id: done.id, _deleted: true },
      { id: lost.id, _deleted: true },
    ]);
  });

  it('that was applied is not dismissed', () => {
    const { library } = libraryForTest();
    listenTo(library);
    const done = mutationOf({ kind: 'note-album', albumId: String(onlyAlbum(library).id), note: 'x' });
    library.mutations.apply([done]);
    library.mutations.dismiss(done.id);
    expect(library.mutations.get(done.id)).not.toBeNull();
  });
});

describe('reactions', () => {
  it('love a recording on every album it is on, and its listens follow without their pages', () => {
    const { library } = libraryForTest();
    listenTo(library);
    listenTo(library, { album: 'Best of', playedAt: START + 900 });
    const journal = library.feed.lastSeqOf('journal');
    applied(library, { kind: 'love-track', trackId: items(library)[0]!.track.id, loved: true });
    expect(items(library).map(({ loved }) => loved)).toEqual([true, true]);
    expect(library.feed.lastSeqOf('journal')).toBe(journal);
    expect(library.reads.listens({ page: 1, pageSize: 10, loved: true }).total).toBe(2);
    expect(library.loves.unsent()).toMatchObject([{ artist: 'Nils Okland', title: 'Bris', loved: true }]);
  });

  it('take notes and ratings, and none when they are emptied', () => {
    const { library } = libraryForTest();
    const listenId = listenTo(library);
    const albumId = String(onlyAlbum(library).id);
    applied(library, { kind: 'note-album', albumId, note: 'Bought in Bergen' });
    applied(library, { kind: 'note-listen', listenId, note: 'by the fire' });
    expect([onlyAlbum(library).note, items(library)[0]?.note]).toEqual(['Bought in Bergen', 'by the fire']);
    applied(library, { kind: 'note-album', albumId, note: ' ' });
    applied(library, { kind: 'note-listen', listenId, note: '' });
    expect([onlyAlbum(library).note, items(library)[0]?.note]).toEqual([null, null]);
  });

  it('choose a cover among the album’s own pictures', () => {
    const { library } = libraryForTest();
    listenTo(library, { imageUrl: 'https://images.example/1.jpg' });
    listenTo(library, { imageUrl: 'https://images.example/2.jpg', playedAt: START + 900 });
    const [, second] = onlyAlbum(library).images;
    applied(library, { kind: 'choose-cover', albumId: String(onlyAlbum(library).id), imageId: second!.id });
    expect(onlyAlbum(library).images[0]).toEqual(second);
    expect(
      applied(library, { kind: 'choose-cover', albumId: String(onlyAlbum(library).id), imageId: 999 }),
    ).toMatchObject({ reason: 'unknown-image' });
  });
});

describe('deleting and restoring a listen', () => {
  it('takes it off and puts it back as it was, under its id', () => {
    const { library } = libraryForTest();
    const listenId = listenTo(library);
    applied(library, { kind: 'note-listen', listenId, note: 'twice' });
    const before = items(library);
    applied(library, { kind: 'delete-listen', listenId });
    expect(items(library)).toEqual([]);
    expect(library.reads.counts()).toMatchObject({ listens: 0, scrobbles: 1, albums: 1 });
    expect(applied(library, { kind: 'delete-listen', listenId })).toMatchObject({ state: 'applied' });
    applied(library, { kind: 'restore-listen', listenId });
    expect(items(library)).toEqual(before);
    expect(applied(library, { kind: 'restore-listen', listenId })).toMatchObject({ state: 'applied' });
  });

  it('keeps a deleted listen deleted when its spelling is corrected', () => {
    const { library } = libraryForTest();
    const listenId = listenTo(library, { title: 'Briss' });
    applied(library, { kind: 'delete-listen', listenId });
    const [recorded] = library.scrobbles.between('lastfm', START, START + 1);
    expect(library.scrobbles.correct(recorded!.id, play())).toMatchObject({ state: 'corrected', listenId: null });
    expect(items(library)).toEqual([]);
    applied(library, { kind: 'restore-listen', listenId });
    expect(items(library)).toMatchObject([{ id: listenId, track: { title: 'Bris' } }]);
  });
});

describe('logging tracks', () => {
  it('adds the tracks one after the other, once, and takes them back', () => {
    const { library, setTime } = libraryForTest();
    setTime(START + 90_000);
    listenTo(library, { title: 'Bris', durationSeconds: 200 });
    listenTo(library, { title: 'Brann', playedAt: START + 900 });
    const [brann, bris] = items(library).map(({ track }) => track.id);
    const group = newUuid();
    const add = {
      kind: 'add-listens',
      group,
      playedAt: START + 80_000,
      tracks: [{ trackId: bris! }, { trackId: brann!, durationSeconds: 100 }, { trackId: bris! }],
    } as const;
    applied(library, { ...add, tracks: [...add.tracks] });
    applied(library, { ...add, tracks: [...add.tracks] });
    const added = items(library).filter(({ source }) => source === 'manual');
    expect(added.map(({ playedAt, track }) => [playedAt - START - 80_000, track.id])).toEqual([
      [300, bris],
      [200, brann],
      [0, bris],
    ]);
    applied(library, { kind: 'remove-listens', group });
    expect(items(library).filter(({ source }) => source === 'manual')).toEqual([]);
    applied(library, { ...add, tracks: [...add.tracks] });
    expect(items(library)).toHaveLength(2);
  });

  it('is one listen with the same play as Last.fm reports it, which stays when the person takes theirs back', () => {
    const { library, setTime } = libraryForTest();
    setTime(START + 90_000);
    listenTo(library, { durationSeconds: 200 });
    const group = newUuid();
    applied(library, {
      kind: 'add-listens',
      group,
      playedAt: START + 86_400,
      tracks: [{ trackId: items(library)[0]!.track.id }],
    });
    listenTo(library, { playedAt: START + 86_410, durationSeconds: 200 });
    expect(items(library)[0]).toMatchObject({
      source: 'manual',
      witnesses: [{ source: 'manual' }, { source: 'lastfm' }],
    });
    applied(library, { kind: 'remove-listens', group });
    expect(items(library)[0]).toMatchObject({
      source: 'lastfm',
      playedAt: START + 86_410,
      witnesses: [{ source: 'lastfm' }],
    });
  });

  it('stays on the very pressing the person named', () => {
    const { library, setTime } = libraryForTest();
    setTime(START + 60_000);
    listenTo(library);
    const alias = newUuid();
    applied(library, { ...LYSOEN, alias, tracks: ['Bris', 'Brann'] });
    const record = library.reads.albums({ page: 1, pageSize: 10, owned: true }).items[0]!;
    const bris = library.reads.album(record.id)!.tracks[0]!;
    applied(library, {
      kind: 'add-listens',
      group: newUuid(),
      playedAt: START + 5_000,
      tracks: [{ trackId: bris.id }],
    });
    expect(items(library)[0]).toMatchObject({ album: { id: record.id, support: 'Vinyl' }, track: { id: bris.id } });
    expect(listenTo(library, { playedAt: START + 50_000 })).toBeGreaterThan(0);
    expect(items(library)[0]?.album?.id).toBe(record.id);
  });
});

const LYSOEN = { kind: 'add-record' as const, title: 'Lysøen', artists: ['Nils Okland'], year: 2009, support: 'Vinyl' };

describe('a manual record', () => {
  it('is known by the device’s name for it, can be rated by it, and goes when it is taken back', () => {
    const { library } = libraryForTest();
    const alias = newUuid();
    const result = applied(library, {
      kind: 'add-record',
      alias,
      title: 'Kvelden',
      artists: ['Ingrid Vik', 'Per Dal'],
      year: null,
      support: 'CD',
    });
    const record = onlyAlbum(library);
    expect(result).toMatchObject({ created: String(record.id) });
    expect(record).toMatchObject({ owned: true, artists: [{ name: 'Ingrid Vik' }, { name: 'Per Dal' }] });
    applied(library, { kind: 'rate-album', albumId: alias, rating: 5 });
    expect(onlyAlbum(library).rating).toBe(5);
    applied(library, { kind: 'rate-album', albumId: alias, rating: 0 });
    applied(library, { kind: 'remove-record', alias });
    expect(library.reads.counts()).toMatchObject({ albums: 0, artists: 0 });
  });

  it('is a copy of an album that was only heard, and leaves it as it was', () => {
    const { library } = libraryForTest();
    listenTo(library);
    const heard = onlyAlbum(library);
    const [alias, other] = [newUuid(), newUuid()];
    const copyOfIt = {
      kind: 'add-record' as const,
      title: 'Lysøen',
      artists: ['Nils Okland'],
      year: null,
      albumId: String(heard.id),
    };
    expect(applied(library, { ...copyOfIt, alias, support: 'Vinyl' })).toMatchObject({ created: String(heard.id) });
    applied(library, { ...copyOfIt, alias: other, support: 'CD' });
    expect(onlyAlbum(library)).toMatchObject({
      owned: true,
      support: 'Vinyl',
      copies: [{ format: 'Vinyl' }, { format: 'CD' }],
    });
    applied(library, { kind: 'remove-record', alias: other });
    applied(library, { kind: 'remove-record', alias });
    expect(onlyAlbum(library)).toEqual(heard);
    // Of an album that is gone meanwhile it is a record of its own.
    applied(library, { ...copyOfIt, alias, support: 'CD', title: 'Straum', albumId: '4711' });
    expect(library.reads.albums({ page: 1, pageSize: 9, owned: true }).items).toMatchObject([
      { title: 'Straum', support: 'CD' },
    ]);
  });

  it('keeps its listens when it is taken back', () => {
    const { library } = libraryForTest();
    const alias = newUuid();
    applied(library, { ...LYSOEN, alias });
    listenTo(library);
    applied(library, { kind: 'remove-record', alias });
    expect(items(library)).toHaveLength(1);
    expect(onlyAlbum(library)).toMatchObject({ title: 'Lysøen', owned: false });
  });
});

describe('aliases', () => {
  it('lead plays under another name to their artist', () => {
    const { library } = libraryForTest();
    listenTo(library);
    const artistId = String(library.reads.artists({ page: 1, pageSize: 1 }).items[0]!.id);
    applied(library, { kind: 'alias-artist', artistId, name: 'N. Økland' });
    listenTo(library, { artist: 'n. økland', playedAt: START + 900 });
    expect(library.reads.counts()).toMatchObject({ artists: 1, tracks: 1 });
    expect(library.reads.search('okland', 5).artists).toMatchObject([
      { name: 'Nils Okland', aliases: [{ name: 'N. Økland' }] },
    ]);
    applied(library, { kind: 'alias-artist', artistId, name: 'N. Økland', remove: true });
    listenTo(library, { artist: 'N. Økland', playedAt: START + 1_800 });
    expect(library.reads.counts().artists).toBe(2);
  });

  it('are refused where an artist or another alias has the name', () => {
    const { library } = libraryForTest();
    listenTo(library);
    listenTo(library, { artist: 'Ingrid Vik', playedAt: START + 900 });
    const [ingrid, nils] = library.reads.artists({ page: 1, pageSize: 2 }).items.map(({ id }) => String(id));
    expect(applied(library, { kind: 'alias-artist', artistId: nils!, name: 'INGRID VIK' })).toMatchObject({
      reason: 'artist-exists',
    });
    applied(library, { kind: 'alias-artist', artistId: ingrid!, name: 'Vik' });
    expect(applied(library, { kind: 'alias-artist', artistId: nils!, name: 'Vik' })).toMatchObject({
      reason: 'alias-taken',
    });
  });
});
