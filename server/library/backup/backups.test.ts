import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import Libsql from 'libsql';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { createCalendar } from '#shared/journal/calendar.ts';
import { untilFilesClosed } from '#server/library/testing/untilFilesClosed.ts';
import { silentLog } from '../../kit/log.ts';
import { packBackup, type PackOrder } from './pack.ts';
import { unpackBackup } from './unpack.ts';
import { backupName, backupsToKeep, backupTime, isBackupName, RETENTION } from '../files/backupNames.ts';
import { restoreBackup } from './restore.ts';
import type { BackupsOptions } from './backups.ts';
import type { Library } from '../api/library.ts';
import { holdDataFolder } from '../dataFolder/dataLock.ts';
import { clockAt, openBackupsAt } from '../testing/backups.ts';
import { libraryForTest, listenTo, play, START, openIn } from '../testing/library.ts';
import { expectSound } from '../testing/invariants.ts';

const DAY = 86_400;
const backupsOf = (
  library: Library,
  folder: string,
  at = START,
  more: Partial<BackupsOptions> = { pack: packBackup },
) => openBackupsAt(library, folder, at, more);

describe('which backups are kept', () => {
  const calendar = createCalendar('Europe/Zurich');
  const times = fc.uniqueArray(fc.integer({ min: START - 800 * DAY, max: START }), { maxLength: 120 });
  const asBackups = (list: readonly number[]) => list.map((createdAt) => ({ createdAt }));
  const retained = (list: readonly number[]) =>
    [...backupsToKeep(asBackups(list), calendar)].map(({ createdAt }) => createdAt).sort((a, b) => a - b);

  test('the last of each of 7 days, 4 weeks and 12 months', () => {
    fc.assert(
      fc.property(times, (list) => {
        const lastOf = (period: (seconds: number) => number | string, most: number) => {
          const groups = new Map<number | string, number>();
          for (const time of [...list].sort((a, b) => a - b)) groups.set(period(time), time);
          return [...groups.values()].slice(-most);
        };
        const expected = new Set([
          ...lastOf((time) => calendar.dayKey(time), RETENTION.daily),
          ...lastOf((time) => calendar.weekStart(time), RETENTION.weekly),
          ...lastOf((time) => calendar.monthKey(time), RETENTION.monthly),
        ]);
        expect(retained(list)).toEqual([...expected].sort((a, b) => a - b));
        expect(retained(list).length).toBeLessThanOrEqual(23);
      }),
    );
  });

  test('thinned out after each backup they are the same as thinned out at the end', () => {
    fc.assert(
      fc.property(times, (list) => {
        const ordered = [...list].sort((a, b) => a - b);
        let stepwise: number[] = [];
        for (const time of ordered) stepwise = retained([...stepwise, time]);
        expect(stepwise).toEqual(retained(ordered));
      }),
      { numRuns: 40 },
    );
  });
});

describe('names', () => {
  test('say when and why, and are never a path', () => {
    const name = backupName('scheduled', START * 1000 + 7);
    expect(name).toBe('musique-2023-11-14T22-13-20-007Z.zip');
    expect(backupTime(name)).toBe(START);
    expect(backupTime('musique-2023-11-14T22-13-20-007Z.db')).toBe(START);
    expect(backupTime('mine.db')).toBeNull();
    for (const bad of [
      '../musique.db',
      'a/b.db',
      'a\\b.db',
      '.db',
      '..db',
      'x',
      '',
      '.hidden.db',
      'a..b.db',
      `${'x'.repeat(300)}.db`,
      'x.zip.partial',
      'x.zip.partial.copy',
      'x.tar',
    ])
      expect(isBackupName(bad)).toBe(false);
  });
});

describe('a backup', () => {
  test('is a sound copy under its name, for the owner alone', async () => {
    const { library, folder } = libraryForTest();
    listenTo(library);
    const made = await backupsOf(library, folder).make('scheduled');
    expect(made).toMatchObject({
      name: 'musique-2023-11-14T22-13-20-000Z.zip',
      createdAt: START,
      kind: 'scheduled',
      folder: 'first',
      flaw: null,
      counts: { listens: 1, albums: 1 },
    });
    const path = join(folder, 'backups', made!.name);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    await unpackBackup(path, join(folder, 'unpacked'));
    expectSound(join(folder, 'unpacked', 'musique.db'));
    expect(readdirSync(join(folder, 'backups'))).toEqual([made!.name]);
  });

  test('says so when texts of the library are not UTF-8, and keeps them as they are', async () => {
    const { library, folder } = libraryForTest();
    listenTo(library);
    const db = new Libsql(library.file);
    db.exec(`UPDATE listening_history SET note = CAST(x'636166E9' AS TEXT)`);
    db.close();
    const warn = vi.fn();
    const made = await backupsOf(library, folder, START, { pack: packBackup, log: { ...silentLog, warn } }).make(
      'scheduled',
    );
    expect(made).toMatchObject({ flaw: null });
    expect(warn).toHaveBeenCalledWith(
      'backup.unreadable-texts',
      expect.objectContaining({ name: made!.name, texts: 1 }),
    );
  });

  test('is not made of an empty library', async () => {
    const { library, folder } = libraryForTest();
    expect(await backupsOf(library, folder).make('scheduled')).toBeNull();
    expect(existsSync(join(folder, 'backups')) ? readdirSync(join(folder, 'backups')) : []).toEqual([]);
  });

  test('is made once for two who ask at a time', async () => {
    const { library, folder } = libraryForTest();
    listenTo(library);
    const backups = backupsOf(library, folder);
    const [one, other] = await Promise.all([backups.make('by-hand'), backups.make('by-hand')]);
    expect(one).toEqual(other);
    expect(await backups.list()).toHaveLength(1);
  });

  test('made manually is a manual one, also while the scheduled one is being made', async () => {
    const { library, folder } = libraryForTest();
    listenTo(library);
    const backups = backupsOf(library, folder);
    const made = await Promise.all([
      backups.make('scheduled'),
      backups.make('by-hand'),
      backups.make('by-hand', { covers: true }),
      backups.make('scheduled'),
    ]);
    expect(made.map((backup) => backup!.kind)).toEqual(['scheduled', 'by-hand', 'by-hand', 'scheduled']);
    expect(
      (await backups.list())
        .filter(({ kind }) => kind === 'by-hand')
        .map(({ covers }) => covers)
        .sort(),
    ).toEqual([false, true]);
  });

  test('that meets a full disk says so and leaves nothing behind', async () => {
    const { library, folder } = libraryForTest();
    listenTo(library);
    mkdirSync(join(folder, 'backups'), { recursive: true });
    symlinkSync('/dev/full', join(folder, 'backups', 'musique-2023-11-14T22-13-20-000Z.zip.partial'));
    await expect(backupsOf(library, folder).make('scheduled')).rejects.toThrow(
      `The backup could not be made: The disk that holds ${join(folder, 'backups')} is full`,
    );
    expect(readdirSync(join(folder, 'backups'))).toEqual([]);
    expect(await backupsOf(library, folder).make('scheduled')).not.toBeNull();
  });

  test('whose folder is a file says so', async () => {
    const { library, folder } = libraryForTest();
    listenTo(library);
    rmSync(join(folder, 'backups'), { recursive: true, force: true });
    writeFileSync(join(folder, 'backups'), '');
    await expect(backupsOf(library, folder).make('scheduled')).rejects.toThrow('The backup could not be made');
  });

  test('that is not sound never gets its name', async () => {
    const { library, folder } = libraryForTest();
    listenTo(library);
    const pack = async (order: PackOrder) => {
      const manifest = await packBackup(order);
      return { ...manifest, lastSeq: manifest.lastSeq - 1 };
    };
    await expect(backupsOf(library, folder, START, { pack }).make('scheduled')).rejects.toThrow('not of this library');
    expect(readdirSync(join(folder, 'backups'))).toEqual([]);
  });

  test('lists by-hand ones beside the rest; prunes scheduled ones and leftovers only', async () => {
    const { library, folder } = libraryForTest();
    listenTo(library);
    await backupsOf(library, folder, START - 3 * DAY).make('by-hand');
    for (let day = 40; day >= 0; day -= 1) await backupsOf(library, folder, START - day * DAY).make('scheduled');
    writeFileSync(join(folder, 'backups', 'musique-2023-01-01T00-00-00-000Z.db.partial'), 'half');
    writeFileSync(join(folder, 'backups', 'musique-2023-01-01T00-00-00-000Z.zip.partial.copy-journal'), 'half');
    const backups = backupsOf(library, folder);
    const removed = await backups.prune();
    const left = await backups.list();
    expect(left.filter(({ kind }) => kind === 'scheduled')).toHaveLength(7 + 2 + 1);
    expect(removed).toHaveLength(41 - 10);
    expect(left.filter(({ kind }) => kind === 'by-hand')).toHaveLength(1);
    expect(readdirSync(join(folder, 'backups')).filter((name) => name.includes('.partial'))).toEqual([]);
    expect(await backups.prune()).toEqual([]);
    expect(await backups.remove(left[0]!.name)).toBe('removed');
    expect(await backups.remove('../musique.db')).toBe('none');
    expect(await backups.pathOf(left[0]!.name)).toBeNull();
  });
});

test('a backup taken by a process of its own under write load is whole, and restores', async () => {
  const { library, folder, close } = libraryForTest();
  library.scrobbles.record(
    Array.from({ length: 3_000 }, (_, index) => play({ playedAt: START - 300 * index, title: `Title ${index % 90}` })),
  );
  const backups = backupsOf(library, folder, START, {});
  let written = 0;
  let done = false;
  const making = backups.make('scheduled').finally(() => (done = true));
  while (!done) {
    library.scrobbles.record([play({ playedAt: START + 300 * (written += 1) })]);
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  const made = await making;
  expect(written).toBeGreaterThan(3);
  const before = library.feed.epoch;
  library.close();
  await untilFilesClosed();

  const file = join(folder, 'backups', made!.name);
  const restored = await restoreBackup({
    file,
    dataDir: folder,
    configDir: join(folder, 'config'),
    clock: clockAt(START + DAY),
  });
  expect(restored).toMatchObject({
    wasDamaged: false,
    saved: join(folder, 'backups', backupName('before-restore', (START + DAY) * 1000)),
  });
  expect(restored.listens).toBeGreaterThanOrEqual(3_000);
  expect(restored.listens).toBeLessThanOrEqual(3_000 + written);
  expectSound(library.file);
  await unpackBackup(restored.saved!, join(folder, 'saved'));
  expectSound(join(folder, 'saved', 'musique.db'));
  const again = openIn(folder, { clock: clockAt(START + DAY), timeZone: 'Europe/Paris' });
  try {
    expect(again.feed.epoch).not.toBe(before);
    // The copy is of one moment: what was recorded before it is there without a gap, and nothing of after.
    const times = again.scrobbles
      .between('lastfm', START + 1, START + 300 * (written + 1))
      .map(({ playedAt }) => (playedAt - START) / 300);
    expect(times).toEqual(times.map((_, index) => index + 1));
  } finally {
    again.close();
    close();
  }
});

describe('a restore', () => {
  const withBackup = async () => {
    const world = libraryForTest();
    listenTo(world.library);
    const backups = backupsOf(world.library, world.folder);
    const made = await backups.make('by-hand');
    listenTo(world.library, { playedAt: START + 900 });
    world.library.close();
    await untilFilesClosed();
    const restore = (file: string) =>
      restoreBackup({
        file,
        dataDir: world.folder,
        configDir: join(world.folder, 'config'),
        clock: clockAt(START + DAY),
      });
    return { ...world, file: join(world.folder, 'backups', made!.name), restore };
  };
  const listensIn = (file: string) => {
    const db = new Libsql(file);
    const [row] = db.prepare('SELECT count(*) AS n FROM listening_history').all() as { n: number }[];
    db.close();
    return row!.n;
  };

  test.each([
    ['a file that is not there', (folder: string) => join(folder, 'nothing.db'), 'There is no file'],
    [
      'a file that is no database',
      (folder: string) => (writeFileSync(join(folder, 'x.db'), 'text '.repeat(500)), join(folder, 'x.db')),
      'cannot be restored',
    ],
    [
      'somebody else’s database',
      (folder: string) => {
        const db = new Libsql(join(folder, 'other.db'));
        db.exec('CREATE TABLE things (id INTEGER)');
        db.close();
        return join(folder, 'other.db');
      },
      'not a library of AIME',
    ],
  ])('refuses %s, and changes nothing', async (_, make, message) => {
    const { folder, library, restore } = await withBackup();
    await expect(restore(make(folder))).rejects.toThrow(message);
    expect(listensIn(library.file)).toBe(2);
    expect(readdirSync(folder).filter((name) => name.includes('restoring'))).toEqual([]);
  });

  test('brings back one whose texts are not UTF-8, and says that they are to be mended', async () => {
    const { library, folder, restore } = await withBackup();
    const old = join(folder, 'old.db');
    copyFileSync(library.file, old);
    const db = new Libsql(old);
    db.exec(`UPDATE listening_history SET note = CAST(x'636166E9' AS TEXT)`);
    db.close();
    expect(await restore(old)).toMatchObject({ listens: 2, unreadableTexts: 2 });
    expect(listensIn(library.file)).toBe(2);
  });

  test('refuses a truncated backup and one of a newer AIME', async () => {
    const { file, library, folder, restore } = await withBackup();
    const database = join(folder, 'newer.db');
    await unpackBackup(file, join(folder, 'unpacked'));
    copyFileSync(join(folder, 'unpacked', 'musique.db'), database);
    const db = new Libsql(database);
    db.exec('PRAGMA user_version = 9999');
    db.close();
    await expect(restore(database)).rejects.toThrow('newer AIME');
    truncateSync(file, Math.floor(statSync(file).size / 2));
    await expect(restore(file)).rejects.toThrow('cannot be restored');
    expect(listensIn(library.file)).toBe(2);
  });

  test('brings a backup back even where today’s library is damaged, which is set aside', async () => {
    const { file, library, restore } = await withBackup();
    for (const part of ['-wal', '-shm']) rmSync(library.file + part, { force: true });
    writeFileSync(library.file, 'this was a database');
    const { saved, ...restored } = await restore(file);
    expect(restored).toMatchObject({ wasDamaged: true });
    expect(listensIn(library.file)).toBe(1);
    expect(readFileSync(saved!, 'utf8')).toBe('this was a database');
  });

  test('brings a backup back where there is no library (any more)', async () => {
    const { file, library, restore } = await withBackup();
    rmSync(library.file);
    expect(await restore(file)).toMatchObject({ saved: null, listens: 1 });
    expect(listensIn(library.file)).toBe(1);
  });
});

test('a data folder is held by one at a time', () => {
  const folder = mkdtempSync(join(tmpdir(), 'aime-lock-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const lock = holdDataFolder(folder, () => undefined);
  expect(() => holdDataFolder(folder, () => undefined)).toThrow(`process ${process.pid}`);
  expect(lock.keep()).toBe(false);
  lock.letGo();

  const first = holdDataFolder(folder, () => undefined);
  rmSync(join(folder, 'server.lock'));
  expect(first.keep()).toBe(true);
  expect(() => holdDataFolder(folder, () => undefined)).toThrow('already');
  rmSync(join(folder, 'server.lock'));
  const second = holdDataFolder(folder, () => undefined);
  expect(() => first.keep()).toThrow('already');
  second.letGo();
  expect(first.keep()).toBe(true);
  first.letGo();
});

test('what programs that were killed left of looking at a backup goes at the next start; nothing that may be in use or somebody else’s', () => {
  const folder = mkdtempSync(join(tmpdir(), 'aime-looks-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const made = (name: string, ageSeconds: number, inner = 'archive/a.jsonl') => {
    mkdirSync(join(folder, name, 'archive'), { recursive: true });
    writeFileSync(join(folder, name, inner), 'x');
    const at = Date.now() / 1000 - ageSeconds;
    for (const each of [inner, 'archive', '.']) utimesSync(join(folder, name, each), at, at);
  };
  made('.look-Ab3dE9', 7_200);
  made('.look-inUse1', 7_200);
  utimesSync(join(folder, '.look-inUse1', 'archive', 'a.jsonl'), Date.now() / 1000, Date.now() / 1000);
  made('.look-at-this', 7_200);
  made('elsewhere', 7_200);
  symlinkSync(join(folder, 'elsewhere'), join(folder, '.look-linked'));
  writeFileSync(join(folder, '.look-aFile1'), 'x');
  utimesSync(join(folder, '.look-aFile1'), 1, 1);

  holdDataFolder(folder, () => undefined).letGo();
  const left = readdirSync(folder)
    .filter((name) => !name.startsWith('server.lock'))
    .sort();
  expect(left).toEqual(['.look-aFile1', '.look-at-this', '.look-inUse1', '.look-linked', 'elsewhere']);
  expect(existsSync(join(folder, 'elsewhere', 'archive', 'a.jsonl'))).toBe(true);
});
