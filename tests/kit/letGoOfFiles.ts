import { setImmediate as turn } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/**
 * Waits until databases that this process has closed are closed indeed: their statements hold on to them until they are collected.
 * To be called before another process replaces such a file.
 */
export async function letGoOfFiles(): Promise<void> {
  collectGarbage();
  await turn();
  await turn();
}
