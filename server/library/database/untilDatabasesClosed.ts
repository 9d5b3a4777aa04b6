import { readdirSync, readlinkSync } from 'node:fs';
import { setImmediate as turn } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { closeUnused } from './sharedDescriptor.ts';

/** Rounds after which statements that are still referenced will not be released. */
const ROUNDS = 5;

/**
 * Waits until databases that this process has closed are closed indeed: their statements hold on to them until they are collected as
 * garbage, and what closes late removes the log of whatever file has its name by then.
 *
 * @param file of which no connection may be left. @returns false when one is left all the same; where the system does not say, true.
 */
export async function untilDatabasesClosed(file?: string): Promise<boolean> {
  setFlagsFromString('--expose-gc');
  const collectGarbage = runInNewContext('gc') as () => void;
  for (let round = 0; round < ROUNDS; round += 1) {
    collectGarbage();
    await turn();
    await turn();
    closeUnused();
    if (file === undefined || !holdsOpen(file)) return true;
  }
  return false;
}

/** Only Linux says so; a file that was moved or removed is listed under the name it has now. */
function holdsOpen(file: string): boolean {
  try {
    return readdirSync('/proc/self/fd').some((descriptor) => {
      try {
        const path = readlinkSync(`/proc/self/fd/${descriptor}`);
        return path === `${file}-wal` || path === `${file}-wal (deleted)`;
      } catch {
        return false;
      }
    });
  } catch {
    return false;
  }
}
