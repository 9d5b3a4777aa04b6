import { describe, expect, it } from 'vitest';
import type { Library } from '../api/library.ts';
import { expectSound } from '../testing/invariants.ts';
import { applied, libraryForTest, listenTo, replicaOf, START, playlistDocument } from '../testing/library.ts';

const items = (library: Library) => library.reads.listens({ page: 1, pageSize: 100 }).items;
const albums = (library: Library) => library.reads.albums({ page: 1, pageSize: 100, sort: 'title' }).items;
const idOf = (library: Library, title: string) => String(albums(library).find((album) => album.title === title)?.id);

/** What devices hold but the mutations, what was deleted, and the order in the feed. */
const held = (library: Library) =>
  new Map([...replicaOf(library)].filter(([key]) => !/^(intents|deletions):/.test(key)).sort());

describe('two albums', () => {
  it('are merged, take plays under either name, and are split as they were', () => {
    const { library } = libraryForTest();
    listenTo(library, { album: 'Lysøen', title: 'Bris' });
    listenTo(library, { album: 'Lysoen', title: 'Bris', playedAt: START + 900 });
    listenTo(library, { album: 'Lysoen', title: 'Brann', playedAt: START + 1_800 });
    const [from, into] = [idOf(library, 'Lysoen'), idOf(library, 'Lysøen')];
    const before = held(library);
    const listenIds = items(library).map(({ id }) => id);

    expect(applied(library, { kind: 'merge-albums', from: from, into: into })).toMatchObject({ state: 'applied' });
    expect(albums(library)).toMatchObject([{ id: Number(into), plays: 3, merged: [{ id: from, title: 'Lysoen' }] }]);
    expect(items(library).map(({ id }) => id)).toEqual(listenIds);
    listenTo(library, { album: 'LYSOEN', title: 'Bris', playedAt: START + 2_700 });
    expect(library.reads.counts()).toMatchObject({ albums: 1, tracks: 2 });
    applied(library, { kind: 'delete-listen', listenId: items(library)[0]!.id });
    applied(library, { kind: 'rate-album', albumId: from, rating: 3 });
    expect(albums(library)[0]?.rating).toBe(3);
    applied(library, { kind: 'rate-album', albumId: from, rating: 0 });

    applied(library, { kind: 'split-album', from: from, into: into });
    expect(held(library)).toEqual(before);
    expectSound(library.file);
  });

  it('stay separate once a person split them', () => {
    const { library } = libraryForTest();
    listenTo(library, { album: 'Lysøen' });
    listenTo(library, { album: 'Lysoen', playedAt: START + 900 });
    const [from, into] = [idOf(library, 'Lysoen'), idOf(library, 'Lysøen')];
    applied(library, { kind: 'merge-albums', from: from, into: into });
    applied(library, { kind: 'split-album', from: from, into: into });
    listenTo(library, { album: 'Lysoen', playedAt: START + 1_800 });
    expect(
      albums(library)
        .map(({ title, plays }) => [title, plays])
        .sort(),
    ).toEqual([
      ['Lysoen', 2],
      ['Lysøen', 1],
    ]);
    expect(applied(library, { kind: 'split-album', from: from, into: into })).toMatchObject({ reason: 'not-merged' });
  });

  it('hand rating, note and tracks of playlists over', () => {
    const { library } = libraryForTest();
    listenTo(library, { album: 'Lysøen' });
    listenTo(library, { album: 'Lysoen', playedAt: START + 900 });
    const [from, into] = [idOf(library, 'Lysoen'), idOf(library, 'Lysøen')];
    applied(library, { kind: 'rate-album', albumId: from, rating: 4 });
    applied(library, { kind: 'note-album', albumId: from, note: 'mine' });
    const trackId = items(library)[0]!.track.id;
    const playlist = playlistDocument({ entries: [{ entry: 'a', trackId }] });
    library.playlists.put(playlist);
    applied(library, { kind: 'merge-albums', from: from, into: into });
    expect(albums(library)[0]).toMatchObject({ rating: 4, note: 'mine' });
    expect(library.playlists.get(playlist.id)?.entries[0]?.trackId).toBe(items(library)[0]!.track.id);
    applied(library, { kind: 'love-track', trackId, loved: true });
    expect(items(library).every(({ loved }) => loved)).toBe(true);
    applied(library, { kind: 'split-album', from: from, into: into });
    expect(albums(library).find(({ title }) => title === 'Lysoen')).toMatchObject({ rating: 4, note: 'mine' });
    expect(albums(library).find(({ title }) => title === 'Lysøen')).toMatchObject({ rating: 0, note: null });
    expectSound(library.file);
  });
});

describe('two artists', () => {
  it('are merged with their albums and tracks, and are split as they were', () => {
    const { library } = libraryForTest();
    listenTo(library, { artist: 'Nils Okland' });
    listenTo(library, { artist: 'Nils Økland', playedAt: START + 900 });
    listenTo(library, { artist: 'Nils Økland', album: undefined, title: 'Alone', playedAt: START + 1_800 });
    listenTo(library, {
      artist: 'Sigbjørn Apeland feat. Nils Økland',
      album: 'Glimmer',
      title: 'Duo',
      playedAt: START + 2_700,
    });
    const find = (name: string) =>
      String(library.reads.artists({ page: 1, pageSize: 10 }).items.find((artist) => artist.name === name)?.id);
    const [from, into] = [find('Nils Okland'), find('Nils Økland')];
    const before = held(library);

    applied(library, { kind: 'merge-artists', from, into });
    expect(library.reads.counts()).toMatchObject({ artists: 2, albums: 2, listens: 4 });
    expect(albums(library).map(({ title, plays }) => [title, plays])).toEqual([
      ['Glimmer', 1],
      ['Lysøen', 2],
    ]);
    listenTo(library, { artist: 'Nils Okland', playedAt: START + 3_600 });
    expect(library.reads.counts()).toMatchObject({ artists: 2, albums: 2 });
    applied(library, { kind: 'delete-listen', listenId: items(library)[0]!.id });
    expectSound(library.file);

    expect(applied(library, { kind: 'split-artist', from, into })).toMatchObject({ state: 'applied', created: from });
    expect(held(library)).toEqual(before);
    expectSound(library.file);
    expect(applied(library, { kind: 'split-artist', from, into })).toMatchObject({ reason: 'not-merged' });
  });
});

describe('reports joined manually', () => {
  const roon = { source: 'roon', playedAt: START + 5, durationSeconds: 240, sourceKey: 'r1' } as const;

  it('are split, stay split when reports come again, and are merged back', () => {
    const { library } = libraryForTest();
    listenTo(library, { durationSeconds: 240 });
    const listenId = listenTo(library, roon);
    const scrobble = items(library)[0]!.witnesses.find(({ source }) => source === 'lastfm')!;
    applied(library, { kind: 'split-listen', listenId, scrobbleId: scrobble.id });
    expect(items(library)).toHaveLength(2);
    expect(items(library).map(({ id }) => id)).toContain(listenId);
    const [recorded] = library.scrobbles.between('roon', START, START + 60);
    library.scrobbles.markGone([recorded!.id], true);
    expect(items(library)).toHaveLength(2);
    const [one, other] = items(library).map(({ id }) => id);
    applied(library, { kind: 'merge-listens', listenIds: [one!, other!] });
    expect(items(library)).toMatchObject([{ witnesses: [{}, {}] }]);
    expect(applied(library, { kind: 'note-listen', listenId: other!, note: 'by its former id' })).toMatchObject({
      state: 'applied',
    });
    expect(items(library)[0]?.note).toBe('by its former id');
    expectSound(library.file);
  });

  it('are merged where the rule sees two plays, and keep both notes', () => {
    const { library } = libraryForTest();
    const one = listenTo(library, { title: 'Bris' });
    const other = listenTo(library, { ...roon, title: 'Untitled 4' });
    applied(library, { kind: 'note-listen', listenId: one, note: 'first' });
    applied(library, { kind: 'note-listen', listenId: other, note: 'second' });
    applied(library, { kind: 'merge-listens', listenIds: [one, other] });
    expect(items(library)).toMatchObject([{ note: expect.stringMatching(/first|second/) as unknown }]);
    expect(items(library)[0]?.note).toContain('second');
    expect(library.reads.counts().tracks).toBe(1);
  });

  it('come back together as they were when a split is taken back, by rule or manually', () => {
    const { library } = libraryForTest();
    listenTo(library, { durationSeconds: 240 });
    const listenId = listenTo(library, roon);
    const before = held(library);
    const [{ witnesses: joined }] = items(library) as [ReturnType<typeof items>[number]];
    const scrobbleId = joined.find(({ source }) => source === 'lastfm')!.id;
    applied(library, { kind: 'split-listen', listenId, scrobbleId });
    expect(applied(library, { kind: 'rejoin-listen', listenId, scrobbleId })).toMatchObject({ state: 'applied' });
    expect(held(library)).toEqual(before);
    expect(items(library)[0]!.witnesses).toEqual(joined);
    expect(applied(library, { kind: 'rejoin-listen', listenId, scrobbleId })).toMatchObject({ state: 'applied' });
    expect(applied(library, { kind: 'rejoin-listen', listenId, scrobbleId: 999 })).toMatchObject({
      reason: 'unknown-scrobble',
    });

    const strange = listenTo(library, { ...roon, source: 'import', title: 'Untitled 4', sourceKey: 'i1' });
    applied(library, { kind: 'merge-listens', listenIds: [listenId, strange] });
    const manualReportId = items(library)[0]!.witnesses.find(({ source }) => source === 'import')!.id;
    applied(library, { kind: 'split-listen', listenId, scrobbleId: manualReportId });
    expect(items(library)).toHaveLength(2);
    applied(library, { kind: 'rejoin-listen', listenId, scrobbleId: manualReportId });
    expect(items(library)).toMatchObject([{ witnesses: [{}, {}, {}] }]);
    expectSound(library.file);
  });

  it('part again when a merge is taken back: the same ids, the same notes, and for good', () => {
    const { library } = libraryForTest();
    const one = listenTo(library, { title: 'Bris' });
    const other = listenTo(library, { ...roon, title: 'Untitled 4' });
    applied(library, { kind: 'note-listen', listenId: one, note: 'first' });
    applied(library, { kind: 'note-listen', listenId: other, note: 'second' });
    const stateNow = () =>
      items(library).map(({ id, note, playedAt, track, witnesses: all }) => [
        id,
        note,
        playedAt,
        track.title,
        all.map(({ source, reasons }) => [source, reasons]),
      ]);
    const before = stateNow();
    applied(library, { kind: 'merge-listens', listenIds: [one, other] });
    expect(items(library)).toHaveLength(1);
    expect(applied(library, { kind: 'part-listens', listenIds: [one, other] })).toMatchObject({ state: 'applied' });
    expect(stateNow()).toEqual(before);
    expect(applied(library, { kind: 'part-listens', listenIds: [one, other] })).toMatchObject({ reason: 'not-merged' });
    applied(library, { kind: 'merge-listens', listenIds: [one, other] });
    applied(library, { kind: 'delete-listen', listenId: one });
    expect(applied(library, { kind: 'part-listens', listenIds: [one, other] })).toMatchObject({ reason: 'not-merged' });
    expectSound(library.file);
  });

  it('of one source are never merged, and the last one is never split off', () => {
    const { library } = libraryForTest();
    const one = listenTo(library, { title: 'Bris' });
    const other = listenTo(library, { title: 'Brann', playedAt: START + 900 });
    expect(applied(library, { kind: 'merge-listens', listenIds: [one, other] })).toMatchObject({
      reason: 'same-source',
    });
    const [report] = items(library)[0]!.witnesses;
    expect(applied(library, { kind: 'split-listen', listenId: other, scrobbleId: report!.id })).toMatchObject({
      reason: 'only-witness',
    });
  });
});
