import type { ArchiveFile as ArchiveItem } from '#shared/api/retention.ts';
import { CodedFailure } from '../../kit/codedFailure.ts';
import type { Pace } from '../../kit/slices.ts';

/** A file of the archive that cannot be trusted; the message says which and why. */
export class ArchiveFileError extends CodedFailure {
  override readonly name = 'ArchiveFileError';
}

/** A file as it is in its folder. */
export interface ArchiveFile {
  name: string;
  bytes: number;
  /** Seconds since the epoch. */
  createdAt: number;
}

export interface Removed {
  listens: number;
  files: string[];
  /** Listens that changed while they were being archived, or are about to: they stay for the next time. */
  changed: number;
}

export interface Revived {
  /** Listens that were archived and are in the journal again, under their ids. */
  listens: number;
  /** Listens that this library never had (it was brought back from an older backup): recorded anew from their evidence. */
  recorded: number;
  /** Listens that are in the journal already, that a person deleted, or that a later file holds. */
  known: number;
}

/** Listens that fell out of the retention period: written to files before they go, and brought back from them. */
export interface Archive {
  /** Its files, and what of each is archived still. */
  list(): Promise<ArchiveItem[]>;
  /** Archives what was heard before `cutoff`, as `removeBefore`. Never while another file is written or brought back. */
  removeBefore(cutoff: number, pace: Pace): Promise<Removed>;
  /** Brings a file's listens back. @throws {ArchiveFileError} when the file cannot be trusted. */
  restore(name: string, pace: Pace, onProgress?: (done: number, total: number) => void): Promise<Revived>;
}
