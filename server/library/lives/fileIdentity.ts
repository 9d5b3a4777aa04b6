import { fstatSync, type Stats, statfsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/** What a file keeps for as long as it exists, whatever is written to it and however it is renamed, and what no copy of it has. */
export interface FileIdentity {
  inode: number;
  /** When it was created, in milliseconds since the epoch; null where the disk does not tell. Numbers are given again, also at once. */
  bornMs: number | null;
}

/** @returns null when there is no such file. */
export function identityOf(file: string | number): FileIdentity | null {
  const found = typeof file === 'number' ? fstatSync(file) : statSync(file, { throwIfNoEntry: false });
  return found === undefined ? null : identityIn(found);
}

export const identityIn = ({ ino, birthtimeMs }: Stats): FileIdentity => ({ inode: ino, bornMs: birthtimeMs > 0 ? birthtimeMs : null });

/** True when the file at this path is not the one that was seen before. What the disk does not tell lastingly is not compared. */
export function isAnotherFile(before: FileIdentity, path: string): boolean {
  const now = identityOf(path);
  if (now === null) return false;
  if (before.bornMs !== null && now.bornMs !== null && Math.abs(before.bornMs - now.bornMs) >= COARSEST_BIRTH_MS) return true;
  return before.inode !== now.inode && numbersLast(path);
}

/** As FAT keeps it: a time in memory is finer than what is read after the next mount. */
const COARSEST_BIRTH_MS = 10;

/** Linux's file systems that number their files anew at each mount, or may do so: FAT, exFAT, SMB, 9P and whatever is in user space. */
const PASSING_NUMBERS = new Set([0x4d44, 0x2011bab0, 0xff534d42, 0xfe534d42, 0x01021997, 0x65735546]);

const numbersLast = (path: string): boolean => process.platform !== 'linux' || !PASSING_NUMBERS.has(statfsSync(dirname(path)).type);
