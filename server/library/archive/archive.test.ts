import { execFileSync } from 'node:child_process';
import {
  existsSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
  mkdirSync,
} from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import Libsql from 'libsql';
import { describe, expect, test } from 'vitest';
import { computeRollups } from '#shared/analytics/computeRollups.ts';
import { LibraryIndex } from '#shared/analytics/libraryIndex.ts';
import { createCalendar } from '#shared/journal/calendar.ts';
import { decodePage } from '#shared/journal/codec.ts';
import type { Listen } from '#shared/journal/listen.ts';
import { DATE_UNKNOWN } from '#shared/primitives/moments.ts';
import type { JournalPage } from '#shared/journal/page.ts';
import type { AlbumDocument } from '#shared/library/album.ts';
import type { ArtistDocument } from '#shared/library/artist.ts';
import type { Library } from '../api/library.ts';
import type { ScrobbleInput } from '../api/scrobbles.ts';
import { applied, libraryForTest, listenTo, play, replicaOf, START } from '../testing/library.ts';
import { expectSound } from '../testing/invariants.ts';

const DAY = 86_400;
const YEAR = 365 * DAY;
const TIME_ZONE = 'Europe/Paris';

const documents = <T>(library: Library, collection: string): T[] =>
  [...replicaOf(library)].filter(([key]) => key.startsWith(`${collection}:`)).map(([, document]) => document as T);
const journal = (library: Library): Listen[] =>
  documents<JournalPage>(library, 'journal')
    .flatMap((page) => decodePage(page))
    .sort((one, other) => one.id - other.id);
const rollups = (library: Library) =>
  documents<{ id: string; listens: number }>(library, 'rollups').sort((one, other) => (one.id < other.id ? -1 : 1));
/** Everything a device holds but the journal's and the rollups' documents and the question. */
const rest = (library: Library) =>
  new Map([...replicaOf(library)].filter(([key]) => !/^(journal|rollups|household):/.test(key)));
const archiveAll = (library: Library, before: number) => library.archive.removeBefore(before, {});
const namesOf = async (library: Library) => (await library.archive.list()).map(({ name }) => name);
const restoreAll = async (library: Library) => {
  for (const name of await namesOf(library)) await library.archive.restore(name, {});
};

/** Rolls up what the replica knew of these listens, by other means than the library's SQL. */
function rollupsOf(listens: readonly Listen[], albums: AlbumDocument[], artists: ArtistDocument[]) {
  return computeRollups(listens, LibraryIndex.from(albums, artists), createCalendar(TIME_ZONE));
}

describe('what is archived', () => {
  test('leaves the journal and is in a file, with all its evidence; its figures stay as rollups', async () => {
    const { library, folder } = libraryForTest({ timeZone: TIME_ZONE });
    const old = listenTo(library, {
      playedAt: START - 2 * YEAR,
      zone: 'Salon',
      durationSeconds: 200,
      raw: { as: 'it came' },
    });
    applied(library, { kind: 'note-listen', listenId: old, note: 'With the windows open' });
    const recent = listenTo(library, { playedAt: START - DAY });
    const removed = await archiveAll(library, START - YEAR);
    expect(removed).toMatchObject({ listens: 1, files: ['listens-2023-11-14-1.jsonl'], changed: 0 });
    expect(journal(library).map(({ id }) => id)).toEqual([recent]);
    expect(rollups(library)).toMatchObject([
      { id: '2021-11', listens: 1, seconds: 200, zones: { Salon: 1 }, sources: { lastfm: 1 } },
    ]);
    const lines = readFileSync(join(folder, 'archive', 'listens-2023-11-14-1.jsonl'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown);
    expect(lines).toMatchObject([
      { format: 'aime-listens', version: 1 },
      {
        id: old,
        playedAt: START - 2 * YEAR,
        zone: 'Salon',
        note: 'With the windows open',
        track: { title: 'Bris', artists: ['Nils Okland'] },
        album: { title: 'Lysøen' },
        witnesses: [{ source: 'lastfm', artist: 'Nils Okland', title: 'Bris', payload: { as: 'it came' } }],
      },
      { listens: 1 },
    ]);
    library.close();
    expectSound(library.file);
  });

  test('under an id that no library gives any more comes back whole, under one that is given', async () => {
    const { library } = libraryForTest({ timeZone: TIME_ZONE });
    const db = new Libsql(library.file);
    db.exec(`INSERT INTO sqlite_sequence (name, seq) VALUES ('listening_history', ${2 ** 45})`);
    const old = listenTo(library, { playedAt: START - 2 * YEAR });
    applied(library, { kind: 'note-listen', listenId: old, note: 'Far' });
    await archiveAll(library, START - YEAR);
    db.exec("UPDATE sqlite_sequence SET seq = 0 WHERE name = 'listening_history'");
    db.close();
    await restoreAll(library);
    expect(journal(library)).toMatchObject([{ id: 1, note: 'Far', playedAt: START - 2 * YEAR, witnesses: 1 }]);
    expect(applied(library, { kind: 'note-listen', listenId: old, note: 'Near' })).toMatchObject({ state: 'applied' });
    expect(journal(library)).toMatchObject([{ id: 1, note: 'Near' }]);
    library.close();
    expectSound(library.file);
  });

  test('is not revived by a repeated report, nor does a late report bring it back', async () => {
    const { library } = libraryForTest();
    listenTo(library, { playedAt: START - 2 * YEAR });
    await archiveAll(library, START - YEAR);
    expect(library.scrobbles.record([play({ playedAt: START - 2 * YEAR })])).toMatchObject([
      { state: 'known', listenId: null },
    ]);
    library.scrobbles.record([play({ playedAt: START - 2 * YEAR, source: 'roon', sourceKey: 'r1' })]);
    expect(journal(library)).toEqual([]);
    await restoreAll(library);
    expect(journal(library)).toMatchObject([{ witnesses: 2, source: 'roon' }]);
    expect(rollups(library)).toEqual([]);
  });

  test('plays of unknown date are at no time, and never too old', async () => {
    const { library } = libraryForTest();
    listenTo(library, { playedAt: DATE_UNKNOWN });
    expect(await archiveAll(library, START)).toMatchObject({ listens: 0, files: [] });
    expect(await namesOf(library)).toEqual([]);
  });

  test('the tracks stay known when nothing else holds them', async () => {
    const { library } = libraryForTest();
    const id = listenTo(library, { playedAt: START - 2 * YEAR, title: 'Blond blå' });
    listenTo(library, { playedAt: START - YEAR - 5 * DAY, title: 'Blond blå' });
    await archiveAll(library, START - YEAR - 10 * DAY);
    const [left] = journal(library);
    applied(library, { kind: 'delete-listen', listenId: left!.id });
    expect(
      documents<AlbumDocument>(library, 'albums').flatMap(({ tracks }) => tracks.map(({ title }) => title)),
    ).toEqual(['Blond blå']);
    await restoreAll(library);
    expect(journal(library).map((listen) => listen.id)).toEqual([id]);
  });

  test('a listen that changes while it is archived stays for the next time', async () => {
    const { library } = libraryForTest();
    const [changed] = [0, 1, 2].map((day) => listenTo(library, { playedAt: START - 2 * YEAR + day * DAY }));
    let turns = 0;
    const breathe = async () => {
      turns += 1;
      if (turns === 2) applied(library, { kind: 'note-listen', listenId: changed!, note: 'Just now' });
    };
    expect(await library.archive.removeBefore(START - YEAR, { breathe })).toMatchObject({ listens: 2, changed: 1 });
    expect(journal(library)).toMatchObject([{ id: changed, note: 'Just now' }]);
    expect(await archiveAll(library, START - YEAR)).toMatchObject({ listens: 1, changed: 0 });
    await restoreAll(library);
    expect(journal(library)).toMatchObject([{ id: changed, note: 'Just now' }, {}, {}]);
  });
});

describe('nothing is removed when its file', () => {
  const anOldListen = () => {
    const world = libraryForTest();
    listenTo(world.library, { playedAt: START - 2 * YEAR });
    return world;
  };

  test('meets a full disk', async () => {
    const { library, folder } = anOldListen();
    mkdirSync(join(folder, 'archive'));
    const partial = join(folder, 'archive', 'listens-2023-11-14-1.jsonl.partial');
    let turns = 0;
    // What is written under this name meets a device that is always full.
    const breathe = async () => {
      if ((turns += 1) === 1) symlinkSync('/dev/full', partial);
    };
    await expect(library.archive.removeBefore(START - YEAR, { breathe })).rejects.toThrow(
      `The archive listens-2023-11-14-1.jsonl could not be written: The disk that holds ${join(folder, 'archive')} is full`,
    );
    expect(journal(library)).toHaveLength(1);
    expect(readdirSync(join(folder, 'archive'))).toEqual([]);
    await expect(archiveAll(library, START - YEAR)).resolves.toMatchObject({ listens: 1 });
  });

  test('cannot be written where the folder is a file', async () => {
    const { library, folder } = anOldListen();
    writeFileSync(join(folder, 'archive'), '');
    await expect(archiveAll(library, START - YEAR)).rejects.toThrow('ENOTDIR');
    expect(journal(library)).toHaveLength(1);
    expect(rollups(library)).toEqual([]);
  });

  test('was damaged between writing and reading back', async () => {
    const { library, folder } = anOldListen();
    const breathe = async () => {
      for (const name of existsSync(join(folder, 'archive')) ? readdirSync(join(folder, 'archive')) : []) {
        const path = join(folder, 'archive', name);
        writeFileSync(path, readFileSync(path, 'utf8').replace('Bris', 'Brus'));
      }
    };
    await expect(library.archive.removeBefore(START - YEAR, { breathe })).rejects.toThrow(
      'its content was changed or damaged',
    );
    expect(journal(library)).toHaveLength(1);
    expect(await namesOf(library)).toEqual([]);
  });
});

describe('a damaged archive is refused', () => {
  test.each([
    ['cut off', (text: string) => text.slice(0, -40)],
    ['changed', (text: string) => text.replace('Bris', 'Brus')],
    ['of another kind', (text: string) => text.replace('aime-listens', 'somebody-elses')],
    ['empty', () => ''],
  ])('%s', async (_, damage) => {
    const { library, folder } = libraryForTest();
    listenTo(library, { playedAt: START - 2 * YEAR });
    await archiveAll(library, START - YEAR);
    const [name] = await namesOf(library);
    const path = join(folder, 'archive', name!);
    writeFileSync(path, damage(readFileSync(path, 'utf8')));
    await expect(library.archive.restore(name!, {})).rejects.toThrow(`The archive ${name} cannot be read`);
    expect(journal(library)).toEqual([]);
  });

  test('and one that is gone is listed as missing', async () => {
    const { library, folder } = libraryForTest();
    listenTo(library, { playedAt: START - 2 * YEAR });
    await archiveAll(library, START - YEAR);
    const [name] = await namesOf(library);
    rmSync(join(folder, 'archive', name!));
    expect(await library.archive.list()).toEqual([
      { name, bytes: null, createdAt: null, listens: 1, from: START - 2 * YEAR, to: START - 2 * YEAR },
    ]);
    await expect(library.archive.restore(name!, {})).rejects.toThrow('There is no archive');
    await expect(library.archive.restore('../musique.db', {})).rejects.toThrow('There is no archive');
  });
});

test('a library that never had the listens gets them from the evidence', async () => {
  const first = libraryForTest();
  const id = listenTo(first.library, { playedAt: START - 2 * YEAR });
  first.library.scrobbles.record([
    play({ playedAt: START - 2 * YEAR + 2, source: 'roon', sourceKey: 'r1', zone: 'Salon' }),
  ]);
  applied(first.library, { kind: 'note-listen', listenId: id, note: 'Again' });
  const before = journal(first.library);
  await archiveAll(first.library, START - YEAR);
  const [name] = await namesOf(first.library);
  const other = libraryForTest();
  mkdirSync(join(other.folder, 'archive'));
  writeFileSync(join(other.folder, 'archive', name!), readFileSync(join(first.folder, 'archive', name!)));
  expect(await other.library.archive.restore(name!, {})).toEqual({ listens: 0, recorded: 1, known: 0 });
  expect(await other.library.archive.restore(name!, {})).toEqual({ listens: 0, recorded: 0, known: 1 });
  expect(journal(other.library)).toMatchObject(before.map(({ trackId: _, ownerId: __, ...listen }) => listen));
});

test('the figures follow an album that was merged into another', async () => {
  const { library } = libraryForTest();
  listenTo(library, { playedAt: START - 2 * YEAR, album: 'Lysøen' });
  listenTo(library, { playedAt: START - DAY, album: 'Lysøen (Hommage à Ole Bull)' });
  await archiveAll(library, START - YEAR);
  const [one, other] = documents<AlbumDocument>(library, 'albums').sort((a, b) => Number(a.id) - Number(b.id));
  expect(applied(library, { kind: 'merge-albums', from: one!.id, into: other!.id }).state).toBe('applied');
  await library.followUps.run({});
  expect(rollups(library)).toMatchObject([{ albums: [[Number(other!.id), 1]] }]);
  expect(await library.rollups.verify({})).toMatchObject({ months: 1, listens: 1, repaired: 0 });
  await restoreAll(library);
  expect(journal(library).map(({ ownerId }) => ownerId)).toEqual([Number(other!.id), Number(other!.id)]);
});

test('a file that is lost keeps its name: found again, it brings its listens back beside those archived since', async () => {
  const { library, folder } = libraryForTest();
  const first = listenTo(library, { playedAt: START - 3 * YEAR });
  const later = listenTo(library, { playedAt: START - 2 * YEAR });
  const [lost] = (await archiveAll(library, START - 2.5 * YEAR)).files;
  renameSync(join(folder, 'archive', lost!), join(folder, 'elsewhere'));
  const [written] = (await archiveAll(library, START - YEAR)).files;
  expect(written).not.toBe(lost);
  renameSync(join(folder, 'elsewhere'), join(folder, 'archive', lost!));
  await restoreAll(library);
  expect(journal(library).map(({ id }) => id)).toEqual([first, later]);
});

test('a renamed file brings its listens back, unless the one they are filed under holds them as they were last', async () => {
  const { library, folder } = libraryForTest();
  const id = listenTo(library, { playedAt: START - 2 * YEAR });
  const [first] = (await archiveAll(library, START - YEAR)).files;
  const [before, after, renamed] = [first!, 'listens-2023-11-14-2.jsonl', 'listens-2023-11-14-7.jsonl'].map((name) =>
    join(folder, 'archive', name),
  );
  renameSync(before!, renamed!);
  expect(await library.archive.list()).toMatchObject([
    { name: 'listens-2023-11-14-7.jsonl', listens: 1, from: START - 2 * YEAR },
  ]);
  await library.archive.restore('listens-2023-11-14-7.jsonl', {});
  expect(journal(library)).toMatchObject([{ id }]);
  applied(library, { kind: 'note-listen', listenId: id, note: 'Later' });
  renameSync(renamed!, before!);
  expect((await archiveAll(library, START - YEAR)).files).toEqual(['listens-2023-11-14-2.jsonl']);
  expect(await library.archive.restore(first!, {})).toEqual({ listens: 0, recorded: 0, known: 1 });
  // Where the later one cannot be read, the earlier one is what there is.
  writeFileSync(after!, readFileSync(after!, 'utf8').replace('Later', 'Lat'));
  expect(await library.archive.restore(first!, {})).toMatchObject({ listens: 1 });
  const [back] = journal(library);
  expect([back!.id, back!.note]).toEqual([id, undefined]);
});

test.runIf(process.platform !== 'win32')('what bears the name of an archive and is no file is none', async () => {
  const { library, folder } = libraryForTest();
  const id = listenTo(library, { playedAt: START - 2 * YEAR });
  mkdirSync(join(folder, 'archive', 'listens-2020-01-01-1.jsonl'), { recursive: true });
  mkdirSync(join(folder, 'archive', 'listens-2020-01-01-9.jsonl.partial'));
  symlinkSync('/nowhere', join(folder, 'archive', 'listens-2020-01-01-2.jsonl'));
  execFileSync('mkfifo', [join(folder, 'archive', 'listens-2020-01-01-3.jsonl')]);
  const { files } = await archiveAll(library, START - YEAR);
  expect(await namesOf(library)).toEqual(files);
  await expect(library.archive.restore('listens-2020-01-01-3.jsonl', {})).rejects.toThrow('There is no archive');
  await restoreAll(library);
  expect(journal(library).map((listen) => listen.id)).toEqual([id]);
});

const report = fc.record({
  playedAt: fc.integer({ min: START - 3 * YEAR, max: START }),
  artist: fc.constantFrom('Nils Okland', 'Marée Lente', 'Óskar & Ninna'),
  title: fc.constantFrom('Bris', 'Slack Water', 'Ekko'),
  album: fc.constantFrom('Lysøen', 'Tidewater', undefined),
  source: fc.constantFrom('lastfm' as const, 'roon' as const),
  zone: fc.constantFrom('Salon', undefined),
  durationSeconds: fc.constantFrom(180, undefined),
});

class Cut extends Error {}

test('archived in any number of goes, cut off anywhere, and brought back: everything is as it was', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(report, { minLength: 1, maxLength: 40 }),
      fc.array(
        fc.record({
          cutoff: fc.integer({ min: START - 3 * YEAR, max: START }),
          turns: fc.integer({ min: 0, max: 12 }),
        }),
        { minLength: 1, maxLength: 5 },
      ),
      async (reports, goes) => {
        const { library, close } = libraryForTest({ timeZone: TIME_ZONE });
        try {
          const inputs: ScrobbleInput[] = reports.map((one, index) => play({ ...one, sourceKey: String(index) }));
          library.scrobbles.record(inputs);
          const [before, others] = [journal(library), rest(library)];
          const [albums, artists] = [
            documents<AlbumDocument>(library, 'albums'),
            documents<ArtistDocument>(library, 'artists'),
          ];
          for (const { cutoff, turns } of goes) {
            let left = turns;
            const breathe = async () => {
              if ((left -= 1) < 0) throw new Cut();
            };
            await library.archive.removeBefore(cutoff, { breathe }).catch((error: unknown) => {
              if (!(error instanceof Cut || (error as Error).cause instanceof Cut)) throw error;
            });
            const now = new Set(journal(library).map(({ id }) => id));
            const gone = before.filter(({ id }) => !now.has(id));
            expect(rollups(library)).toEqual(rollupsOf(gone, albums, artists));
            expect(gone.every(({ playedAt }) => playedAt < Math.max(...goes.map((go) => go.cutoff)))).toBe(true);
            expect(await library.rollups.verify({})).toMatchObject({ listens: gone.length, repaired: 0 });
          }
          await restoreAll(library);
          await restoreAll(library);
          expect(journal(library)).toEqual(before);
          expect(rollups(library)).toEqual([]);
          expect(rest(library)).toEqual(others);
          library.close();
          expectSound(library.file);
        } finally {
          close();
        }
      },
    ),
    { numRuns: 30 },
  );
});
