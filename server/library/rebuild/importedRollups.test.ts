import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { MonthlyRollup } from '#shared/analytics/rollup.ts';
import type { CollectionName } from '#shared/sync/collections.ts';
import type { MutationDocument } from '#shared/mutations/document.ts';
import type { Library } from '../api/library.ts';
import { copyOf, releaseOf } from '../testing/shelf.ts';
import { expectSound } from '../testing/invariants.ts';
import { applied, mutationOf, libraryForTest, listenTo, newUuid, play, replicaOf, START } from '../testing/library.ts';

const DAY = 86_400;
const OLD = START - 400 * DAY;
const PLAYS = [
  play({ playedAt: OLD, title: 'Bris', zone: 'Salon', source: 'roon', sourceKey: 'r1', durationSeconds: 200 }),
  play({ playedAt: OLD + 300, title: 'Lys', durationSeconds: 100 }),
  play({ playedAt: OLD + DAY, title: 'Bris', durationSeconds: 200 }),
];

const figures = (library: Library): MonthlyRollup[] =>
  [...replicaOf(library)]
    .filter(([key]) => key.startsWith('rollups:'))
    .map(([, document]) => document as MonthlyRollup);
const journal = (library: Library): string[] =>
  library.reads
    .listens({ page: 1, pageSize: 50 })
    .items.map(({ playedAt, track }) => `${playedAt} ${track.title}`)
    .sort();

/** A library whose old plays were archived, and one that was brought back from its device. */
async function broughtBack(before: (library: Library) => void = (library) => void library.scrobbles.record(PLAYS)) {
  const former = libraryForTest();
  before(former.library);
  listenTo(former.library, { playedAt: START - DAY, title: 'Ekko' });
  await former.library.archive.removeBefore(START - 300 * DAY, {});
  const fresh = libraryForTest();
  const replica = [...replicaOf(former.library)];
  for (const collection of ['household', 'artists', 'albums', 'journal', 'rollups'] satisfies CollectionName[]) {
    await fresh.library.rebuild.take(
      collection,
      replica.filter(([key]) => key.startsWith(`${collection}:`)).map(([, document]) => document),
      { life: 'former' },
    );
  }
  expect(figures(fresh.library)).toMatchObject([{ listens: 3 }]);
  expect(figures(fresh.library)).toEqual(figures(former.library));
  return { former, fresh };
}

describe('an archived play that is reported again in a library that was brought back', () => {
  test('leaves the figures that counted it, and is heard once', async () => {
    const { fresh } = await broughtBack();
    fresh.library.scrobbles.record(PLAYS.slice(0, 2));
    expect(journal(fresh.library)).toEqual([`${OLD} Bris`, `${OLD + 300} Lys`, `${START - DAY} Ekko`]);
    expect(figures(fresh.library)).toMatchObject([{ listens: 1, seconds: 200, sources: { lastfm: 1 }, zones: {} }]);
    fresh.library.scrobbles.record(PLAYS);
    expect(journal(fresh.library)).toEqual([
      `${OLD} Bris`,
      `${OLD + 300} Lys`,
      `${OLD + DAY} Bris`,
      `${START - DAY} Ekko`,
    ]);
    expect(figures(fresh.library)).toEqual([]);
    expectSound(fresh.library.file);
  });

  test('by another service than the one it was resolved from, and by both', async () => {
    const { fresh } = await broughtBack();
    fresh.library.scrobbles.record([play({ playedAt: OLD, title: 'Bris' })]);
    fresh.library.scrobbles.record([PLAYS[0]!]);
    expect(journal(fresh.library)).toEqual([`${OLD} Bris`, `${START - DAY} Ekko`]);
    expect(figures(fresh.library)).toMatchObject([{ listens: 2, sources: { lastfm: 1, roon: 1 } }]);
  });

  test('by the archive’s own file; what is archived anew counts once', async () => {
    const { former, fresh } = await broughtBack();
    cpSync(join(former.folder, 'archive'), join(fresh.folder, 'archive'), { recursive: true });
    for (const { name } of await fresh.library.archive.list()) await fresh.library.archive.restore(name, {});
    expect(journal(fresh.library)).toHaveLength(4);
    expect(figures(fresh.library)).toEqual([]);
    await fresh.library.archive.removeBefore(START - 300 * DAY, {});
    expect(figures(fresh.library)).toEqual(figures(former.library));
    expectSound(fresh.library.file);
  });

  test('a play at another hour, or of another track, counts besides', async () => {
    const { fresh } = await broughtBack();
    fresh.library.scrobbles.record([
      play({ playedAt: OLD + 5 * 3600, title: 'Bris' }),
      play({ playedAt: OLD, title: 'Storm', source: 'import', sourceKey: 'i1' }),
    ]);
    expect(journal(fresh.library)).toHaveLength(3);
    expect(figures(fresh.library)).toMatchObject([{ listens: 3 }]);
  });
});

describe('listens that a person logged', () => {
  const trackOf = (library: Library, title: string): number =>
    library.reads
      .albums({ page: 1, pageSize: 9 })
      .items.flatMap(({ id }) => library.reads.album(id)!.tracks)
      .find((track) => track.title === title)!.id;
  const manualListen = (library: Library, group: string, title: string, playedAt: number) =>
    mutationOf({
      kind: 'add-listens',
      group,
      playedAt,
      tracks: [{ trackId: trackOf(library, title), durationSeconds: 60 }],
    });
  const logged = (library: Library, document: MutationDocument) =>
    library.mutations.apply([{ ...document, epoch: document.epoch ?? library.feed.epoch }])[0]!.verdict;
  const archived = (library: Library) => library.archive.removeBefore(START - 300 * DAY, {});
  const sums = (library: Library) => figures(library).map(({ listens, sources }) => [listens, sources]);

  test('and that are archived leave the figures when they are taken back, and do not come back with the archive', async () => {
    const { library } = libraryForTest();
    library.scrobbles.record(PLAYS);
    const group = newUuid();
    expect(logged(library, manualListen(library, group, 'Lys', OLD + 2 * DAY))).toMatchObject({ state: 'applied' });
    await archived(library);
    const counted = sums(library);
    expect(counted).toEqual([[4, { lastfm: 2, roon: 1, manual: 1 }]]);
    expect(applied(library, { kind: 'remove-listens', group })).toMatchObject({ state: 'applied' });
    expect(sums(library)).toEqual([[3, { lastfm: 2, roon: 1 }]]);
    expect(await library.rollups.verify({})).toMatchObject({ listens: 3, repaired: 0 });
    for (const { name } of await library.archive.list()) await library.archive.restore(name, {});
    expect(journal(library)).toHaveLength(3);
    expectSound(library.file);
  });

  test('count once where a device offers them again to a library whose figures count them', async () => {
    let offered: MutationDocument | undefined;
    const group = newUuid();
    const { former, fresh } = await broughtBack((library) => {
      library.scrobbles.record(PLAYS.slice(0, 2));
      offered = { ...manualListen(library, group, 'Lys', OLD + 2 * DAY), epoch: library.feed.epoch };
      logged(library, {
        ...offered,
        targets: [{ kind: 'track', id: trackOf(library, 'Lys'), title: 'Lys', artist: 'Nils Okland', album: 'Lysøen' }],
      });
    });
    expect(sums(former.library)).toEqual([[3, { lastfm: 1, roon: 1, manual: 1 }]]);
    const targets = former.library.mutations.get(offered!.id)!.targets!;
    expect(logged(fresh.library, { ...offered!, targets })).toMatchObject({ state: 'applied' });
    expect(journal(fresh.library)).toContain(`${OLD + 2 * DAY} Lys`);
    expect(sums(fresh.library)).toEqual([[2, { lastfm: 1, roon: 1 }]]);
    applied(fresh.library, { kind: 'remove-listens', group });
    expect(sums(fresh.library)).toEqual([[2, { lastfm: 1, roon: 1 }]]);
    expectSound(fresh.library.file);
  });

  test('in a month of given figures count besides, archived too, and leave them as they were when they are taken back', async () => {
    const { library } = (await broughtBack()).fresh;
    const given = figures(library);
    for (const isArchived of [false, true]) {
      const group = newUuid();
      logged(library, manualListen(library, group, 'Bris', OLD + 600));
      expect(figures(library)).toEqual(given);
      if (isArchived) await archived(library);
      expect(sums(library).map(([listens]) => listens)).toEqual([isArchived ? 4 : 3]);
      applied(library, { kind: 'remove-listens', group });
      expect(figures(library)).toEqual(given);
      expect(await library.rollups.verify({})).toMatchObject({ repaired: 0 });
    }
    expectSound(library.file);
  });
});

/** What the figures count, by the names that a device shows for it. */
async function counted(library: Library) {
  await library.followUps.run({});
  const { artists, albums } = library.reads;
  const names = {
    artists: new Map(artists({ page: 1, pageSize: 50 }).items.map(({ id, name }) => [id, name])),
    albums: new Map(albums({ page: 1, pageSize: 50, sort: 'title' }).items.map(({ id, title }) => [id, title])),
    tracks: new Map(
      albums({ page: 1, pageSize: 50, sort: 'title' }).items.flatMap(({ id }) =>
        library.reads.album(id)!.tracks.map((track) => [track.id, track.title] as const),
      ),
    ),
  };
  return figures(library).map(({ listens, seconds, ...rollup }) => ({
    ...{ listens, seconds },
    ...Object.fromEntries(
      (['artists', 'albums', 'tracks'] as const).map((kind) => [
        kind,
        rollup[kind].map(([id, count]) => `${names[kind].get(id) ?? `nothing (${id})`} ${count}`).sort(),
      ]),
    ),
  }));
}

const artistNamed = (library: Library, name: string): string =>
  String(library.reads.artists({ page: 1, pageSize: 50 }).items.find((one) => one.name === name)!.id);
const albumNamed = (library: Library, title: string): string =>
  String(library.reads.albums({ page: 1, pageSize: 50, sort: 'title' }).items.find((one) => one.title === title)!.id);

describe('figures of plays that are not known one by one', () => {
  const twoSpellings = (library: Library) =>
    void library.scrobbles.record([
      play({ playedAt: OLD, artist: 'Okra', album: 'Stews', title: 'Bean', durationSeconds: 100 }),
      play({ playedAt: OLD + 300, artist: 'The Okras', album: 'Stews', title: 'Bean', durationSeconds: 100 }),
      play({ playedAt: OLD + 600, artist: 'The Okras feat. Okra', album: 'Soups', title: 'Leek', durationSeconds: 50 }),
    ]);

  test('count for the artist who stays after a merge, once where both played, and as before once it is taken back', async () => {
    const { library } = (await broughtBack(twoSpellings)).fresh;
    const before = await counted(library);
    expect(before).toEqual([
      {
        listens: 3,
        seconds: 250,
        artists: ['Okra 2', 'The Okras 2'],
        albums: ['Soups 1', 'Stews 1', 'Stews 1'],
        tracks: ['Bean 1', 'Bean 1', 'Leek 1'],
      },
    ]);
    const [from, into] = [artistNamed(library, 'Okra'), artistNamed(library, 'The Okras')];
    applied(library, { kind: 'merge-artists', from, into });
    const merged = [
      {
        listens: 3,
        seconds: 250,
        artists: ['The Okras 3'],
        albums: ['Soups 1', 'Stews 2'],
        tracks: ['Bean 2', 'Leek 1'],
      },
    ];
    expect(await counted(library)).toEqual(merged);
    expect(await library.rollups.verify({})).toMatchObject({ listens: 3, repaired: 0 });
    expect(await counted(library)).toEqual(merged);
    applied(library, { kind: 'split-artist', from, into });
    expect(await counted(library)).toEqual(before);
    expect(await library.rollups.verify({})).toMatchObject({ listens: 3, repaired: 0 });
    expectSound(library.file);
  });

  test('count for the album that stays, and a play of a former track that is reported again leaves them', async () => {
    const { library } = (await broughtBack(twoSpellings)).fresh;
    const [from, into] = [albumNamed(library, 'Soups'), albumNamed(library, 'Stews')];
    applied(library, {
      kind: 'merge-artists',
      from: artistNamed(library, 'Okra'),
      into: artistNamed(library, 'The Okras'),
    });
    applied(library, { kind: 'merge-albums', from, into: albumNamed(library, 'Stews') });
    expect(await counted(library)).toMatchObject([{ listens: 3, albums: ['Stews 3'] }]);
    library.scrobbles.record([play({ playedAt: OLD, artist: 'Okra', album: 'Stews', title: 'Bean' })]);
    expect(await counted(library)).toMatchObject([
      { listens: 2, seconds: 150, artists: ['The Okras 2'], albums: ['Stews 2'], tracks: ['Bean 1', 'Leek 1'] },
    ]);
    library.scrobbles.record([play({ playedAt: OLD + 300, artist: 'The Okras', album: 'Stews', title: 'Bean' })]);
    library.scrobbles.record([
      play({ playedAt: OLD + 600, artist: 'The Okras feat. Okra', album: 'Soups', title: 'Leek' }),
    ]);
    expect(await counted(library)).toEqual([]);
    expect(into).toBeDefined();
    expectSound(library.file);
  });

  test('keep what they count on the shelf when the record is sold', async () => {
    const { library } = (
      await broughtBack((former) => {
        former.shelf.takeCopies([copyOf('i-1', releaseOf('11', 'Nils Okland', 'Lysøen'))], 'first');
        former.scrobbles.record(PLAYS);
      })
    ).fresh;
    const before = await counted(library);
    expect(before).toMatchObject([{ artists: ['Nils Okland 3'], albums: ['Lysøen 3'], tracks: ['Bris 2', 'Lys 1'] }]);
    listensOf(library).forEach((listenId) => applied(library, { kind: 'delete-listen', listenId }));
    library.shelf.removeUnseen('second');
    expect(await counted(library)).toEqual(before);
    expect(await library.rollups.verify({})).toMatchObject({ listens: 3, repaired: 0 });
  });

  test('of tracks that no document named keep album and artist, under the name they go by today', async () => {
    const { library } = (await broughtBack(twoSpellings)).fresh;
    const [given] = figures(library) as [MonthlyRollup];
    const unknown = { ...given, id: '2019-05', tracks: [[999_999, 3]], seconds: 70 };
    await library.rebuild.take('rollups', [unknown], { life: 'former' });
    applied(library, {
      kind: 'merge-artists',
      from: artistNamed(library, 'Okra'),
      into: artistNamed(library, 'The Okras'),
    });
    expect((await counted(library))[0]).toEqual({
      listens: 3,
      seconds: 70,
      artists: ['The Okras 3'],
      albums: ['Soups 1', 'Stews 2'],
      tracks: ['nothing (999999) 3'],
    });
  });
});

const listensOf = (library: Library): number[] =>
  library.reads.listens({ page: 1, pageSize: 50 }).items.map(({ id }) => id);
