import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { CodedFailure } from '../../kit/codedFailure.ts';
import { haveRoom, renameDurably } from '../files/durableFile.ts';
import { isSameFolder } from './listing.ts';
import { digesting } from './zip.ts';

/**
 * Holds a folder against the one of the backups before anything is copied there. It is not made: where a disk should be and is not, a
 * copy on the disk beneath it would be none.
 *
 * @throws with a message for people when a copy there would be no second one.
 */
export async function checkSecondFolder(folder: string, first: string): Promise<void> {
  if (!(await stat(folder).catch(() => null))?.isDirectory())
    throw new CodedFailure(
      { code: 'folder-missing', params: { folder } },
      `there is no folder ${folder}. Is its disk connected?`,
    );
  if (isSameFolder(folder, first)) throw new CodedFailure({ code: 'folder-is-first', params: { folder } });
}

/**
 * Copies a backup into another folder and reads the copy back.
 *
 * @throws with a message for people; nothing is left behind. @throws the signal's reason.
 */
export async function copyBackup(
  from: { folder: string; name: string },
  folder: string,
  signal?: AbortSignal,
): Promise<void> {
  const source = join(from.folder, from.name);
  const target = join(folder, from.name);
  const partial = `${target}.partial`;
  try {
    await haveRoom((await stat(source)).size, folder);
    const digest = digesting();
    await pipeline(createReadStream(source), digest.through, createWriteStream(partial, { mode: 0o600, flush: true }), {
      signal,
    });
    if ((await digestOf(partial, signal)) !== digest.result().sha256)
      throw new CodedFailure({ code: 'copy-differs', params: { folder } }, `the copy in ${folder} reads differently`);
    await renameDurably(partial, target);
  } catch (error) {
    await rm(partial, { force: true }).catch(() => undefined);
    throw error;
  }
}

async function digestOf(path: string, signal?: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path, { signal })) hash.update(chunk as Buffer);
  return hash.digest('hex');
}
