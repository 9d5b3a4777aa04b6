import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { AlbumDocument } from '#shared/library/album.ts';
import type { ArtistDocument } from '#shared/library/artist.ts';
import type { CollectionName } from '#shared/sync/collections.ts';
import { systemClock } from '../kit/clock.ts';
import { silentLog } from '../kit/log.ts';
import type { Library } from '../library/api/library.ts';
import { openLibrary } from '../library/index.ts';
import { asOfSchema } from '../library/testing/earlierFile.ts';
import { holdings, ORDER } from '../library/testing/holdings.ts';
import { expectSound } from '../library/testing/invariants.ts';
import { applied, libraryForTest, listenTo, replicaOf, START } from '../library/testing/library.ts';
import type { DiscogsClient, ReleaseBasics } from '../upstreams/discogs/index.ts';
import { DiscogsImport } from './discogsImport/discogsImport.ts';

/** A release whose artist Discogs distinguishes from namesakes by a number. */
const by = (number: number, name: string, id: number, title: string): ReleaseBasics => ({
  id,
  title,
  masterId: null,
  year: 1990,
  credit: 'Nirvana',
  labels: [],
  formats: [],
  support: 'Vinyl',
  genres: [],
  styles: [],
  coverUrl: null,
  thumbUrl: null,
  artists: [{ id: number, name, creditedAs: 'Nirvana', join: '' }],
});

const SHELF = [
  by(7, 'Nirvana', 100, 'Bleak'),
  by(9, 'Nirvana (2)', 200, 'Rainbow'),
  by(7, 'Nirvana', 101, 'Never Mine'),
  by(9, 'Nirvana (2)', 201, 'Emerald'),
];
const WANTED = by(9, 'Nirvana (2)', 202, 'Local Anaesthetic');
const DEDICATED = by(9, 'Nirvana (2)', 300, 'Dedicated');

/** Imports a collection that Discogs lists one copy a page. */
async function imported(library: Library, releases: readonly ReleaseBasics[] = SHELF): Promise<void> {
  const counts = (page: number) => ({ page, pages: releases.length, items: releases.length, leftOut: 0, setAside: [] });
  const client: Partial<DiscogsClient> = {
    identity: () => Promise.resolve({ id: 1, username: 'collector' }),
    folders: () => Promise.resolve([]),
    fields: () => Promise.resolve([]),
    collectionPage: (_user, page) => {
      const release = releases[page - 1]!;
      return Promise.resolve({
        ...counts(page),
        copies: [{ instanceId: release.id + 1_000, folderId: 1, rating: 0, dateAdded: START, notes: [], release }],
      });
    },
    wantlistPage: () =>
      Promise.resolve({
        ...counts(1),
        pages: 1,
        items: 1,
        wants: [{ rating: 0, notes: null, dateAdded: null, release: WANTED }],
      }),
  };
  const work = new DiscogsImport({
    shelf: library.shelf,
    states: library.states,
    setAside: library.setAside,
    clock: systemClock,
    log: silentLog,
    client: () => client as DiscogsClient,
    onProgress: () => undefined,
    written: (write) => Promise.resolve(write()),
    onAlbums: () => undefined,
  });
  work.start();
  await expect.poll(() => work.status().state).toBe('done');
  await library.followUps.run({});
}

/** Two artists of one name: their records, and what was heard of each. */
async function twoNirvanas() {
  const former = libraryForTest();
  await imported(former.library);
  SHELF.forEach(({ title }, at) =>
    listenTo(former.library, {
      artist: title === 'Rainbow' || title === 'Emerald' ? 'Nirvana (2)' : 'Nirvana',
      album: title,
      title: `Song of ${title}`,
      playedAt: START + at * 900,
    }),
  );
  listenTo(former.library, { artist: 'Nirvana', album: undefined, title: 'Alone', playedAt: START + 9_000 });
  listenTo(former.library, { artist: 'Nirvana (2)', album: undefined, title: 'Apart', playedAt: START + 9_900 });
  await former.library.followUps.run({});
  return former;
}

/** Whose each record, copy and listen is: by id, name and moment. */
function whose(library: Library) {
  const replica = [...replicaOf(library)];
  const of = <D>(name: CollectionName) =>
    replica.flatMap(([key, document]) => (key.startsWith(`${name}:`) ? [document as D] : []));
  return {
    artists: of<ArtistDocument>('artists')
      .map(({ id, name, tracks, aliases }) => [
        id,
        name,
        tracks.map(({ title }) => title),
        aliases?.map((alias) => [alias.id, alias.name]),
      ])
      .sort(),
    albums: of<AlbumDocument>('albums')
      .map(({ id, title, artists, copies, wanted }) => [
        id,
        title,
        artists.map((artist) => artist.id),
        copies.map(({ instanceId }) => instanceId),
        wanted,
      ])
      .sort(),
    listens: library.reads
      .listens({ page: 1, pageSize: 50 })
      .items.map(({ id, playedAt, track, album, artists }) => [
        id,
        playedAt,
        track.id,
        album?.id,
        artists.map((artist) => artist.id),
      ]),
  };
}

/** As a device of an earlier version holds it: without the numbers. */
function ofEarlierShape(document: unknown): unknown {
  const { discogsId: _number, numberedName: _name, ...artist } = document as ArtistDocument;
  return {
    ...artist,
    ...(artist.aliases && {
      aliases: artist.aliases.map(({ id, name }) => ({ ...(id !== undefined && { id }), name })),
    }),
  };
}

async function broughtBack(
  former: Library,
  { shape = (document: unknown): unknown => document, order = ORDER, last = (_: unknown[]): void => undefined } = {},
) {
  const fresh = libraryForTest();
  for (const [collection, documents] of holdings(former, order)) {
    const given = collection === 'artists' ? documents.map(shape) : documents;
    last(given);
    expect((await fresh.library.rebuild.take(collection, given, { life: 'former' })).refused).toEqual([]);
  }
  await fresh.library.rebuild.settle();
  await fresh.library.followUps.run({});
  return fresh;
}

const backwards = (documents: unknown[]) => void documents.reverse();

it.each([
  ['as they are', {}],
  ['the later ones first', { last: backwards }],
  [
    'the albums before the artists',
    {
      order: [
        'albums',
        'artists',
        ...ORDER.filter((name) => !['albums', 'artists'].includes(name)),
      ] as CollectionName[],
      last: backwards,
    },
  ],
])(
  'two artists of one name stay who they are when a device brings them back, %s, and the import and reports come again',
  async (_, how) => {
    const former = await twoNirvanas();
    const before = whose(former.library);
    expect(before.artists).toHaveLength(2);
    const fresh = await broughtBack(former.library, how);
    expect(whose(fresh.library)).toEqual(before);
    await imported(fresh.library);
    expect(whose(fresh.library)).toEqual(before);
    // What is reported of them from now on goes to the same ones, too.
    for (const { library } of [former, fresh])
      for (const [at, artist] of ['Nirvana (2)', 'Nirvana'].entries())
        listenTo(library, { artist, album: undefined, title: 'Later', playedAt: START + 20_000 + at * 900 });
    const after = whose(former.library);
    expect(whose(fresh.library).artists.map(([id, , tracks]) => [id, tracks])).toEqual(
      after.artists.map(([id, , tracks]) => [id, tracks]),
    );
    for (const { library } of [former, fresh]) await imported(library, [...SHELF, DEDICATED]);
    expect(whose(fresh.library).albums.map(([, ...rest]) => rest)).toEqual(
      whose(former.library).albums.map(([, ...rest]) => rest),
    );
    expectSound(fresh.library.file);
  },
);

it.each([
  ['in the order of the shelf', SHELF],
  ['the other one first', [...SHELF].reverse()],
  ['a new record of the other one first', [DEDICATED, ...SHELF]],
])(
  'a device of an earlier version, which has no numbers, leads to the same: the records show who is who, %s',
  async (_, listed) => {
    const former = await twoNirvanas();
    const before = whose(former.library);
    const other = before.albums.find(([, title]) => title === 'Rainbow')![2];
    const fresh = await broughtBack(former.library, { shape: ofEarlierShape });
    await imported(fresh.library, listed);
    const after = whose(fresh.library);
    const added = after.albums.filter(([, title]) => title === 'Dedicated');
    expect(added.map(([, , artists]) => artists)).toEqual(listed.includes(DEDICATED) ? [other] : []);
    expect({ ...after, albums: after.albums.filter((album) => !added.includes(album)) }).toEqual(before);
    expectSound(fresh.library.file);
  },
);

it('a tracklist that is read before the import takes no number from who has records of their own', async () => {
  const former = await twoNirvanas();
  const before = whose(former.library);
  const fresh = await broughtBack(former.library, { shape: ofEarlierShape });
  const [bleak] = before.albums.find(([, title]) => title === 'Bleak')!;
  const guest = { discogsId: '9', name: 'Nirvana (2)', creditedAs: 'Nirvana', join: '' };
  fresh.library.shelf.writeDetails(Number(bleak), {
    tracks: [{ kind: null, position: 'A1', title: 'Song of Guests', durationSeconds: null, artists: [guest] }],
    imageUrls: [],
    year: null,
  });
  await imported(fresh.library);
  expect(whose(fresh.library)).toEqual(before);
});

it('two who were made one stay one when the import comes again, in the library and after a device brought it back', async () => {
  const former = await twoNirvanas();
  const [one, other] = ['Bleak', 'Rainbow'].map((title) =>
    String((whose(former.library).albums.find(([, name]) => name === title)![2] as string[])[0]),
  );
  applied(former.library, { kind: 'merge-artists', from: other!, into: one! });
  await former.library.followUps.run({});
  const before = whose(former.library);
  expect(before.artists).toEqual([[one, 'Nirvana', ['Alone', 'Apart'], [[other, 'Nirvana']]]]);
  await imported(former.library);
  expect(whose(former.library)).toEqual(before);
  for (const shape of [(document: unknown) => document, ofEarlierShape]) {
    const fresh = await broughtBack(former.library, { shape });
    await imported(fresh.library);
    expect(whose(fresh.library)).toEqual(before);
    expectSound(fresh.library.file);
  }
});

it('plays of an album that a person made part of another artist’s are reported there after a device restored it', async () => {
  const former = libraryForTest();
  listenTo(former.library, { artist: 'Okra', album: 'Cellar', title: 'Stew' });
  listenTo(former.library, { artist: 'Leek', album: 'Cellar Songs', title: 'Broth', playedAt: START + 900 });
  const albumOf = (title: string) =>
    String(former.library.reads.albums({ page: 1, pageSize: 9 }).items.find((album) => album.title === title)!.id);
  applied(former.library, { kind: 'merge-albums', from: albumOf('Cellar Songs'), into: albumOf('Cellar') });
  await former.library.followUps.run({});
  const fresh = await broughtBack(former.library);
  for (const { library } of [former, fresh])
    listenTo(library, { artist: 'Leek', album: 'Cellar Songs', title: 'Bouillon', playedAt: START + 1_800 });
  expect(fresh.library.reads.albums({ page: 1, pageSize: 9 }).items.map(({ title }) => title)).toEqual(['Cellar']);
  expect(whose(fresh.library).albums).toEqual(whose(former.library).albums);
});

it('a backup of an earlier version that is restored leads to the same, with new records first', async () => {
  const { library, folder } = await twoNirvanas();
  const ids = ['Bleak', 'Rainbow'].map((title) =>
    String((whose(library).albums.find(([, name]) => name === title)![2] as string[])[0]),
  );
  applied(library, { kind: 'alias-artist', artistId: ids[1]!, name: 'Nirvana UK' });
  const before = whose(library);
  library.close();
  asOfSchema(library.file, 16);
  const restored = openLibrary({
    file: join(folder, 'musique.db'),
    backupsDir: join(folder, 'backups'),
    clock: systemClock,
    log: silentLog,
    timeZone: 'Europe/Paris',
  });
  await imported(restored, [DEDICATED, ...[...SHELF].reverse()]);
  const after = whose(restored);
  expect(after.albums.filter(([, title]) => title === 'Dedicated').map(([, , artists]) => artists)).toEqual([[ids[1]]]);
  expect({ ...after, albums: after.albums.filter(([, title]) => title !== 'Dedicated') }).toEqual(before);
  restored.close();
});
