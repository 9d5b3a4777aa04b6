import {
  type Backup,
  type BackupContent,
  BackupError,
  type BackupFolder,
  type Backups,
  isCopyOf,
} from '../api/backups.ts';
import { existsSync } from 'node:fs';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createCalendar } from '#shared/journal/calendar.ts';
import { type Clock, nowSeconds } from '../../kit/clock.ts';
import type { Log } from '../../kit/log.ts';
import { BackupFailures, backupStatus } from './health.ts';
import { backupsIn, firstFolder, isSameFolder, newestFirst, nothingWhenMissing, noteSecondFolder } from './listing.ts';
import type { BackupManifest } from './manifest.ts';
import type { PackOrder } from './pack.ts';
import { checkSecondFolder, copyBackup } from './secondFolder.ts';
import { isOwn, lineageOf, superfluous } from './thinning.ts';
import { backupName, isBackupName, isLeftover } from '../files/backupNames.ts';
import { packInProcess } from './packProcess.ts';
import type { Library } from '../api/library.ts';
import { CodedFailure } from '../../kit/codedFailure.ts';
import { haveRoom, renameDurably, writeFailure } from '../files/durableFile.ts';
import { restorePlan } from './restorePlan.ts';

export interface BackupsOptions {
  library: Pick<Library, 'file' | 'reads' | 'feed' | 'states' | 'life'>;
  configDir: string;
  /** Where every backup is copied too; null for nowhere. */
  secondFolder: () => string | null;
  clock: Clock;
  log: Log;
  timeZone: () => string;
  pack?: (order: PackOrder, signal?: AbortSignal) => Promise<BackupManifest>;
  removeFile?: (path: string) => Promise<void>;
}

/** How long one that is being made may hold up the end of the server. */
const GRACE_MS = 8_000;
/** For how long nothing may have come into a copy in the second folder for taking it for forgotten, whoever began it. */
const FORGOTTEN_MS = 86_400_000;

/** Makes a backup, reads it back, and thins out older ones. */
export function openBackups({
  library,
  configDir,
  secondFolder,
  clock,
  log,
  timeZone,
  pack = packInProcess,
  removeFile = removeAny,
}: BackupsOptions): Backups {
  const dataDir = dirname(library.file);
  const first = firstFolder(dataDir);
  const failures = new BackupFailures(library.states, clock);
  const plan = restorePlan(dataDir, configDir);
  const removing = new Set<string>();
  const closing = new AbortController();
  let latest: string | null = null;
  let making: { as: string; done: Promise<Backup | null> } | null = null;

  /** Where copies lie; null where that is no other folder than the first. */
  const otherFolder = () => {
    const second = secondFolder();
    return second === null || isSameFolder(second, first) ? null : second;
  };
  const folderOf = (folder: BackupFolder) => (folder === 'first' ? first : secondFolder()!);

  async function list(): Promise<Backup[]> {
    const second = otherFolder();
    return newestFirst([
      ...(await backupsIn(first, 'first')),
      ...(second === null ? [] : await backupsIn(second, 'second').catch(() => [])),
    ]);
  }

  async function make(
    kind: 'scheduled' | 'by-hand',
    { secrets = false, covers = false }: BackupContent,
    signal: AbortSignal,
  ): Promise<Backup | null> {
    if (isEmpty(library.reads.counts())) return null;
    const name = freeName(kind);
    const target = join(first, name);
    const partial = `${target}.partial`;
    try {
      await mkdir(first, { recursive: true, mode: 0o700 });
      await haveRoom((await stat(library.file)).size * 2.2, first);
      const before = library.feed.lastSeq();
      const { lastSeq, unreadableTexts } = await pack(
        { dataDir, configDir, target: partial, createdAt: nowSeconds(clock), secrets, covers },
        signal,
      );
      if (lastSeq < before || lastSeq > library.feed.lastSeq())
        throw new Error('the copy is not of this library as it was meanwhile');
      signal.throwIfAborted();
      await renameDurably(partial, target);
      latest = name;
      if (unreadableTexts > 0)
        log.warn('backup.unreadable-texts', {
          name,
          texts: unreadableTexts,
          why: 'texts in the library are not UTF-8; it is whole, and they are mended at the next start',
        });
    } catch (error) {
      await removePartial(first, name).catch(() => undefined);
      if (signal.aborted) throw signal.reason;
      const failure = writeFailure(error, first, { code: 'backup-failed' });
      failures.note('first', failure);
      throw new BackupError(failure.problem, `The backup could not be made: ${failure.reason}`, { cause: error });
    }
    failures.note('first', null);
    await copyToSecond(signal);
    return (await list()).find((backup) => backup.name === name && backup.folder === 'first') ?? null;
  }

  /** A name that no backup has: under a clock that was set back it might be another's, as it might in a folder that others copy to. */
  function freeName(kind: 'scheduled' | 'by-hand'): string {
    const second = otherFolder();
    const folders = second === null ? [first] : [first, second];
    for (let at = clock.now(); ; at += 1) {
      const name = backupName(kind, at);
      if (!folders.some((folder) => existsSync(join(folder, name)))) return name;
    }
  }

  /** Copies what the second folder does not have yet, the newest first: a disk that was away for a week gets what it missed. */
  async function copyToSecond(signal: AbortSignal): Promise<void> {
    const second = secondFolder();
    try {
      noteSecondFolder(dataDir, second);
      if (second === null) return failures.note('second', null);
      await checkSecondFolder(second, first);
      const there = new Map(
        (await backupsIn(second, 'second')).filter(({ flaw }) => flaw === null).map((backup) => [backup.name, backup]),
      );
      const missing = (await list()).filter(
        (backup) =>
          backup.folder === 'first' &&
          backup.flaw === null &&
          !(there.has(backup.name) && isCopyOf(backup, there.get(backup.name)!)),
      );
      for (const { name } of missing.filter((backup) => !there.has(backup.name)))
        await copyBackup({ folder: first, name }, second, signal);
      const taken = missing.find(({ name }) => there.has(name));
      if (taken !== undefined)
        throw new CodedFailure({ code: 'backup-name-taken', params: { folder: second, name: taken.name } });
      failures.note('second', null);
    } catch (error) {
      if (signal.aborted) return;
      const failure = writeFailure(error, second ?? first, { code: 'backup-failed' });
      log.warn('backup not copied', { folder: second, reason: failure.reason });
      failures.note('second', failure);
    }
  }

  async function begin(
    kind: 'scheduled' | 'by-hand',
    content: BackupContent,
    signal?: AbortSignal,
  ): Promise<Backup | null> {
    const as = JSON.stringify([kind, content.secrets ?? false, content.covers ?? false]);
    while (making !== null && making.as !== as) await making.done.catch(() => undefined);
    if (making !== null) return making.done;
    const either = signal === undefined ? closing.signal : AbortSignal.any([signal, closing.signal]);
    const done = make(kind, content, either).finally(() => (making = null));
    making = { as, done };
    return done;
  }

  async function pathOf(name: string): Promise<string | null> {
    if (!isBackupName(name)) return null;
    const found = (await list()).filter((backup) => backup.name === name && !removing.has(name));
    const place: BackupFolder | undefined = found.some(({ folder }) => folder === 'first') ? 'first' : found[0]?.folder;
    return place === undefined ? null : join(folderOf(place), name);
  }

  async function pruneFolder(path: string, folder: BackupFolder): Promise<string[]> {
    const found = superfluous(await backupsIn(path, folder), {
      lineage: lineageOf(library.life),
      latest,
      calendar: createCalendar(timeZone()),
    });
    const gone = found.map(({ name }) => name).filter((name) => name !== plan.chosen());
    for (const name of gone) await removeFile(join(path, name));
    if (making === null) await removePartialIn(path, folder);
    return gone;
  }

  /** In the second folder other libraries may be copying: only what is surely not being written goes there. */
  async function removePartialIn(path: string, folder: BackupFolder): Promise<void> {
    if (folder === 'first') return removePartial(path);
    for (const name of await leftoversIn(path)) {
      const found = await stat(join(path, name)).catch(() => null);
      const isOurs = existsSync(join(first, name.replace(/\.partial.*$/, '')));
      if (found !== null && (isOurs || Date.now() - found.mtimeMs > FORGOTTEN_MS))
        await rm(join(path, name), { force: true });
    }
  }

  return {
    list,
    pathOf,
    async remove(name) {
      if (!isBackupName(name)) return 'none';
      // From here on nobody finds it any more: it cannot be chosen while it goes.
      removing.add(name);
      try {
        const found = (await list()).filter((backup) => backup.name === name);
        if (plan.chosen() === name) return 'chosen';
        const [one] = found.sort((each, other) => each.folder.localeCompare(other.folder));
        const stay: string[] = [];
        for (const { folder } of found.filter((backup) => backup === one || isCopyOf(backup, one!))) {
          await removeFile(join(folderOf(folder), name)).catch((error: unknown) =>
            stay.push(writeFailure(error, folderOf(folder), { code: 'internal' }).reason),
          );
        }
        if (stay.length > 0)
          throw new BackupError(
            { code: 'backup-not-removed', params: { name } },
            `${name} could not be removed: ${stay.join('; ')}`,
          );
        return found.length > 0 ? 'removed' : 'none';
      } finally {
        removing.delete(name);
      }
    },
    make: (kind, content = {}, signal) => begin(kind, content, signal),
    async prune() {
      const removed = await pruneFolder(first, 'first');
      const second = otherFolder();
      if (second !== null)
        await pruneFolder(second, 'second').catch((error: unknown) =>
          log.warn('backups not pruned', { folder: second, error }),
        );
      return removed;
    },
    async cleanUp() {
      if (making !== null) return;
      await removePartial(first);
      const second = otherFolder();
      if (second !== null) await removePartialIn(second, 'second');
    },
    async status() {
      const begunAt = isEmpty(library.reads.counts()) ? null : library.reads.begunAt();
      try {
        const lineage = lineageOf(library.life);
        return backupStatus({
          backups: (await list()).filter((backup) => isOwn(backup, lineage)),
          hasSecond: secondFolder() !== null,
          failures: failures.last,
          begunAt,
          now: nowSeconds(clock),
        });
      } catch (error) {
        const problem = { code: 'failed' as const, ...writeFailure(error, first, { code: 'backups-unreadable' }) };
        return {
          lastGoodAt: null,
          secondLastGoodAt: null,
          lastBytes: null,
          problem: begunAt === null ? null : problem,
        };
      }
    },
    async close() {
      if (making === null) return;
      const waited = new AbortController();
      const grace = clock.sleep(GRACE_MS, waited.signal).then(
        () => closing.abort(new Error('The server is stopping')),
        () => undefined,
      );
      await making.done.catch(() => undefined);
      waited.abort();
      await grace;
    },
  };
}

/** Removes what an interrupted backup left. @param name of one alone. */
async function removePartial(folder: string, name = ''): Promise<void> {
  for (const file of (await leftoversIn(folder)).filter((left) => left.startsWith(name)))
    await rm(join(folder, file), { force: true });
}

async function leftoversIn(folder: string): Promise<string[]> {
  const found = await readdir(folder, { withFileTypes: true }).catch(nothingWhenMissing);
  return found.filter((file) => !file.isDirectory() && isLeftover(file.name)).map(({ name }) => name);
}

const removeAny = (path: string): Promise<void> => rm(path, { force: true });

const isEmpty = ({ artists, albums, scrobbles, playlists }: ReturnType<Library['reads']['counts']>): boolean =>
  artists + albums + scrobbles + playlists === 0;
