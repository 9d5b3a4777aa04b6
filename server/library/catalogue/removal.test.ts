import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createCalendar } from '#shared/journal/calendar.ts';
import type { AlbumDocument } from '#shared/library/album.ts';
import type { Library } from '../api/library.ts';
import type { TrackFacts } from '../api/shelf.ts';
import { copyOf, releaseOf } from '../testing/shelf.ts';
import { applied, libraryForTest, listenTo, play, replicaOf, START } from '../testing/library.ts';
import { expectSound } from '../testing/invariants.ts';

const YEAR = 365 * 86_400;
const line = (title: string, kind: TrackFacts['kind'] = null): TrackFacts => ({
  kind,
  position: kind === 'heading' ? null : 'A1',
  title,
  durationSeconds: 200,
  artists: [],
});
const details = (...tracks: TrackFacts[]) => ({ tracks, imageUrls: [], year: null });

const album = (library: Library, title: string): AlbumDocument | undefined =>
  [...replicaOf(library)]
    .flatMap(([key, document]) => (key.startsWith('albums:') ? [document as AlbumDocument] : []))
    .find((one) => one.title === title);
const artistNames = (library: Library) =>
  library.reads.artists({ page: 1, pageSize: 50 }).items.map(({ name }) => name);
const monthOf = (library: Library, seconds: number) => {
  const id = createCalendar('Europe/Paris').monthKey(seconds);
  return replicaOf(library).get(`rollups:${id}`) as { listens: number; artists: [string, number][] } | undefined;
};

/** A record that was bought, heard years ago, and whose plays fell out of the journal's period. */
async function archivedRecord(): Promise<Library> {
  const { library } = libraryForTest();
  library.shelf.takeCopies([copyOf('i-1', releaseOf('11', 'Nils Okland', 'Lysøen'))], 'first');
  listenTo(library, { playedAt: START - 3 * YEAR });
  library.shelf.joinHeard([Number(album(library, 'Lysøen')!.id)]);
  await library.followUps.run({});
  library.shelf.writeDetails(Number(album(library, 'Lysøen')!.id), details(line('Bris'), line('Straum')));
  await library.archive.removeBefore(START - YEAR, {});
  return library;
}

describe('what was heard and is archived', () => {
  it('keeps its track, album and artist when the record is sold, and its figures through the night', async () => {
    const library = await archivedRecord();
    const before = monthOf(library, START - 3 * YEAR);
    expect(before).toMatchObject({ listens: 1 });
    expect(library.shelf.removeUnseen('second')).toBe(1);
    expect(album(library, 'Lysøen')).toMatchObject({ copies: [], tracks: [{ title: 'Bris' }, { title: 'Straum' }] });
    expect(artistNames(library)).toEqual(['Nils Okland']);
    expect(await library.rollups.verify({})).toMatchObject({ listens: 1, repaired: 0 });
    expect(monthOf(library, START - 3 * YEAR)).toEqual(before);
    library.close();
    expectSound(library.file);
  });

  it('keeps its track when the tracklist spells it differently from now on', async () => {
    const library = await archivedRecord();
    const before = monthOf(library, START - 3 * YEAR);
    library.shelf.writeDetails(Number(album(library, 'Lysøen')!.id), details(line('Brisa'), line('Straum')));
    expect(album(library, 'Lysøen')!.tracks.map(({ title }) => title)).toEqual(['Brisa', 'Straum', 'Bris']);
    expect(await library.rollups.verify({})).toMatchObject({ listens: 1, repaired: 0 });
    expect(monthOf(library, START - 3 * YEAR)).toEqual(before);
  });

  it('is counted for what its track, album and artist became, and for themselves again when that is taken back', async () => {
    const { library } = libraryForTest();
    const old = START - 3 * YEAR;
    library.scrobbles.record([
      play({ playedAt: old, artist: 'Okra', title: 'Stew' }),
      play({ playedAt: old + 600, artist: 'Leek', title: 'Stew' }),
    ]);
    await library.archive.removeBefore(START - YEAR, {});
    const figures = () =>
      monthOf(library, old) as unknown as {
        tracks: [number, number][];
        albums: [number, number][];
        artists: [number, number][];
      };
    const before = figures();
    const [okra, leek] = ['Okra', 'Leek'].map(
      (name) => library.reads.artists({ page: 1, pageSize: 50 }).items.find((one) => one.name === name)!.id,
    );
    applied(library, { kind: 'merge-artists', from: String(okra), into: String(leek) });
    await library.followUps.run({});
    expect(figures().artists).toEqual([[leek, 2]]);
    expect([figures().tracks.length, figures().albums.length]).toEqual([1, 1]);
    expect(await library.rollups.verify({})).toMatchObject({ listens: 2, repaired: 0 });
    applied(library, { kind: 'split-artist', from: String(okra), into: String(leek) });
    await library.followUps.run({});
    expect(figures()).toEqual(before);
    expect(await library.rollups.verify({})).toMatchObject({ listens: 2, repaired: 0 });
  });

  it('and what was not heard yet, when the tracklist comes back empty', async () => {
    const library = await archivedRecord();
    const before = album(library, 'Lysøen')!.tracks;
    library.shelf.writeDetails(Number(album(library, 'Lysøen')!.id), details());
    expect(album(library, 'Lysøen')!.tracks).toEqual(before);
  });

  it('keeps the track that its own became, when that one is heard no more', async () => {
    const { library } = libraryForTest();
    listenTo(library, { playedAt: START - 3 * YEAR, album: 'Lysoen' });
    await library.archive.removeBefore(START - YEAR, {});
    listenTo(library, { playedAt: START, album: 'Lysøen (Deluxe)' });
    const [from, into] = [album(library, 'Lysoen')!, album(library, 'Lysøen (Deluxe)')!];
    applied(library, { kind: 'merge-albums', from: from.id, into: into.id });
    const [listen] = library.reads.listens({ page: 1, pageSize: 5 }).items;
    applied(library, { kind: 'delete-listen', listenId: listen!.id });
    applied(library, { kind: 'split-album', from: from.id, into: into.id });
    expect(await library.rollups.verify({})).toMatchObject({ listens: 1, repaired: 0 });
    expect(artistNames(library)).toEqual(['Nils Okland']);
    library.close();
    expectSound(library.file);
  });
});

describe('what nothing holds', () => {
  it('goes with the last copy: album, tracks and artist', () => {
    const { library } = libraryForTest();
    library.shelf.takeCopies([copyOf('i-1', releaseOf('11', 'Nils Okland', 'Lysøen'))], 'first');
    library.shelf.writeDetails(1, details(line('Bris')));
    library.shelf.removeUnseen('second');
    expect(library.reads.counts()).toMatchObject({ albums: 0, tracks: 0, artists: 0 });
    library.close();
    expectSound(library.file);
  });

  it.each([
    ['a rating', (library: Library) => applied(library, { kind: 'rate-album', albumId: '1', rating: 4 })],
    ['a note', (library: Library) => applied(library, { kind: 'note-album', albumId: '1', note: 'From the market' })],
    [
      'a love',
      (library: Library) =>
        applied(library, { kind: 'love-track', trackId: album(library, 'Lysøen')!.tracks[0]!.id, loved: true }),
    ],
    ['a listen', (library: Library) => library.scrobbles.record([play()])],
  ])('stays for %s', (_what, hold) => {
    const { library } = libraryForTest();
    library.shelf.takeCopies([copyOf('i-1', releaseOf('11', 'Nils Okland', 'Lysøen'))], 'first');
    library.shelf.writeDetails(1, details(line('Bris')));
    hold(library);
    library.shelf.removeUnseen('second');
    expect(album(library, 'Lysøen')).toMatchObject({ copies: [], tracks: [{ title: 'Bris' }] });
  });
});

describe('a heading with the title of a played track', () => {
  const heard = (library: Library) =>
    library.reads
      .album(Number(album(library, 'Lysøen')!.id))!
      .tracks.map(({ title, kind = null, plays }) => [title, kind, plays]);
  const owned = () => {
    const { library } = libraryForTest();
    library.shelf.takeCopies([copyOf('i-1', releaseOf('11', 'Nils Okland', 'Lysøen'))], 'first');
    listenTo(library);
    library.shelf.joinHeard([1]);
    return library;
  };

  it('leaves the track its listens, also when it stands before it in the list', () => {
    const library = owned();
    library.shelf.writeDetails(1, details(line('Bris', 'heading'), line('Straum'), line('Bris')));
    expect(heard(library)).toEqual([
      ['Bris', 'heading', 0],
      ['Straum', null, 0],
      ['Bris', null, 1],
    ]);
  });

  it('leaves the track its listens when the list knows the title as a heading alone', () => {
    const library = owned();
    library.shelf.writeDetails(1, details(line('Bris', 'heading'), line('Straum')));
    expect(heard(library)).toEqual([
      ['Bris', 'heading', 0],
      ['Straum', null, 0],
      ['Bris', null, 1],
    ]);
    library.shelf.writeDetails(1, details(line('Bris', 'heading'), line('Straum')));
    expect(heard(library)).toEqual([
      ['Bris', 'heading', 0],
      ['Straum', null, 0],
      ['Bris', null, 1],
    ]);
    library.close();
    expectSound(library.file);
  });

  it('is the same for an index whose parts are listed; one without parts is a track', () => {
    const library = owned();
    library.shelf.writeDetails(1, details(line('Bris', 'index'), line('One', 'sub-track')));
    expect(heard(library)).toEqual([
      ['Bris', 'index', 0],
      ['One', 'sub-track', 0],
      ['Bris', null, 1],
    ]);
    library.shelf.writeDetails(1, details(line('Bris', 'index')));
    expect(heard(library).filter(([, , plays]) => plays === 1)).toEqual([['Bris', 'index', 1]]);
  });
});

it('only one file of the server deletes artists, albums and tracks', () => {
  const root = join(import.meta.dirname, '..', '..');
  const deletes = new RegExp(`DELETE ${'FROM'} (artists|albums|tracks)\\b`);
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
    (name) => name.endsWith('.ts') && !name.includes('migrations'),
  );
  expect(files.filter((name) => deletes.test(readFileSync(join(root, name), 'utf8')))).toEqual([
    join('library', 'catalogue', 'removal.ts'),
  ]);
});
