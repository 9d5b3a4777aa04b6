import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createCalendar } from '#shared/journal/calendar.ts';
import { type Clock, nowSeconds } from '../kit/clock.ts';
import type { Log } from '../kit/log.ts';
import { BackupFailures, type BackupStatus, backupStatus } from './backup/health.ts';
import { type Backup, type BackupFolder, backupsIn, firstFolder, newestFirst, nothingWhenMissing, noteSecondFolder } from './backup/listing.ts';
import type { BackupManifest } from './backup/manifest.ts';
import type { PackOrder } from './backup/pack.ts';
import { copyBackup } from './backup/secondFolder.ts';
import { backupName, backupsToKeep, isBackupName, isLeftover } from './backupNames.ts';
import { packInProcess } from './backupProcess.ts';
import type { Library } from './contract.ts';
import { haveRoom, renameDurably, writeFailure } from './durableFile.ts';
import { restorePlan } from './restorePlan.ts';

/** A backup could not be made; the message says why in words. */
export class BackupError extends Error {
  override readonly name = 'BackupError';
}

/** What a backup holds beside the library and its archive. */
export interface BackupContent {
  secrets?: boolean;
  covers?: boolean;
}

export interface Backups {
  /** Newest first, of both folders. */
  list(): Promise<Backup[]>;
  /** The path of a backup, in the first folder if it is there; null when there is none of this name. */
  pathOf(name: string): Promise<string | null>;
  /**
   * Makes one while the library goes on being written to; one at a time, a second caller who wants the same gets what the first is
   * making. It is copied into the second folder too, whose failure is told in `status` and fails nothing.
   * @returns null when the library is empty.
   * @throws {BackupError} in words; nothing is left behind. @throws the signal's reason.
   */
  make(kind: 'scheduled' | 'by-hand', content?: BackupContent, signal?: AbortSignal): Promise<Backup | null>;
  /** Removes it from both folders, unless it is chosen to take the library's place at the next start. */
  remove(name: string): Promise<'removed' | 'none' | 'chosen'>;
  /** Removes scheduled backups beyond 7 daily, 4 weekly and 12 monthly ones, in both folders, and what an interrupted one left. @returns the names. */
  prune(): Promise<string[]>;
  /** Removes what interrupted backups left in both folders. */
  tidy(): Promise<void>;
  /** How well the library is backed up, by what is on the disk. */
  status(): Promise<BackupStatus>;
  /** Lets one that is being made come to its end for a while, then stops it; nothing of it is left. */
  close(): Promise<void>;
}

export interface BackupsOptions {
  library: Pick<Library, 'file' | 'reads' | 'feed' | 'states'>;
  configDir: string;
  /** Where every backup is copied too; null for nowhere. */
  secondFolder: () => string | null;
  clock: Clock;
  log: Log;
  timeZone: () => string;
  pack?: (order: PackOrder, signal?: AbortSignal) => Promise<BackupManifest>;
}

/** Backups made for a passing reason are kept this many of each. */
const KEPT_BEFORE = 5;
/** How long one that is being made may hold up the end of the server. */
const GRACE_MS = 8_000;

export function openBackups({ library, configDir, secondFolder, clock, log, timeZone, pack = packInProcess }: BackupsOptions): Backups {
  const dataDir = dirname(library.file);
  const first = firstFolder(dataDir);
  const failures = new BackupFailures(library.states, clock);
  const plan = restorePlan(dataDir, configDir);
  const leaving = new Set<string>();
  const closing = new AbortController();
  let making: { as: string; done: Promise<Backup | null> } | null = null;

  async function list(): Promise<Backup[]> {
    const second = secondFolder();
    return newestFirst([...(await backupsIn(first, 'first')), ...(second === null ? [] : await backupsIn(second, 'second').catch(() => []))]);
  }

  async function make(kind: 'scheduled' | 'by-hand', { secrets = false, covers = false }: BackupContent, signal: AbortSignal): Promise<Backup | null> {
    if (isEmpty(library.reads.counts())) return null;
    const name = backupName(kind, clock.now());
    const target = join(first, name);
    const partial = `${target}.partial`;
    try {
      await mkdir(first, { recursive: true, mode: 0o700 });
      await haveRoom((await stat(library.file)).size * 2.2, first);
      const before = library.feed.lastSeq();
      const { lastSeq, unreadableTexts } = await pack({ dataDir, configDir, target: partial, createdAt: nowSeconds(clock), secrets, covers }, signal);
      if (lastSeq < before || lastSeq > library.feed.lastSeq()) throw new Error('the copy is not of this library as it was meanwhile');
      signal.throwIfAborted();
      await renameDurably(partial, target);
      if (unreadableTexts > 0) log.warn('backup.unreadable-texts', { name, texts: unreadableTexts, why: 'texts in the library are not UTF-8; it is whole, and they are mended at the next start' });
    } catch (error) {
      await sweep(first, name).catch(() => undefined);
      if (signal.aborted) throw signal.reason;
      const reason = writeFailure(error, first);
      failures.note('first', reason);
      throw new BackupError(`The backup could not be made: ${reason}`, { cause: error });
    }
    failures.note('first', null);
    await copyToSecond(signal);
    return (await list()).find((backup) => backup.name === name && backup.folder === 'first') ?? null;
  }

  /** Copies what the second folder does not have yet, the newest first: a disk that was away for a week gets what it missed. */
  async function copyToSecond(signal: AbortSignal): Promise<void> {
    const second = secondFolder();
    try {
      noteSecondFolder(dataDir, second);
      if (second === null) return failures.note('second', null);
      const there = new Set((await backupsIn(second, 'second')).filter(({ flaw }) => flaw === null).map(({ name }) => name));
      for (const { name } of (await list()).filter((backup) => backup.folder === 'first' && backup.flaw === null && !there.has(backup.name))) {
        await copyBackup({ folder: first, name }, second, signal);
      }
      failures.note('second', null);
    } catch (error) {
      if (signal.aborted) return;
      const reason = writeFailure(error, second ?? first);
      log.warn('backup not copied', { folder: second, reason });
      failures.note('second', reason);
    }
  }

  async function begin(kind: 'scheduled' | 'by-hand', content: BackupContent, signal?: AbortSignal): Promise<Backup | null> {
    const as = JSON.stringify([content.secrets ?? false, content.covers ?? false]);
    while (making !== null && making.as !== as) await making.done.catch(() => undefined);
    if (making !== null) return making.done;
    const either = signal === undefined ? closing.signal : AbortSignal.any([signal, closing.signal]);
    const done = make(kind, content, either).finally(() => (making = null));
    making = { as, done };
    return done;
  }

  async function pathOf(name: string): Promise<string | null> {
    if (!isBackupName(name)) return null;
    const found = (await list()).filter((backup) => backup.name === name && !leaving.has(name));
    const place: BackupFolder | undefined = found.some(({ folder }) => folder === 'first') ? 'first' : found[0]?.folder;
    return place === undefined ? null : join(place === 'first' ? first : secondFolder()!, name);
  }

  async function pruneFolder(path: string, folder: BackupFolder): Promise<string[]> {
    const backups = (await backupsIn(path, folder)).filter(({ flaw }) => flaw === null).sort((one, other) => other.createdAt - one.createdAt);
    const keep = backupsToKeep(backups.filter(({ kind }) => kind === 'scheduled'), createCalendar(timeZone()));
    const before = (['before-migration', 'before-mending', 'before-restore'] as const).flatMap((kind) => backups.filter((backup) => backup.kind === kind).slice(KEPT_BEFORE));
    const superfluous = [...backups.filter((backup) => backup.kind === 'scheduled' && !keep.has(backup)), ...before].map(({ name }) => name);
    const gone = superfluous.filter((name) => name !== plan.chosen());
    for (const name of gone) await rm(join(path, name), { force: true });
    if (making === null) await sweep(path);
    return gone;
  }

  return {
    list,
    pathOf,
    async remove(name) {
      if (!isBackupName(name)) return 'none';
      // From here on nobody finds it any more: it cannot be chosen while it goes.
      leaving.add(name);
      try {
        const found = (await list()).filter((backup) => backup.name === name);
        if (plan.chosen() === name) return 'chosen';
        for (const { folder } of found) await rm(join(folder === 'first' ? first : secondFolder()!, name), { force: true });
        return found.length > 0 ? 'removed' : 'none';
      } finally {
        leaving.delete(name);
      }
    },
    make: (kind, content = {}, signal) => begin(kind, content, signal),
    async prune() {
      const removed = await pruneFolder(first, 'first');
      const second = secondFolder();
      if (second !== null) await pruneFolder(second, 'second').catch((error: unknown) => log.warn('backups not pruned', { folder: second, error }));
      return removed;
    },
    async tidy() {
      if (making !== null) return;
      await sweep(first);
      const second = secondFolder();
      if (second !== null) await sweep(second);
    },
    async status() {
      const begunAt = isEmpty(library.reads.counts()) ? null : library.reads.begunAt();
      try {
        return backupStatus({ backups: await list(), hasSecond: secondFolder() !== null, failures: failures.last, begunAt, now: nowSeconds(clock) });
      } catch (error) {
        const problem = { code: 'failed' as const, reason: writeFailure(error, first) };
        return { lastGoodAt: null, secondLastGoodAt: null, problem: begunAt === null ? null : problem };
      }
    },
    async close() {
      if (making === null) return;
      const waited = new AbortController();
      const grace = clock.sleep(GRACE_MS, waited.signal).then(() => closing.abort(new Error('The server is stopping')), () => undefined);
      await making.done.catch(() => undefined);
      waited.abort();
      await grace;
    },
  };
}

/** Removes what an interrupted backup left. @param name of one alone. */
async function sweep(folder: string, name = ''): Promise<void> {
  const left = (await readdir(folder, { withFileTypes: true }).catch(nothingWhenMissing)).filter((file) => !file.isDirectory() && isLeftover(file.name) && file.name.startsWith(name));
  for (const file of left) await rm(join(folder, file.name), { force: true });
}

const isEmpty = ({ artists, albums, scrobbles, playlists }: ReturnType<Library['reads']['counts']>): boolean =>
  artists + albums + scrobbles + playlists === 0;
