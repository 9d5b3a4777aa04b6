import { untilDatabasesClosed } from '../database/untilDatabasesClosed.ts';

/**
 * Waits until databases that this process has closed are closed indeed: their statements hold on to them until they are collected.
 * To be called before another process replaces such a file.
 */
export async function untilFilesClosed(): Promise<void> {
  await untilDatabasesClosed();
}
