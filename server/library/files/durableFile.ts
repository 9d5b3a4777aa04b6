import { open, rename, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { CodedError } from '#shared/errors/errorCodes.ts';
import { CodedFailure } from '../../kit/codedFailure.ts';
import { problemOf } from '../../kit/problemOf.ts';
import { NO_ROOM } from '../api/unavailable.ts';

/** Gives a written file its name, so that it has it even after a power cut. An existing file of that name is replaced. */
export async function renameDurably(from: string, to: string): Promise<void> {
  const file = await open(from, 'r+');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(from, to);
  await syncFolder(dirname(to));
}

/** Makes sure that what was named, renamed or removed in a folder stays so. Windows has no such thing and needs none. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/** What went wrong when writing a file: as a message that a person can act on, and as an error code that pages translate. */
export interface WriteFailure {
  reason: string;
  problem: CodedError;
}

/** @param otherwise the case of what nothing more is known of. */
export function writeFailure(error: unknown, folder: string, otherwise: CodedError): WriteFailure {
  const { code = '', message } = error as { code?: string; message: string };
  const params = { folder };
  if (NO_ROOM.includes(code))
    return { reason: `The disk that holds ${folder} is full`, problem: { code: 'folder-full', params } };
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS')
    return { reason: `${folder} cannot be written to (${message})`, problem: { code: 'folder-not-writable', params } };
  const problem = problemOf(error);
  return { reason: message, problem: problem.code === 'internal' ? otherwise : problem };
}

/** @throws when the folder's disk has no room for so many bytes: better refused than filled to the brim. */
export async function haveRoom(bytes: number, folder: string): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize;
  if (free < bytes)
    throw new CodedFailure(
      { code: 'folder-short', params: { needed: megabytes(bytes), free: megabytes(free), folder } },
      `it needs ${megabytes(bytes)} MB and ${folder} has ${megabytes(free)} MB left`,
    );
}

const megabytes = (bytes: number): number => Math.ceil(bytes / 1_000_000);
