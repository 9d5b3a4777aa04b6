import { untilDatabasesClosed } from '../database/untilDatabasesClosed.ts';

/**
 * Waits until databases that this process has closed are closed indeed: their statements hold on to them until they are collected.
 * To be called before another process replaces such a file.
 *
 * @param file of which nothing may be open any more. @throws when something is.
 */
export async function untilFilesClosed(file?: string): Promise<void> {
  if (!(await untilDatabasesClosed(file))) throw new Error(`${file} is still open`);
}
