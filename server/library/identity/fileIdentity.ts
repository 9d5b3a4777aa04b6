import { fstatSync, type Stats, statfsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/** What a file keeps for as long as it exists, whatever is written to it and however it is renamed, and what no copy of it has. */
export interface FileIdentity {
  inode: number;
  /** When it was created, in milliseconds since the epoch; null where the system does not say. Numbers are given again, also at once. */
  bornMs: number | null;
}

type FileStats = Pick<Stats, 'ino' | 'birthtimeMs' | 'ctimeMs'>;

/** What the system says of files and disks. */
export const system = {
  file: (path: string): FileStats | undefined => statSync(path, { throwIfNoEntry: false }),
  open: (descriptor: number): FileStats => fstatSync(descriptor),
  typeOf: (folder: string): number => statfsSync(folder).type,
};

/** @param open the file itself, where it is open. @returns null when there is no such file. */
export function identityOf(path: string, open?: number): FileIdentity | null {
  const found = open === undefined ? system.file(path) : system.open(open);
  return found === undefined
    ? null
    : { inode: found.ino, bornMs: hasBirthTime(found, path) ? found.birthtimeMs : null };
}

/**
 * Whether this is the file's birth. A kernel or a container that does not know statx gives the time of the last change in its place,
 * of every file; that of its folder, which was changed since by what is in it, shows which of the two it is.
 */
function hasBirthTime(found: FileStats, path: string): boolean {
  if (found.birthtimeMs <= 0) return false;
  if (found.birthtimeMs !== found.ctimeMs) return true;
  const folder = system.file(dirname(path));
  return folder !== undefined && folder.birthtimeMs !== folder.ctimeMs;
}

/** True when the file at this path is not the one that was seen before. What the disk does not give reliably is not compared. */
export function isAnotherFile(before: FileIdentity, path: string): boolean {
  const now = identityOf(path);
  if (now === null) return false;
  if (before.bornMs !== null && now.bornMs !== null && Math.abs(before.bornMs - now.bornMs) >= COARSEST_BIRTH_MS)
    return true;
  return before.inode !== now.inode && numbersLast(path);
}

/** As FAT keeps it: a time in memory is finer than what is read after the next mount. */
const COARSEST_BIRTH_MS = 10;

/**
 * Linux's file systems that number their files anew at each mount, or may do so, by the type that statfs gives. NFS is none of them:
 * its servers must keep a file's number for as long as it exists.
 */
const PASSING_NUMBERS = new Set([
  0x4d44, // FAT
  0x2011bab0, // exFAT
  0xff534d42,
  0xfe534d42,
  0x517b, // SMB: CIFS, SMB 2 and 3, smbfs
  0x01021997, // 9P: WSL 2's drives, virtual machines
  0x53464846, // WSL 1's drives
  0x65735546, // whatever is in user space (mergerfs, sshfs, rclone, NTFS-3G), and virtiofs
  0x786f4256, // VirtualBox's shared folders
  0xbacbacbc, // VMware's
  0x7c7c6673, // Parallels'
  0x794c7630, // overlayfs, whose layers may be of several disks
  0x61756673, // aufs
]);

/** A 32-bit system gives the type as a signed number. */
const numbersLast = (path: string): boolean =>
  process.platform !== 'linux' || !PASSING_NUMBERS.has(system.typeOf(dirname(path)) >>> 0);
