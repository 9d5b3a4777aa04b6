import { stat, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { HealthParts } from '#shared/api/health.ts';

const MEGABYTE = 1024 * 1024;
/** With less than this free SQLite may find no room for its next write. */
const FULL_BELOW = 8 * MEGABYTE;
/** Each backup takes a copy of the library, and so does an update: with less than this many times its size they may fail. */
const COPIES = 3;
const LOW_BELOW = 512 * MEGABYTE;
/** A disk that is away may never answer. Milliseconds. */
const PATIENCE_MS = 1_000;

export type DiskHealth = NonNullable<HealthParts['disk']>;
interface Space {
  freeBytes: number;
  totalBytes: number;
}

/** How much room the disk of a library has. @param read what the system says of a folder's disk. @param patienceMs how long it is waited for. */
export async function diskHealth(
  libraryFile: string,
  read: (folder: string) => Promise<Space> = spaceOf,
  patienceMs = PATIENCE_MS,
): Promise<DiskHealth> {
  const size = await stat(libraryFile).then(
    (found) => found.size,
    () => 0,
  );
  const space = await Promise.race([read(dirname(libraryFile)).catch(() => null), later(patienceMs)]);
  return healthOf(space, size);
}

/** @param space null when the system does not say. @param librarySize in bytes. */
function healthOf(space: Space | null, librarySize: number): DiskHealth {
  const lowBelowBytes = Math.max(LOW_BELOW, COPIES * librarySize);
  if (space === null) return { state: 'warning', code: 'unknown', freeBytes: null, totalBytes: null, lowBelowBytes };
  const details = { freeBytes: space.freeBytes, totalBytes: space.totalBytes, lowBelowBytes };
  if (space.freeBytes < FULL_BELOW) return { state: 'failing', code: 'full', ...details };
  return space.freeBytes < lowBelowBytes
    ? { state: 'warning', code: 'low', ...details }
    : { state: 'ok', code: 'enough', ...details };
}

/** What may be used by others than the system's administrator. */
async function spaceOf(folder: string): Promise<Space> {
  const { bavail, blocks, bsize } = await statfs(folder);
  return { freeBytes: bavail * bsize, totalBytes: blocks * bsize };
}

const later = (ms: number): Promise<null> => new Promise((resolve) => void setTimeout(() => resolve(null), ms).unref());
