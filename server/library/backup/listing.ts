import type { Backup, BackupFolder } from '../api/backups.ts';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { CodedError } from '#shared/errors/errorCodes.ts';
import { problemOf } from '../../kit/problemOf.ts';
import { backupKind, backupTime, isBackupName } from '../files/backupNames.ts';
import { isOfTheDisk } from '../api/restoreRefusal.ts';
import { databaseFacts } from './manifest.ts';
import { readManifest } from './unpack.ts';

export const firstFolder = (dataDir: string): string => join(dataDir, 'backups');

/**
 * The backups in both folders, newest first. Needs no open library, so that one that is lost can be brought back.
 *
 * @param secondFolder where the copies are; by default where they were last.
 */
export async function listBackups(
  dataDir: string,
  secondFolder: string | null = lastSecondFolder(dataDir),
): Promise<Backup[]> {
  const first = await backupsIn(firstFolder(dataDir), 'first');
  const second =
    secondFolder === null || isSameFolder(secondFolder, firstFolder(dataDir))
      ? []
      : await backupsIn(secondFolder, 'second');
  return newestFirst([...first, ...second]);
}

/** True for two names of one and the same folder, as by a link: what lies there is there once. */
export function isSameFolder(one: string, other: string): boolean {
  if (resolve(one) === resolve(other)) return true;
  try {
    const [found, there] = [statSync(one, { bigint: true }), statSync(other, { bigint: true })];
    return found.ino === there.ino && found.dev === there.dev;
  } catch {
    // One that is not there, or cannot be reached, is not the other.
    return false;
  }
}

export const newestFirst = (backups: readonly Backup[]): Backup[] =>
  [...backups].sort(
    (one, other) =>
      other.createdAt - one.createdAt || other.name.localeCompare(one.name) || one.folder.localeCompare(other.folder),
  );

/** @throws when the folder is there and cannot be read. */
export async function backupsIn(path: string, folder: BackupFolder): Promise<Backup[]> {
  const backups: Backup[] = [];
  for (const name of (await readdir(path).catch(nothingWhenMissing)).filter(isBackupName)) {
    const file = join(path, name);
    const found = await stat(file).catch(() => null);
    if (found === null || !found.isFile()) continue;
    const { size, mtimeMs } = found;
    const said = await contentOf(file, `${size} ${mtimeMs}`);
    backups.push({
      name,
      folder,
      bytes: size,
      createdAt: backupTime(name) ?? Math.floor(mtimeMs / 1000),
      kind: backupKind(name),
      ...said,
    });
  }
  return backups;
}

type Content = Omit<Backup, 'name' | 'folder' | 'bytes' | 'createdAt' | 'kind'>;

/** What files said when they were last looked at, for as long as they are the same. */
const known = new Map<string, { as: string; content: Content }>();
const MOST_KNOWN = 500;

async function contentOf(file: string, as: string): Promise<Content> {
  const before = known.get(file);
  if (before?.as === as) return before.content;
  const content = await readContent(file);
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(file, { as, content });
  return content;
}

async function readContent(file: string): Promise<Content> {
  const isZip = file.endsWith('.zip');
  try {
    const { counts, libraryId, epoch, lastSeq, schema, holds, missing, damaged } = isZip
      ? await readManifest(file)
      : {
          ...databaseFacts(file, { untouched: true }),
          holds: { secrets: false, covers: false },
          missing: [],
          damaged: [],
        };
    return {
      flaw: null,
      problem: null,
      counts,
      libraryId,
      epoch,
      lastSeq,
      schema,
      holds: isZip ? 'everything' : 'library',
      ...holds,
      lacks: [...missing, ...damaged].sort(),
    };
  } catch (error) {
    return {
      flaw: (error as Error).message,
      problem: flawOf(error),
      counts: null,
      libraryId: null,
      epoch: null,
      lastSeq: null,
      schema: null,
      holds: isZip ? 'everything' : 'library',
      secrets: false,
      covers: false,
      lacks: [],
    };
  }
}

/** Why a file is no backup that can be brought back. */
function flawOf(error: unknown): CodedError {
  const { code, message } = error as { code?: unknown; message: string };
  if (isOfTheDisk(code)) return { code: 'backup-disk' };
  const problem = problemOf(error);
  if (problem.code !== 'internal') return problem;
  return { code: /no such (?:table|column)/.test(message) ? 'backup-foreign' : 'backup-unsound' };
}

/** The second folder's name is stored beside the backups too: the setting is in the library, and may be lost with it. */
const noteOf = (dataDir: string) => join(firstFolder(dataDir), 'second-folder');

export function noteSecondFolder(dataDir: string, folder: string | null): void {
  if (lastSecondFolder(dataDir) !== folder) writeFileSync(noteOf(dataDir), folder ?? '', { mode: 0o600 });
}

/** Where copies of backups went when AIME last ran; null for nowhere. */
export function lastSecondFolder(dataDir: string): string | null {
  try {
    return readFileSync(noteOf(dataDir), 'utf8').trim() || null;
  } catch {
    return null;
  }
}

export function nothingWhenMissing(error: NodeJS.ErrnoException): never[] {
  if (error.code === 'ENOENT') return [];
  throw error;
}
