import { mkdir, readdir, rm, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { createCalendar } from '#shared/journal/calendar.ts';
import type { Clock } from '../kit/clock.ts';
import type { CopyFacts } from './backup.ts';
import { type BackupKind, backupKind, backupName, backupsToKeep, backupTime, isBackupName } from './backupNames.ts';
import { copyInProcess } from './backupProcess.ts';
import type { Library } from './contract.ts';
import { renameDurably, writeFailure } from './durableFile.ts';

/** A backup could not be made; the message says why in words. */
export class BackupError extends Error {
  override readonly name = 'BackupError';
}

export interface Backup {
  name: string;
  bytes: number;
  /** Seconds since the epoch. */
  createdAt: number;
  kind: BackupKind;
}

export interface Backups {
  /** Newest first. */
  list(): Promise<Backup[]>;
  /** The path of a backup; null when there is none of this name. */
  pathOf(name: string): Promise<string | null>;
  /**
   * Makes one while the library goes on being written to; one at a time, a second caller gets what the first is making.
   * @returns null when the library is empty.
   * @throws {BackupError} in words; nothing is left behind. @throws the signal's reason.
   */
  make(kind: 'scheduled' | 'by-hand', signal?: AbortSignal): Promise<Backup | null>;
  /** @returns false when there is none of this name. */
  remove(name: string): Promise<boolean>;
  /** Removes scheduled backups beyond 7 daily, 4 weekly and 12 monthly ones, and what an interrupted one left. @returns the names. */
  prune(): Promise<string[]>;
}

export interface BackupsOptions {
  library: Pick<Library, 'file' | 'reads' | 'feed'>;
  folder: string;
  clock: Clock;
  timeZone: () => string;
  copy?: (source: string, partial: string, signal?: AbortSignal) => Promise<CopyFacts>;
}

/** Backups made for a passing reason are kept this many of each. */
const KEPT_BEFORE = 5;

export function openBackups({ library, folder, clock, timeZone, copy = copyInProcess }: BackupsOptions): Backups {
  let making: Promise<Backup | null> | null = null;

  async function list(): Promise<Backup[]> {
    const names = (await readdir(folder).catch(nothingWhenMissing)).filter(isBackupName);
    const backups = await Promise.all(
      names.map(async (name) => {
        const { size, mtimeMs } = await stat(join(folder, name));
        return { name, bytes: size, createdAt: backupTime(name) ?? Math.floor(mtimeMs / 1000), kind: backupKind(name) };
      }),
    );
    return backups.sort((one, other) => other.createdAt - one.createdAt || (one.name < other.name ? 1 : -1));
  }

  async function make(kind: 'scheduled' | 'by-hand', signal?: AbortSignal): Promise<Backup | null> {
    if (isEmpty(library.reads.counts())) return null;
    const name = backupName(kind, clock.now());
    const target = join(folder, name);
    const partial = `${target}.partial`;
    try {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await haveRoom(library.file, folder);
      const before = library.feed.lastSeq();
      const { lastSeq } = await copy(library.file, partial, signal);
      if (lastSeq < before || lastSeq > library.feed.lastSeq()) throw new Error('the copy is not of this library as it was meanwhile');
      signal?.throwIfAborted();
      await renameDurably(partial, target);
    } catch (error) {
      await rm(partial, { force: true }).catch(() => undefined);
      if (signal?.aborted) throw signal.reason;
      throw new BackupError(`The backup could not be made: ${writeFailure(error, folder)}`, { cause: error });
    }
    return (await list()).find((backup) => backup.name === name) ?? null;
  }

  async function pathOf(name: string): Promise<string | null> {
    return isBackupName(name) && (await readdir(folder).catch(nothingWhenMissing)).includes(name) ? join(folder, name) : null;
  }

  return {
    list,
    pathOf,
    async remove(name) {
      const path = await pathOf(name);
      if (path !== null) await rm(path, { force: true });
      return path !== null;
    },
    make: (kind, signal) => (making ??= make(kind, signal).finally(() => (making = null))),
    async prune() {
      const backups = await list();
      const keep = backupsToKeep(backups.filter(({ kind }) => kind === 'scheduled'), createCalendar(timeZone()));
      const before = (['before-migration', 'before-restore'] as const).flatMap((kind) => backups.filter((backup) => backup.kind === kind).slice(KEPT_BEFORE));
      const superfluous = [...backups.filter((backup) => backup.kind === 'scheduled' && !keep.has(backup)), ...before].map(({ name }) => name);
      const leftovers = making ? [] : (await readdir(folder).catch(nothingWhenMissing)).filter((name) => /\.db\.partial(-journal)?$/.test(name));
      for (const name of [...superfluous, ...leftovers]) await rm(join(folder, name), { force: true });
      return superfluous;
    },
  };
}

const isEmpty = ({ artists, albums, scrobbles, playlists }: ReturnType<Library['reads']['counts']>): boolean =>
  artists + albums + scrobbles + playlists === 0;

function nothingWhenMissing(error: NodeJS.ErrnoException): string[] {
  if (error.code === 'ENOENT') return [];
  throw error;
}

/** @throws when the folder's disk has no room for a copy: better refused than filled to the brim beside the library itself. */
async function haveRoom(file: string, folder: string): Promise<void> {
  const [{ size }, { bavail, bsize }] = await Promise.all([stat(file), statfs(folder)]);
  const [needed, free] = [size * 1.1, bavail * bsize];
  if (free < needed) throw new Error(`it needs ${megabytes(needed)} and ${folder} has ${megabytes(free)} left`);
}

const megabytes = (bytes: number): string => `${Math.ceil(bytes / 1_000_000)} MB`;
