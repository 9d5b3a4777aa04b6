import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { untilFilesClosed } from '#server/library/testing/untilFilesClosed.ts';
import { silentLog } from '../../kit/log.ts';
import { restoreBackup } from './restore.ts';
import type { Backups } from '../api/backups.ts';
import { openBackups } from './backups.ts';
import type { Library } from '../api/library.ts';
import { holdDataFolder } from '../dataFolder/dataLock.ts';
import { clockAt, openBackupsAt } from '../testing/backups.ts';
import { applied, libraryForTest, listenTo, newUuid, replicaOf, START, openIn } from '../testing/library.ts';
import { expectSound } from '../testing/invariants.ts';
import { listBackups } from './listing.ts';
import { packBackup } from './pack.ts';
import { unpackBackup } from './unpack.ts';

const DAY = 86_400;
const YEAR = 365 * DAY;
const SECRETS = { lastfm: { sessionKey: 'sk-9f27b1c4' }, discogs: { token: 'dt-77aa01' } };
const ROON = { 'core-1': 'roon-token-5511' };
const SECRET_VALUES = ['sk-9f27b1c4', 'dt-77aa01', 'roon-token-5511'];

/** Restores a backup into a data folder, and its secrets into a folder of their own where one is named. */
const restoreOn = (file: string, dataDir: string, configDir = dataDir) =>
  restoreBackup({ file, dataDir, configDir, clock: clockAt(START) });

const emptyFolder = () => {
  const folder = mkdtempSync(join(tmpdir(), 'aime-machine-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
};

/** A household with something of everything: a journal, an archive, a playlist, reactions, settings, secrets, a cover. */
async function household() {
  const world = libraryForTest();
  const { library, folder } = world;
  const configDir = join(folder, 'config');
  for (let day = 0; day < 6; day += 1)
    listenTo(library, { playedAt: START - 2 * YEAR + day * DAY, title: `Old ${day}`, zone: 'Salon' });
  const recent = listenTo(library, { playedAt: START - DAY });
  applied(library, { kind: 'note-listen', listenId: recent, note: 'With the windows open' });
  applied(library, { kind: 'love-track', trackId: library.reads.listen(recent)!.track.id, loved: true });
  await library.archive.removeBefore(START - YEAR, {});
  library.settings.set('lastfm.username', 'marie');
  library.states.set('tracker:lastfm', { running: true });
  mkdirSync(configDir);
  writeFileSync(join(configDir, 'secrets.json'), JSON.stringify(SECRETS));
  writeFileSync(join(folder, 'roon-tokens.json'), JSON.stringify(ROON));
  mkdirSync(join(folder, 'covers'));
  writeFileSync(join(folder, 'covers', `${'ab'.repeat(16)}-400.webp`), 'a picture');
  return { ...world, configDir };
}

const backupsOf = (library: Library, folder: string, at = START, second: string | null = null): Backups =>
  openBackupsAt(library, folder, at, { secondFolder: () => second, pack: packBackup });

const openAgain = (folder: string) => {
  const library = openIn(folder, { clock: clockAt(START), timeZone: 'Europe/Paris' });
  onTestFinished(() => library.close());
  return library;
};

/** Everything below a folder, as bytes: what a grep over an unpacked backup would read. */
const bytesBelow = (folder: string): string =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'))
    .join('\n');

describe('a backup of everything', () => {
  test('brought back on an empty machine gives the same library, archived listens included', async () => {
    const { library, folder } = await household();
    const made = await backupsOf(library, folder).make('by-hand', { covers: true });
    expect(made).toMatchObject({
      holds: 'everything',
      secrets: false,
      covers: true,
      counts: { listens: 1, archived: 6 },
    });
    const [counts, documents] = [library.reads.counts(), replicaOf(library)];

    const machine = emptyFolder();
    const restored = await restoreOn(join(folder, 'backups', made!.name), machine, join(machine, 'config'));
    expect(restored).toMatchObject({ listens: 1, archived: 6, saved: null });
    const again = openAgain(machine);
    expect(again.reads.counts()).toEqual(counts);
    expect(new Map([...replicaOf(again)].sort())).toEqual(new Map([...documents].sort()));
    expect(again.settings.all()).toMatchObject({ 'lastfm.username': 'marie' });
    expect(again.states.get('tracker:lastfm')).toEqual({ running: true });
    expect(readFileSync(join(machine, 'covers', `${'ab'.repeat(16)}-400.webp`), 'utf8')).toBe('a picture');
    for (const { name } of await again.archive.list()) await again.archive.restore(name, {});
    expect(again.reads.counts().listens).toBe(7);
    expectSound(again.file);
  });

  test('has no secret unless a person asked for it', async () => {
    const { library, folder } = await household();
    for (const content of [{}, { secrets: true }]) {
      const made = await backupsOf(library, folder, START + ('secrets' in content ? 60 : 0)).make('by-hand', content);
      const unpacked = emptyFolder();
      await unpackBackup(join(folder, 'backups', made!.name), unpacked);
      const bytes = bytesBelow(unpacked) + readFileSync(join(folder, 'backups', made!.name), 'latin1');
      expect(SECRET_VALUES.filter((mark) => bytes.includes(mark))).toEqual('secrets' in content ? SECRET_VALUES : []);
    }
  });

  test('brings secrets to a machine that has none; one that has its own keeps them', async () => {
    const { library, folder } = await household();
    const made = await backupsOf(library, folder).make('by-hand', { secrets: true });
    const file = join(folder, 'backups', made!.name);
    const machine = emptyFolder();
    const configDir = join(machine, 'config');
    const secrets = () => JSON.parse(readFileSync(join(configDir, 'secrets.json'), 'utf8')) as unknown;
    await restoreOn(file, machine, configDir);
    expect(secrets()).toEqual(SECRETS);
    writeFileSync(
      join(configDir, 'secrets.json'),
      JSON.stringify({ lastfm: { sessionKey: 'newer' }, euria: { token: 'mine' } }),
    );
    await untilFilesClosed();
    await restoreOn(file, machine, configDir);
    expect(secrets()).toEqual({ ...SECRETS, lastfm: { sessionKey: 'newer' }, euria: { token: 'mine' } });
    expect(JSON.parse(readFileSync(join(machine, 'roon-tokens.json'), 'utf8'))).toEqual(ROON);
  });

  test('is refused wherever it is damaged, and nothing changes', async () => {
    const { library, folder } = await household();
    const made = await backupsOf(library, folder).make('by-hand', { secrets: true, covers: true });
    const whole = readFileSync(join(folder, 'backups', made!.name));
    const machine = emptyFolder();
    const file = join(machine, 'damaged.zip');
    for (let at = 40; at < whole.length; at += Math.ceil(whole.length / 40)) {
      const damaged = Buffer.from(whole);
      damaged[at] = damaged[at]! ^ 0xff;
      writeFileSync(file, damaged);
      // A bit that means nothing (a time stamp in the zip's own lists) may go; what is restored then is whole.
      const outcome = await restoreOn(file, machine, join(machine, 'config')).catch((error: Error) => error);
      if (outcome instanceof Error) expect(existsSync(join(machine, 'musique.db'))).toBe(false);
      else expect(outcome).toMatchObject({ listens: 1, archived: 6 });
      for (const name of ['musique.db', 'archive', 'restoring', 'restoring.partial'])
        rmSync(join(machine, name), { recursive: true, force: true });
    }
  });

  test('names archive files that are damaged; such a one never takes the place of a sound one', async () => {
    const { library, folder, configDir } = await household();
    const { name } = (await library.archive.list())[0]!;
    const path = join(folder, 'archive', name);
    const sound = readFileSync(path, 'utf8');
    const damaged = sound.replace('Old 3', 'Olb 3');
    writeFileSync(path, damaged);
    const made = await backupsOf(library, folder).make('by-hand');
    const file = join(folder, 'backups', made!.name);
    expect(made).toMatchObject({ flaw: null, lacks: [name] });
    expect((await backupsOf(library, folder).status()).problem).toEqual({
      code: 'archive',
      reason: name,
      problem: { code: 'archive-lacks', params: { files: name } },
    });
    expect(await unpackBackup(file, emptyFolder())).toMatchObject({ missing: [], damaged: [name] });
    const machine = emptyFolder();
    expect(await restoreOn(file, machine)).toMatchObject({
      archived: 6,
      unheld: 6,
    });
    expect(readFileSync(join(machine, 'archive', name), 'utf8')).toBe(damaged);

    writeFileSync(path, sound);
    library.close();
    await untilFilesClosed();
    expect(await restoreOn(file, folder, configDir)).toMatchObject({
      archived: 6,
      unheld: 0,
    });
    expect(readFileSync(path, 'utf8')).toBe(sound);
    expect(
      readdirSync(join(folder, 'archive'))
        .map((each) => readFileSync(join(folder, 'archive', each), 'utf8'))
        .sort(),
    ).toEqual([sound, damaged].sort());
    const again = openAgain(folder);
    // The damaged one that was put beside it is nobody's, and alarms nobody.
    expect(await backupsOf(again, folder, START + 60).make('by-hand')).toMatchObject({ lacks: [] });
    expect((await backupsOf(again, folder, START + 60).status()).problem).toBeNull();
    await again.archive.restore(name, {});
    expect(again.reads.counts().listens).toBe(7);
  });

  test('names archive files that were lost, and is made all the same', async () => {
    const { library, folder } = await household();
    const { name } = (await library.archive.list())[0]!;
    rmSync(join(folder, 'archive', name));
    const made = await backupsOf(library, folder).make('by-hand');
    expect(made).toMatchObject({ lacks: [name] });
    expect((await backupsOf(library, folder).status()).problem).toEqual({
      code: 'archive',
      reason: name,
      problem: { code: 'archive-lacks', params: { files: name } },
    });
    expect((await unpackBackup(join(folder, 'backups', made!.name), emptyFolder())).missing).toEqual([name]);
    const machine = emptyFolder();
    expect(await restoreOn(join(folder, 'backups', made!.name), machine)).toMatchObject({ archived: 6, unheld: 6 });
  });

  test.runIf(process.platform !== 'win32')(
    'is made and brought back whatever bears the name of one of its files',
    async () => {
      const { library, folder, configDir } = await household();
      const strangers = (where: string, names: readonly [folder: string, link: string, pipe: string]) => {
        mkdirSync(join(folder, where, names[0]), { recursive: true });
        symlinkSync('/nowhere', join(folder, where, names[1]));
        execFileSync('mkfifo', [join(folder, where, names[2])]);
      };
      strangers('archive', ['listens-2020-01-01-1.jsonl', 'listens-2020-01-01-2.jsonl', 'listens-2020-01-01-3.jsonl']);
      strangers('covers', [1, 2, 3].map((n) => `${`0${n}`.repeat(16)}-400.webp`) as [string, string, string]);
      strangers('backups', ['musique-2020-01-01T00-00-00-000Z.zip', 'by-hand-x.zip', 'by-hand-y.zip']);
      mkdirSync(join(folder, 'backups', 'by-hand-z.zip.partial'));
      const backups = backupsOf(library, folder);
      const made = await backups.make('by-hand', { covers: true });
      expect((await backups.list()).map(({ name, flaw }) => [name, flaw])).toEqual([[made!.name, null]]);
      expect(await backups.prune()).toEqual([]);
      library.close();
      // What is in the way of an archive's file is kept beside it.
      const [name] = readdirSync(join(folder, 'archive')).filter((each) => each.startsWith('listens-2023'));
      rmSync(join(folder, 'archive', name!));
      mkdirSync(join(folder, 'archive', name!));
      await untilFilesClosed();
      holdDataFolder(folder, () => undefined).letGo();
      expect(await restoreOn(join(folder, 'backups', made!.name), folder, configDir)).toMatchObject({
        listens: 1,
        archived: 6,
      });
      expect(lstatSync(join(folder, 'archive', name!)).isFile()).toBe(true);
      expect(readdirSync(join(folder, 'archive')).some((each) => each.startsWith(`${name}.in-the-way`))).toBe(true);
    },
  );

  test('keeps every archive file of the machine it comes to', async () => {
    const { library, folder } = await household();
    const made = await backupsOf(library, folder).make('by-hand');
    const other = await household();
    listenTo(other.library, { playedAt: START - 2 * YEAR + 50 * DAY, title: 'Only here' });
    const { name } = (await other.library.archive.list())[0]!;
    other.library.close();
    writeFileSync(
      join(other.folder, 'archive', name),
      `${readFileSync(join(other.folder, 'archive', name), 'utf8')}\n`,
    );
    const before = readFileSync(join(other.folder, 'archive', name), 'utf8');
    await untilFilesClosed();
    await restoreOn(join(folder, 'backups', made!.name), other.folder, other.configDir);
    const files = readdirSync(join(other.folder, 'archive')).map((file) =>
      readFileSync(join(other.folder, 'archive', file), 'utf8'),
    );
    expect(files).toHaveLength(2);
    expect(files).toContain(before);
    expect(files).toContain(readFileSync(join(folder, 'archive', name), 'utf8'));
  });
});

test('a database alone, as backups were before, is listed and comes back', async () => {
  const { library, folder } = await household();
  const made = await backupsOf(library, folder).make('by-hand');
  const machine = emptyFolder();
  await unpackBackup(join(folder, 'backups', made!.name), join(machine, 'unpacked'));
  mkdirSync(join(machine, 'backups'));
  copyFileSync(
    join(machine, 'unpacked', 'musique.db'),
    join(machine, 'backups', 'musique-2023-01-01T02-00-00-000Z.db'),
  );
  expect(await listBackups(machine)).toMatchObject([
    {
      name: 'musique-2023-01-01T02-00-00-000Z.db',
      holds: 'library',
      flaw: null,
      kind: 'scheduled',
      counts: { listens: 1, albums: 1 },
    },
  ]);
  expect(readdirSync(join(machine, 'backups'))).toHaveLength(1);
  expect(await restoreOn(join(machine, 'backups', 'musique-2023-01-01T02-00-00-000Z.db'), machine)).toMatchObject({
    listens: 1,
  });
});

describe('a second folder', () => {
  test('gets every backup, also those it missed; without it the first is made all the same, and that is reported', async () => {
    const { library, folder } = await household();
    const second = join(emptyFolder(), 'disk');
    const backups = backupsOf(library, folder, START, second);
    const one = await backups.make('scheduled');
    expect(one).not.toBeNull();
    expect((await backups.status()).problem).toMatchObject({
      code: 'second',
      reason: expect.stringContaining(`no folder ${second}`) as unknown,
      problem: { code: 'folder-missing', params: { folder: second } },
    });
    mkdirSync(second);
    const later = backupsOf(library, folder, START + DAY, second);
    const other = await later.make('by-hand');
    expect(readdirSync(second).sort()).toEqual([other!.name, one!.name].sort());
    expect(await later.status()).toEqual({
      lastGoodAt: START + DAY,
      secondLastGoodAt: START + DAY,
      lastBytes: other!.bytes,
      problem: null,
    });
    await unpackBackup(join(second, other!.name), emptyFolder());

    // Where the data folder is lost, the copies are known all the same.
    rmSync(join(folder, 'backups', other!.name));
    expect((await listBackups(folder)).map(({ name, folder: where }) => [name, where])).toEqual([
      [other!.name, 'second'],
      [one!.name, 'first'],
      [one!.name, 'second'],
    ]);
    expect(await later.pathOf(other!.name)).toBe(join(second, other!.name));
    expect(await later.remove(one!.name)).toBe('removed');
    expect(readdirSync(second)).toEqual([other!.name]);
  });
});

test('how well the library is backed up is what the disk says', async () => {
  const { library, folder } = await household();
  const at = (seconds: number) => backupsOf(library, folder, seconds);
  expect((await at(START).status()).problem).toBeNull();
  expect((await at(START + 3 * DAY).status()).problem).toEqual({ code: 'none', reason: null });
  const made = await at(START).make('scheduled');
  expect((await at(START + 2 * DAY - 60).status()).problem).toBeNull();
  expect((await at(START + 2 * DAY + 60).status()).problem).toEqual({ code: 'old', reason: null });
  // A clock that was years ahead for a night leaves a backup that would hide for years that none is made.
  const ahead = (await at(START + 900 * DAY).make('scheduled'))!;
  expect(await at(START + 2 * DAY + 60).status()).toMatchObject({
    lastGoodAt: made!.createdAt,
    problem: { code: 'old', reason: null },
  });
  rmSync(join(folder, 'backups', ahead.name));
  const failing = openBackups({
    library,
    configDir: folder,
    secondFolder: () => null,
    clock: clockAt(START + DAY),
    log: silentLog,
    timeZone: () => 'UTC',
    pack: () => Promise.reject(new Error('the disk is gone')),
  });
  await expect(failing.make('scheduled')).rejects.toThrow('the disk is gone');
  expect((await at(START + DAY).status()).problem).toEqual({
    code: 'failed',
    reason: 'the disk is gone',
    problem: { code: 'backup-failed' },
  });
  await at(START + DAY + 60).make('by-hand');
  expect((await at(START + DAY + 90).status()).problem).toBeNull();
  writeFileSync(join(folder, 'backups', made!.name), 'half');
  for (const { name } of await at(START).list()) if (name !== made!.name) rmSync(join(folder, 'backups', name));
  expect(await at(START + DAY).status()).toMatchObject({ lastGoodAt: null });
});

describe('whoever takes the data folder', () => {
  test('clears away what was half written', async () => {
    const { library, folder } = await household();
    library.close();
    mkdirSync(join(folder, 'backups'), { recursive: true });
    mkdirSync(join(folder, 'restoring.partial'));
    for (const name of [
      'by-hand-2023-11-14T22-13-20-000Z.zip.partial',
      'by-hand-2023-11-14T22-13-20-000Z.zip.partial.copy',
      'before-schema-2-x.db.partial',
    ])
      writeFileSync(join(folder, 'backups', name), 'half');
    writeFileSync(join(folder, 'archive', 'listens-2023-11-14-9.jsonl.partial'), 'half');
    holdDataFolder(folder, () => undefined).letGo();
    expect(readdirSync(join(folder, 'backups'))).toEqual([]);
    expect(readdirSync(join(folder, 'archive'))).toHaveLength(1);
    expect(existsSync(join(folder, 'restoring.partial'))).toBe(false);
  });
});

test('a playlist comes back with the rest', async () => {
  const { library, folder } = await household();
  const id = newUuid();
  library.playlists.put({
    id,
    name: 'Evening',
    entries: [],
    algorithm: null,
    createdAt: START,
    updatedAt: START,
  } as unknown as Parameters<Library['playlists']['put']>[0]);
  const made = await backupsOf(library, folder).make('by-hand');
  const machine = emptyFolder();
  expect(await restoreOn(join(folder, 'backups', made!.name), machine)).toMatchObject({ playlists: 1 });
  expect(openAgain(machine).playlists.get(id)).toMatchObject({ name: 'Evening' });
});
