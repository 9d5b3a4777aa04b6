import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createHttpApp } from '../../http/app.ts';
import { backupRoutes } from '../../http/routes/backups.ts';
import { untilFilesClosed } from '#server/library/testing/untilFilesClosed.ts';
import { silentLog } from '../../kit/log.ts';
import { restoreBackup } from './restore.ts';
import { backupName } from '../files/backupNames.ts';
import type { BackupsOptions } from './backups.ts';
import type { Library } from '../api/library.ts';
import { haveRoom, writeFailure } from '../files/durableFile.ts';
import { restorePlan } from './restorePlan.ts';
import { clockAt, openBackupsAt } from '../testing/backups.ts';
import { libraryForTest, listenTo, START, openIn } from '../testing/library.ts';
import { listBackups } from './listing.ts';
import { type BackupManifest, databaseFacts, MANIFEST } from './manifest.ts';
import { packBackup, type PackOrder } from './pack.ts';
import { writeZip } from './zip.ts';

const DAY = 86_400;
/** Of what a backup is, without its content: nights by the dozen are made in no time. */
async function labelOnly({ dataDir, target, createdAt, secrets, covers }: PackOrder): Promise<BackupManifest> {
  const { archives, ...facts } = databaseFacts(join(dataDir, 'musique.db'));
  const manifest: BackupManifest = {
    format: 'aime-backup',
    version: 1,
    createdAt,
    program: '',
    ...facts,
    holds: { secrets, covers },
    unreadableTexts: 0,
    missing: archives.map(({ name }) => name),
    damaged: [],
    files: [],
  };
  await writeZip(target, async (zip) => void (await zip.addText(JSON.stringify(manifest), MANIFEST)));
  return manifest;
}
const backupsOf = (library: Library, folder: string, at = START, more: Partial<BackupsOptions> = {}) =>
  openBackupsAt(library, folder, at, { pack: labelOnly, ...more });
const emptyFolder = () => {
  const folder = mkdtempSync(join(tmpdir(), 'aime-disk-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
};
const household = () => {
  const { library, folder } = libraryForTest();
  listenTo(library);
  let heard = 0;
  /** A night: something was played since the last, and the job makes a backup and thins out. @returns the name of what it made. */
  const night = async (at: number, second: string | null = null, pack: BackupsOptions['pack'] = labelOnly) => {
    listenTo(library, { playedAt: START - 900 * (heard += 1) });
    const backups = backupsOf(library, folder, at, { secondFolder: () => second, pack });
    const made = (await backups.make('scheduled'))!;
    await backups.prune();
    return made.name;
  };
  return {
    library,
    folder,
    night,
    inFirst: () =>
      readdirSync(join(folder, 'backups'))
        .filter((name) => name.endsWith('.zip'))
        .sort(),
  };
};
const nameAt = (seconds: number) => backupName('scheduled', seconds * 1000);

describe('two libraries with one second folder', () => {
  test('keep each other’s backups there, and each lists its own alone', async () => {
    const disk = emptyFolder();
    const [one, other] = [household(), household()];
    const names = [
      await one.night(START, disk),
      await other.night(START + 60, disk),
      await one.night(START + 120, disk),
    ];
    // Of one library's two of a day the last stays, and nothing of the other's goes.
    expect(readdirSync(disk).sort()).toEqual([names[1], names[2]]);
    await backupsOf(other.library, other.folder, START + 3 * DAY, { secondFolder: () => disk }).prune();
    expect(readdirSync(disk).sort()).toEqual([names[1], names[2]]);

    rmSync(join(disk, names[1]!));
    const status = await backupsOf(other.library, other.folder, START + 200, { secondFolder: () => disk }).status();
    expect(status).toMatchObject({ secondLastGoodAt: null, problem: { code: 'second' } });
  });

  test('have none of one name, and neither takes the other’s copy away', async () => {
    const disk = emptyFolder();
    const [one, other] = [household(), household()];
    const names = [await one.night(START, disk), await other.night(START, disk)];
    expect(readdirSync(disk).sort()).toEqual([...names].sort());
    expect(new Set(names).size).toBe(2);

    // As when both were made while the disk was away.
    renameSync(join(other.folder, 'backups', names[1]!), join(other.folder, 'backups', names[0]!));
    rmSync(join(disk, names[1]!));
    const backups = backupsOf(other.library, other.folder, START + 60, { secondFolder: () => disk });
    const later = await backups.make('by-hand');
    expect(readdirSync(disk).sort()).toEqual([later!.name, names[0]!].sort());
    expect(await backups.remove(names[0]!)).toBe('removed');
    expect(readdirSync(disk)).toContain(names[0]);
  });

  test('what one is copying there is not swept away by the other', async () => {
    const disk = emptyFolder();
    const { library, folder, night } = household();
    const own = await night(START, disk);
    for (const name of [own, nameAt(START + 5), nameAt(START + 9)])
      writeFileSync(join(disk, `${name}.partial`), 'half');
    utimesSync(join(disk, `${nameAt(START + 9)}.partial`), 1, 1);
    await backupsOf(library, folder, START + 60, { secondFolder: () => disk }).cleanUp();
    expect(readdirSync(disk).filter((name) => name.includes('partial'))).toEqual([`${nameAt(START + 5)}.partial`]);
  });
});

describe('the backups of a library that is not the served one', () => {
  test('stay, whatever the library that was begun after it backs up', async () => {
    const lost = household();
    const names = [await lost.night(START - 2 * DAY), await lost.night(START - 60)];
    const { folder, night, inFirst, library } = household();
    mkdirSync(join(folder, 'backups'));
    for (const name of names) copyFileSync(join(lost.folder, 'backups', name), join(folder, 'backups', name));
    expect(await backupsOf(library, folder, START + 3 * DAY).status()).toMatchObject({
      lastGoodAt: null,
      problem: { code: 'none' },
    });
    const made: string[] = [];
    for (let day = 0; day < 2; day += 1) made.push(await night(START + day * DAY));
    expect(inFirst()).toEqual(expect.arrayContaining([...names, made.at(-1)]));
  });

  test('a restored library thins out what was made before, and a copy of its folder made elsewhere is left its own', async () => {
    const { library, folder, night } = household();
    const disk = emptyFolder();
    const first = await night(START - 20 * DAY, disk);
    const second = await night(START - DAY, disk, packBackup);
    library.close();
    await untilFilesClosed();
    const elsewhere = emptyFolder();
    const restored = async (dataDir: string) => {
      await restoreBackup({
        file: join(disk, second),
        dataDir,
        configDir: join(dataDir, 'config'),
        clock: clockAt(START),
      });
      const again = openIn(dataDir, { clock: clockAt(START), timeZone: 'Europe/Paris' });
      onTestFinished(() => again.close());
      return again;
    };
    const [here, there] = [await restored(folder), await restored(elsewhere)];
    const makeAndPrune = async (of: Library, dataDir: string, at: number) => {
      listenTo(of, { playedAt: at });
      const backups = backupsOf(of, dataDir, at, { secondFolder: () => disk });
      const { name } = (await backups.make('scheduled'))!;
      await backups.prune();
      return name;
    };
    const theirs = await makeAndPrune(there, elsewhere, START + 60);
    const own: string[] = [];
    for (let day = 0; day < 9; day += 1) own.push(await makeAndPrune(here, folder, START + 120 + day * DAY));
    expect(readdirSync(disk)).toEqual(expect.arrayContaining([theirs, own.at(-1), first]));
    // Of before the restore, by the rule: the last of its week or month.
    expect(readdirSync(disk)).not.toContain(own[0]);
  });
});

describe('under a clock that is wrong', () => {
  test('that went back, the one made just now and every right one stay', async () => {
    const { night, inFirst } = household();
    for (let day = 60; day >= 0; day -= day > 12 ? 12 : 1) await night(START - day * DAY);
    const right = inFirst();
    expect(right.length).toBeGreaterThan(8);
    const behind: string[] = [];
    for (let day = 40; day > 32; day -= 1) {
      behind.push(await night(START - day * DAY + 60));
      expect(inFirst()).toEqual(expect.arrayContaining([...right, ...behind.slice(-7)]));
    }
    const after = await night(START + DAY);
    expect(inFirst()).toEqual(expect.arrayContaining([after, ...right.slice(-5), ...behind.slice(-7)]));
  });

  test('that was years ahead for some nights, those of the right nights since stay', async () => {
    const { night, inFirst } = household();
    for (let day = 0; day < 8; day += 1) await night(START + (700 + day) * DAY);
    const since: string[] = [];
    for (let day = 0; day < 8; day += 1) {
      since.push(await night(START + day * DAY));
      expect(inFirst()).toEqual(expect.arrayContaining(since.slice(-7)));
    }
    expect(inFirst().length).toBeLessThan(24);
  });

  test('that begins earlier with each start, not all of them stay for ever', async () => {
    const { night, inFirst } = household();
    let made = '';
    for (let start = 0; start < 14; start += 1) made = await night(START - start * 60);
    expect(inFirst()).toContain(made);
    expect(inFirst().length).toBeLessThan(8);
  });
});

test('a second folder that is the first by another name is no second copy, and that is reported', async () => {
  const { library, folder } = household();
  mkdirSync(join(folder, 'backups'));
  const link = join(emptyFolder(), 'link');
  symlinkSync(join(folder, 'backups'), link);
  const backups = backupsOf(library, folder, START, { secondFolder: () => link });
  const made = (await backups.make('scheduled'))!;
  expect(await backups.status()).toMatchObject({
    secondLastGoodAt: null,
    problem: {
      code: 'second',
      reason: expect.stringContaining('is the folder of the backups itself') as unknown,
      problem: { code: 'folder-is-first', params: { folder: link } },
    },
  });
  expect((await backups.list()).map(({ folder: where }) => where)).toEqual(['first']);
  expect((await listBackups(folder, link)).map(({ name }) => name)).toEqual([made.name]);
  // Nothing new to be copied: it is reported all the same.
  await backups.make('scheduled');
  expect((await backups.status()).problem).toMatchObject({ code: 'second' });
});

test('a backup that cannot be removed is reported with a message, and its copy that can goes', async () => {
  const { library, folder, night } = household();
  const disk = emptyFolder();
  const name = await night(START, disk);
  const backups = backupsOf(library, folder, START, {
    secondFolder: () => disk,
    removeFile: async (path) => {
      if (path.startsWith(disk)) throw Object.assign(new Error('EROFS: read-only file system'), { code: 'EROFS' });
      rmSync(path);
    },
  });
  const watch = { look: () => undefined, status: () => backups.status() };
  const app = createHttpApp({
    routes: backupRoutes(backups, restorePlan(folder, folder), watch),
    library,
    token: undefined,
    corsOrigins: [],
    webRoot: folder,
    log: silentLog,
    gauges: () => Promise.resolve([]),
  });
  const answer = await app.request(`/api/v1/backups/${name}`, { method: 'DELETE' });
  expect([answer.status, await answer.text()]).toEqual([
    503,
    expect.stringContaining(`${name} could not be removed: ${disk} cannot be written to`),
  ]);
  expect([existsSync(join(folder, 'backups', name)), existsSync(join(disk, name))]).toEqual([false, true]);
});

test('why a file cannot be brought back is a case too', async () => {
  const { library, folder } = household();
  const first = join(folder, 'backups');
  mkdirSync(first, { recursive: true });
  const names = ['.zip', '.zip', '.zip', '.db'].map((ending, day) =>
    backupName('scheduled', (START + day * DAY) * 1000).replace('.zip', ending),
  );
  writeFileSync(join(first, names[0]!), 'no zip');
  await writeZip(join(first, names[1]!), async (zip) => void (await zip.addText('{}', 'holiday.json')));
  await writeZip(
    join(first, names[2]!),
    async (zip) => void (await zip.addText('{"format":"aime-backup","version":2}', MANIFEST)),
  );
  writeFileSync(join(first, names[3]!), 'no database');
  const listed = await backupsOf(library, folder).list();
  expect(names.map((name) => listed.find((backup) => backup.name === name)!.problem?.code)).toEqual([
    'backup-unsound',
    'backup-foreign',
    'backup-newer',
    'backup-unsound',
  ]);
  expect(listed.every(({ flaw }) => flaw !== null)).toBe(true);
});

test('a disk without room for a backup is reported with how much it lacks, and where', async () => {
  const room = await haveRoom(1e18, tmpdir()).catch((error: unknown) =>
    writeFailure(error, tmpdir(), { code: 'backup-failed' }),
  );
  expect(room).toMatchObject({
    reason: expect.stringContaining('1000000000000 MB') as string,
    problem: { code: 'folder-short', params: { needed: 1e12, folder: tmpdir() } },
  });
  expect(
    writeFailure(Object.assign(new Error('x'), { code: 'ENOSPC' }), '/disk', { code: 'backup-failed' }).problem,
  ).toEqual({ code: 'folder-full', params: { folder: '/disk' } });
  expect(
    writeFailure(Object.assign(new Error('x'), { code: 'EROFS' }), '/disk', { code: 'backup-failed' }).problem,
  ).toEqual({ code: 'folder-not-writable', params: { folder: '/disk' } });
});
