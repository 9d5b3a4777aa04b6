import type { Core } from '../core.ts';
import type { Rollups } from '../rollups.ts';
import type { Pace } from '../slices.ts';
import { ArchiveFileError, archiveFiles, type ArchiveFile } from './files.ts';
import { type Removed, removeBefore } from './removal.ts';
import { revive, type Revived } from './revival.ts';

export { ArchiveFileError } from './files.ts';

/** A file of the archive, and what of it is archived still. */
export interface ArchiveItem extends Omit<ArchiveFile, 'bytes' | 'createdAt'> {
  /** Null when the file is not in its folder (any more). */
  bytes: number | null;
  createdAt: number | null;
  /** Listens that are out of the journal and in this file. */
  listens: number;
  /** When the first and the last of them were heard, seconds since the epoch. */
  from: number | null;
  to: number | null;
}

/** Listens that fell out of the retention period: written to files before they go, and brought back from them. */
export interface Archive {
  list(): Promise<ArchiveItem[]>;
  /** Archives what was heard before `cutoff`, as `removeBefore`. Never while another file is written or brought back. */
  removeBefore(cutoff: number, pace: Pace): Promise<Removed>;
  /** Brings a file's listens back. @throws {ArchiveFileError} when the file cannot be trusted. */
  restore(name: string, pace: Pace, onProgress?: (done: number, total: number) => void): Promise<Revived>;
}

/** @param folder made when the first file is written. */
export function openArchive(core: Core, rollups: Rollups, folder: string): Archive {
  const files = archiveFiles(folder);
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const mine = last.then(work, work);
    last = mine.catch(() => undefined);
    return mine;
  };
  return {
    async list() {
      const held = core.db.all<{ name: string; listens: number; from: number; to: number }>(
        'SELECT file AS name, count(*) AS listens, min(timestamp) AS "from", max(timestamp) AS "to" FROM archived_listens GROUP BY file',
      );
      const found = await files.list();
      const names = new Set([...found, ...held].map(({ name }) => name));
      return [...names].sort().reverse().map((name) => ({
        ...{ name, bytes: null, createdAt: null, listens: 0, from: null, to: null },
        ...found.find((file) => file.name === name),
        ...held.find((row) => row.name === name),
      }));
    },
    removeBefore: (cutoff, pace) => inTurn(() => removeBefore(core, rollups, files, cutoff, pace)),
    restore: (name, pace, onProgress = () => undefined) =>
      inTurn(async () => {
        if (!(await files.has(name))) throw new ArchiveFileError(`There is no archive ${name}`);
        return revive(core, rollups, files, name, pace, onProgress);
      }),
  };
}
