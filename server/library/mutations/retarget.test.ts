import { describe, expect, it } from 'vitest';
import type { MutationDocument } from '#shared/mutations/document.ts';
import type { Mutation } from '#shared/mutations/registry.ts';
import type { MutationTarget } from '#shared/mutations/targets.ts';
import type { Library } from '../api/library.ts';
import { mutationOf, listenTo, newUuid, START } from '../testing/library.ts';
import { Lives } from '../testing/lives.ts';

const items = (library: Library) => library.reads.listens({ page: 1, pageSize: 100 }).items;
const titles = (library: Library) =>
  items(library)
    .map(({ track }) => track.title)
    .sort();
const albumNamed = (library: Library, title: string) =>
  library.reads.albums({ page: 1, pageSize: 100 }).items.find((album) => album.title === title);
const artistNamed = (library: Library, name: string) =>
  library.reads.artists({ page: 1, pageSize: 100 }).items.find((artist) => artist.name === name);

const listenTarget = (library: Library, id: number): MutationTarget => {
  const { playedAt, track, artists } = library.reads.listen(id)!;
  return { kind: 'listen', id, playedAt, title: track.title, artist: artists[0]!.name };
};
const trackTarget = (library: Library, listenId: number): Extract<MutationTarget, { kind: 'track' }> => {
  const { track, artists, album } = library.reads.listen(listenId)!;
  return { kind: 'track', id: track.id, title: track.title, artist: artists[0]!.name, album: album?.title ?? null };
};
const albumTarget = (library: Library, title: string): Extract<MutationTarget, { kind: 'album' }> => {
  const { id, artists } = albumNamed(library, title)!;
  return { kind: 'album', id: String(id), title, artist: artists[0]!.name };
};
const artistTarget = (library: Library, name: string): Extract<MutationTarget, { kind: 'artist' }> => ({
  kind: 'artist',
  id: String(artistNamed(library, name)!.id),
  name,
});

/** As a device makes it: with the life that it follows and what its ids name. */
const mutationDocument = (library: Library, mutation: Mutation, ...targets: MutationTarget[]): MutationDocument => ({
  ...mutationOf(mutation),
  epoch: library.feed.epoch,
  targets,
});
/** As a device offers it again after a restore: without the result of the life that is over. */
const offered = (library: Library, document: MutationDocument) => library.mutations.apply([document])[0]!.verdict!;

const NILS = { artist: 'Nils Okland', album: 'Lysøen' };
const ANJA = { artist: 'Anja Garbarek', album: 'Smiling & Waving' };
const MARI = { artist: 'Mari Boine', album: 'Gula Gula' };

/** One play before the backup, another after it, whose ids a third has after the restore. */
async function restoredLibrary(make: (library: Library, listenId: number) => MutationDocument[]) {
  const lives = new Lives();
  listenTo(lives.library, { ...NILS, title: 'Bris' });
  lives.backUp();
  const listenId = listenTo(lives.library, { ...ANJA, title: 'Her Room', playedAt: START + 900 });
  const documents = make(lives.library, listenId);
  for (const document of documents) expect(offered(lives.library, document)).toMatchObject({ state: 'applied' });
  await lives.restore();
  listenTo(lives.library, { ...MARI, title: 'Vuoi Vuoi', playedAt: START + 1_800 });
  return {
    lives,
    documents,
    heardAgain: () => listenTo(lives.library, { ...ANJA, title: 'Her Room', playedAt: START + 900 }),
  };
}

describe('in a library that went back unnoticed, with its whole disk', () => {
  it('an id that is another thing’s by now does nothing to that: what was meant is found by its name, or it is refused with a message', () => {
    const { library } = new Lives();
    listenTo(library, { ...NILS, title: 'Bris' });
    const listenId = listenTo(library, { ...MARI, title: 'Vuoi Vuoi', playedAt: START + 1_800 });
    const [mari, nils] = [albumTarget(library, MARI.album), albumTarget(library, NILS.album)];
    const seen: MutationTarget = { ...mari, title: ANJA.album, artist: ANJA.artist };
    const heard: MutationTarget = {
      kind: 'listen',
      id: listenId,
      playedAt: START + 7_000,
      title: 'Her Room',
      artist: ANJA.artist,
    };
    const said = (...mutation: Parameters<typeof mutationDocument>) => offered(library, mutationDocument(...mutation));
    const gone = { state: 'refused', reason: 'target-gone', message: expect.stringContaining(ANJA.artist) as string };
    expect(said(library, { kind: 'delete-listen', listenId }, heard)).toMatchObject(gone);
    expect(said(library, { kind: 'rate-album', albumId: mari.id, rating: 1 }, seen)).toMatchObject(gone);
    expect(said(library, { kind: 'merge-albums', from: mari.id, into: nils.id }, seen, nils)).toMatchObject(gone);
    const track = trackTarget(library, listenId);
    expect(
      said(
        library,
        { kind: 'love-track', trackId: track.id, loved: true },
        { ...track, title: 'Her Room', artist: ANJA.artist },
      ),
    ).toMatchObject(gone);
    const artist = artistTarget(library, MARI.artist);
    expect(
      said(
        library,
        { kind: 'alias-artist', artistId: artist.id, name: 'X' },
        { kind: 'artist', id: artist.id, name: ANJA.artist },
      ),
    ).toMatchObject(gone);
    expect(titles(library)).toEqual(['Bris', 'Vuoi Vuoi']);
    expect(albumNamed(library, MARI.album)).toMatchObject({ rating: 0 });

    listenTo(library, { ...ANJA, title: 'Her Room', playedAt: START + 7_000 });
    expect(said(library, { kind: 'rate-album', albumId: mari.id, rating: 4 }, seen)).toMatchObject({
      state: 'applied',
    });
    expect(albumNamed(library, MARI.album)).toMatchObject({ rating: 0 });
    expect(albumNamed(library, ANJA.album)).toMatchObject({ rating: 4 });
    expect(said(library, { kind: 'delete-listen', listenId }, heard)).toMatchObject({ state: 'applied' });
    expect(titles(library)).toEqual(['Bris', 'Vuoi Vuoi']);
  });

  it('what was renamed, merged or reported otherwise meanwhile is still itself', () => {
    const { library } = new Lives();
    const listenId = listenTo(library, {
      artist: 'A. Garbarek',
      album: 'Smiling and Waving',
      title: 'Her Room (live)',
      sourceKey: 'one',
    });
    listenTo(library, { ...ANJA, title: 'Stay Tuned', playedAt: START + 900 });
    const [listen, track, album, artist] = [
      listenTarget(library, listenId),
      trackTarget(library, listenId),
      albumTarget(library, 'Smiling and Waving'),
      artistTarget(library, 'A. Garbarek'),
    ];
    const said = (...mutation: Parameters<typeof mutationDocument>) => offered(library, mutationDocument(...mutation));
    expect(
      said(library, { kind: 'merge-artists', from: artist.id, into: String(artistNamed(library, ANJA.artist)!.id) }),
    ).toMatchObject({ state: 'applied' });
    expect(
      said(library, { kind: 'merge-albums', from: album.id, into: String(albumNamed(library, ANJA.album)!.id) }),
    ).toMatchObject({ state: 'applied' });
    expect(said(library, { kind: 'alias-artist', artistId: artist.id, name: 'Anja' }, artist)).toMatchObject({
      state: 'applied',
    });
    expect(said(library, { kind: 'rate-album', albumId: album.id, rating: 5 }, album)).toMatchObject({
      state: 'applied',
    });
    expect(said(library, { kind: 'love-track', trackId: track.id, loved: true }, track)).toMatchObject({
      state: 'applied',
    });
    library.scrobbles.record([
      {
        source: 'lastfm',
        sourceKey: 'one',
        playedAt: START,
        artist: ANJA.artist,
        title: 'Her Room',
        album: ANJA.album,
        raw: null,
      },
    ]);
    expect(said(library, { kind: 'note-listen', listenId, note: 'Hers' }, listen)).toMatchObject({ state: 'applied' });
    expect(said(library, { kind: 'delete-listen', listenId }, listen)).toMatchObject({ state: 'applied' });
    expect(said(library, { kind: 'restore-listen', listenId }, listen)).toMatchObject({ state: 'applied' });
    expect(titles(library)).toEqual(['Her Room', 'Stay Tuned']);
    expect(albumNamed(library, ANJA.album)).toMatchObject({ rating: 5 });
  });
});

describe('after a restore, what a device offers again', () => {
  it('deletes nobody else’s listen, and its message names the one that it was about', async () => {
    const { lives, documents, heardAgain } = await restoredLibrary((library, listenId) => [
      mutationDocument(library, { kind: 'delete-listen', listenId }, listenTarget(library, listenId)),
    ]);
    expect(offered(lives.library, documents[0]!)).toMatchObject({
      state: 'refused',
      reason: 'target-gone',
      message: expect.stringContaining('“Her Room” by Anja Garbarek') as unknown,
    });
    expect(titles(lives.library)).toEqual(['Bris', 'Vuoi Vuoi']);
    heardAgain();
    expect(offered(lives.library, { ...documents[0]!, id: newUuid() })).toMatchObject({ state: 'applied' });
    expect(titles(lives.library)).toEqual(['Bris', 'Vuoi Vuoi']);
    const back = mutationDocument(
      lives.library,
      { kind: 'restore-listen', listenId: 4711 },
      { kind: 'listen', id: 4711, playedAt: START + 900, title: 'Her Room', artist: 'Anja Garbarek' },
    );
    expect(offered(lives.library, { ...back, epoch: 'of another life' })).toMatchObject({ state: 'applied' });
    expect(titles(lives.library)).toEqual(['Bris', 'Her Room', 'Vuoi Vuoi']);
  });

  it('rates, notes and loves what was meant under the id that it has now', async () => {
    const { lives, documents, heardAgain } = await restoredLibrary((library, listenId) => {
      const album = albumTarget(library, ANJA.album);
      return [
        mutationDocument(library, { kind: 'rate-album', albumId: album.id, rating: 5 }, album),
        mutationDocument(library, { kind: 'note-album', albumId: album.id, note: 'Her best' }, album),
        mutationDocument(
          library,
          { kind: 'note-listen', listenId, note: 'In the kitchen' },
          listenTarget(library, listenId),
        ),
        mutationDocument(
          library,
          { kind: 'love-track', trackId: trackTarget(library, listenId).id, loved: true },
          trackTarget(library, listenId),
        ),
      ];
    });
    heardAgain();
    for (const document of documents) expect(offered(lives.library, document)).toMatchObject({ state: 'applied' });
    expect(albumNamed(lives.library, ANJA.album)).toMatchObject({ rating: 5, note: 'Her best' });
    expect(albumNamed(lives.library, MARI.album)).toMatchObject({ rating: 0, note: null });
    expect(items(lives.library).map(({ track, note, loved }) => [track.title, note, loved])).toEqual([
      ['Vuoi Vuoi', null, false],
      ['Her Room', 'In the kitchen', true],
      ['Bris', null, false],
    ]);
    // From now on it is of this life: its ids are today's.
    expect(lives.library.mutations.get(documents[0]!.id)).toMatchObject({
      epoch: lives.library.feed.epoch,
      intent: { albumId: String(albumNamed(lives.library, ANJA.album)!.id) },
    });
  });

  it('logs a listen of what was played, though the library had lost it', async () => {
    const group = newUuid();
    const { lives, documents } = await restoredLibrary((library, listenId) => {
      const track = trackTarget(library, listenId);
      return [
        mutationDocument(
          library,
          { kind: 'add-listens', group, playedAt: START - 5_000, tracks: [{ trackId: track.id }] },
          track,
        ),
      ];
    });
    expect(offered(lives.library, documents[0]!)).toMatchObject({ state: 'applied' });
    expect(items(lives.library).find(({ source }) => source === 'manual')).toMatchObject({
      track: { title: 'Her Room' },
      artists: [{ name: 'Anja Garbarek' }],
      album: { title: ANJA.album },
    });
  });

  it('merges, renames, splits and covers only what was meant', async () => {
    const { lives, documents, heardAgain } = await restoredLibrary((library) => {
      listenTo(library, {
        artist: 'A. Garbarek',
        title: 'Stay Tuned',
        album: 'Briefly Shaking',
        playedAt: START + 1_200,
      });
      const [from, into] = [artistTarget(library, 'A. Garbarek'), artistTarget(library, 'Anja Garbarek')];
      return [
        mutationDocument(library, { kind: 'merge-artists', from: from.id, into: into.id }, from, into),
        mutationDocument(library, { kind: 'split-artist', from: from.id, into: into.id }, from, into),
        mutationDocument(library, { kind: 'alias-artist', artistId: into.id, name: 'Anja G.' }, into),
      ];
    });
    for (const document of documents)
      expect(offered(lives.library, { ...document, id: newUuid() })).toMatchObject({
        state: 'refused',
        reason: 'target-gone',
      });
    expect(artistNamed(lives.library, 'Mari Boine')?.aliases).toBeUndefined();
    heardAgain();
    listenTo(lives.library, {
      artist: 'A. Garbarek',
      title: 'Stay Tuned',
      album: 'Briefly Shaking',
      playedAt: START + 1_200,
    });
    expect(offered(lives.library, documents[0]!)).toMatchObject({ state: 'applied' });
    expect(artistNamed(lives.library, 'Anja Garbarek')?.aliases).toMatchObject([{ name: 'A. Garbarek' }]);
    expect(offered(lives.library, documents[1]!)).toMatchObject({ state: 'applied' });
    expect(offered(lives.library, documents[2]!)).toMatchObject({ state: 'applied' });
    expect(artistNamed(lives.library, 'Anja Garbarek')?.aliases).toMatchObject([{ name: 'Anja G.' }]);
    expect(artistNamed(lives.library, 'A. Garbarek')).toBeDefined();
  });

  it('makes a copy of an album that is not here a record of its own', async () => {
    const { lives, documents } = await restoredLibrary((library) => {
      const album = albumTarget(library, ANJA.album);
      return [
        mutationDocument(
          library,
          {
            kind: 'add-record',
            alias: newUuid(),
            title: ANJA.album,
            artists: [ANJA.artist],
            year: 2001,
            support: 'CD',
            albumId: album.id,
          },
          album,
        ),
      ];
    });
    expect(offered(lives.library, documents[0]!)).toMatchObject({ state: 'applied' });
    expect(albumNamed(lives.library, ANJA.album)).toMatchObject({ owned: true, support: 'CD' });
    expect(albumNamed(lives.library, MARI.album)).toMatchObject({ owned: false });
  });

  it('is applied by its ids as far as both lives share them, and refused beyond where an older app names nothing', async () => {
    const { lives, documents } = await restoredLibrary((library, listenId) => {
      const first = items(library).at(-1)!;
      return [
        { ...mutationOf({ kind: 'note-listen', listenId: first.id, note: 'The first' }), epoch: library.feed.epoch },
        { ...mutationOf({ kind: 'delete-listen', listenId }), epoch: library.feed.epoch },
        mutationDocument(
          library,
          { kind: 'rate-album', albumId: albumTarget(library, NILS.album).id, rating: 4 },
          albumTarget(library, NILS.album),
        ),
      ];
    });
    expect(offered(lives.library, documents[1]!)).toMatchObject({ state: 'refused', reason: 'target-gone' });
    expect(offered(lives.library, documents[2]!)).toMatchObject({ state: 'applied' });
    expect(albumNamed(lives.library, NILS.album)?.rating).toBe(4);
    expect(titles(lives.library)).toEqual(['Bris', 'Vuoi Vuoi']);
  });

  it('is refused where two things have the name', async () => {
    const { lives, documents } = await restoredLibrary((library, listenId) => [
      mutationDocument(library, { kind: 'note-listen', listenId, note: 'x' }, listenTarget(library, listenId)),
    ]);
    listenTo(lives.library, { ...ANJA, title: 'Her Room', playedAt: START + 900, sourceKey: 'one' });
    listenTo(lives.library, { ...ANJA, title: 'Her Room', playedAt: START + 900, sourceKey: 'another' });
    expect(offered(lives.library, documents[0]!)).toMatchObject({ state: 'refused', reason: 'target-gone' });
  });
});
