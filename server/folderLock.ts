/** The data folder while AIME runs: whether it is there, and whether it still is this process's alone. */

import { existsSync, lstatSync } from 'node:fs';
import type { Log } from './kit/log.ts';
import { type DataFolder, DataFolderInUse } from './library/index.ts';

/** Whether the folder still is away, or the disk that a link in the library's place leads to. */
export function staysAway(folder: DataFolder): boolean {
  return (
    folder.isAway ||
    (!existsSync(folder.library) && lstatSync(folder.library, { throwIfNoEntry: false })?.isSymbolicLink() === true)
  );
}

/**
 * Takes the folder's lock back where somebody removed it.
 *
 * @param onTaken called with the process that has it by now. @returns false when another process has it.
 */
export function keepsLock(folder: DataFolder, log: Log, onTaken: (owner: number) => void): boolean {
  try {
    if (folder.keep())
      log.warn('folder.lock-put-back', { folder: folder.path, why: 'server.lock was removed while AIME runs' });
  } catch (error) {
    if (error instanceof DataFolderInUse) {
      onTaken(error.owner);
      return false;
    }
    log.warn('folder.lock-not-put-back', { folder: folder.path, error });
  }
  return true;
}

/** @param owner the process that has the library; 0 when that is not known. */
export function takenError(folder: DataFolder, owner: number): Error {
  const who = owner === 0 ? 'Another program' : `Another AIME (process ${owner})`;
  return new Error(
    `${who} has taken the library in ${folder.path} while this one ran: was server.lock removed? This one stops, so that only one writes.`,
  );
}
