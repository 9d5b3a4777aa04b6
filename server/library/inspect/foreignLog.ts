import { copyFileSync, existsSync, lstatSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Marker } from '../identity/marker.ts';
import { lookFolder } from '../backup/leftovers.ts';
import { check } from './check.ts';
import type { CheckAnswer } from './checkProgram.ts';
import { type LogHeader, readHeader, readLogHeader } from '../database/fileHeader.ts';

/** Resets of a log that the marker may have missed, each of which counts its first salt on by one. */
const MISSED = 16;

/**
 * True when the write-ahead log beside a database is not its own: SQLite would write its pages into whatever database is there. It is
 * its own when the marker knows both; otherwise it is tried on a copy, and must give a sound database that is the same library and
 * has come no less far.
 */
export async function hasForeignLog(file: string, marker: Marker | null): Promise<boolean> {
  const log = readLogHeader(file);
  if (log === null) return false;
  if (log === 'unreadable' || log.pageSize !== readHeader(file)?.sqlite?.pageSize) return true;
  if (marker !== null && follows(log, marker) && isAsLeft(file, marker)) return false;
  return !(await fitsInCopy(file, marker));
}

function follows({ salts: [first, second] }: LogHeader, { log }: Marker): boolean {
  if (log === null) return false;
  const resets = (first - log[0]) >>> 0;
  return resets === 0 ? second === log[1] : resets <= MISSED;
}

/** The database's file is the very one, and as it was, when the marker was last written. */
function isAsLeft(file: string, { file: left }: Marker): boolean {
  const { ino, size, mtimeMs } = statSync(file);
  return left !== null && left.inode === ino && left.bytes === size && left.changedMs === mtimeMs;
}

async function fitsInCopy(file: string, marker: Marker | null): Promise<boolean> {
  const folder = lookFolder(dirname(file));
  try {
    const copy = join(folder, basename(file));
    for (const part of ['', '-wal']) copyFileSync(file + part, copy + part);
    const [alone, together] = [await check(copy, 'alone'), await check(copy, 'whole')];
    // What takes too long to find out is left to the check of the library itself.
    if (together === null) return true;
    if (together.flaw !== null) return false;
    if (alone?.life == null) return true;
    if (!cameAsFar(alone.life, marker)) return false;
    return (
      together.life !== null &&
      together.life.libraryId === alone.life.libraryId &&
      together.life.epoch === alone.life.epoch &&
      together.life.lastSeq >= alone.life.lastSeq
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** False for a copy of the file from before the log began: pages that came into the file since are in neither. */
function cameAsFar({ opening }: NonNullable<CheckAnswer['life']>, marker: Marker | null): boolean {
  if (marker === null || marker.commits.inFile === 0) return true;
  return opening?.token === marker.opening && opening.commits >= marker.commits.inFile;
}

/** Moves files out of the way, never onto another. @returns where each is now. */
export function moveAside(paths: readonly string[], why: string, now: number): string[] {
  const stamp = new Date(now).toISOString().replace(/[:.]/g, '-');
  // A link to what is not there is something too.
  return paths
    .filter((path) => lstatSync(path, { throwIfNoEntry: false }) !== undefined)
    .map((path) => {
      let aside = `${path}.${why}-${stamp}`;
      for (let number = 2; existsSync(aside); number += 1) aside = `${path}.${why}-${stamp}-${number}`;
      renameSync(path, aside);
      return aside;
    });
}
