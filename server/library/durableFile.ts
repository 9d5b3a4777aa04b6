import { open, rename, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { NO_ROOM } from './unavailable.ts';

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

/** What went wrong when writing a file, in words a person can act on. */
export function writeFailure(error: unknown, folder: string): string {
  const { code = '', message } = error as { code?: string; message: string };
  if (NO_ROOM.includes(code)) return `The disk that holds ${folder} is full`;
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') return `${folder} cannot be written to (${message})`;
  return message;
}

/** @throws when the folder's disk has no room for so many bytes: better refused than filled to the brim. */
export async function haveRoom(bytes: number, folder: string): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize;
  if (free < bytes) throw new Error(`it needs ${megabytes(bytes)} and ${folder} has ${megabytes(free)} left`);
}

const megabytes = (bytes: number): string => `${Math.ceil(bytes / 1_000_000)} MB`;
