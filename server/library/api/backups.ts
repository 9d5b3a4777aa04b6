import { BackupCounts, type BackupKinds, type BackupStatus } from '#shared/api/backups.ts';
import type { Problem } from '#shared/errors/errors.ts';
import { CodedFailure } from '../../kit/codedFailure.ts';

export { BackupCounts };
export type BackupKind = (typeof BackupKinds)[number];

export type BackupFolder = 'first' | 'second';

/** A backup as it lies in a folder, and what it says it holds. */
export interface Backup {
  name: string;
  folder: BackupFolder;
  bytes: number;
  /** Seconds since the epoch. */
  createdAt: number;
  kind: BackupKind;
  /** Why it cannot be brought back, as a message; null for one that can be. */
  flaw: string | null;
  /** The same as an error code that pages translate. */
  problem: Problem | null;
  /** Null when it cannot be read. */
  counts: BackupCounts | null;
  libraryId: string | null;
  /** Which life of the library it is of, and how many changes that had come to; null when it cannot be read. */
  epoch: string | null;
  lastSeq: number | null;
  schema: number | null;
  /** `everything` is a zip with the archive; `library` a database alone. */
  holds: 'everything' | 'library';
  secrets: boolean;
  covers: boolean;
  /** Files of the archive that listens are filed under, and that were missing or damaged when it was made. */
  lacks: string[];
}

export type BackupProblem = NonNullable<BackupStatus['problem']>;

/** A backup could not be made or removed; the message says why in words. */
export class BackupError extends CodedFailure {
  override readonly name = 'BackupError';
}

/** What a backup holds beside the library and its archive. */
export interface BackupContent {
  secrets?: boolean;
  covers?: boolean;
}

export interface Backups {
  /** Newest first, of both folders. */
  list(): Promise<Backup[]>;
  /** The path of a backup, in the first folder if it is there; null when there is none of this name. */
  pathOf(name: string): Promise<string | null>;
  /**
   * Makes one while the library goes on being written to; one at a time, a second caller who wants the same of the same kind gets what
   * the first is making. It is copied into the second folder too, whose failure is shown in `status` and fails nothing.
   * @returns null when the library is empty.
   * @throws {BackupError} with a message for people; nothing is left behind. @throws the signal's reason.
   */
  make(kind: 'scheduled' | 'by-hand', content?: BackupContent, signal?: AbortSignal): Promise<Backup | null>;
  /**
   * Removes it and its copy, unless it is chosen to take the library's place at the next start. Where one cannot be removed, the other is
   * all the same. @throws {BackupError} with a message for people.
   */
  remove(name: string): Promise<'removed' | 'none' | 'chosen'>;
  /**
   * Removes this library's scheduled backups beyond 7 daily, 4 weekly and 12 monthly ones, in both folders, and what an interrupted one
   * left. Another library's stay. @returns the names.
   */
  prune(): Promise<string[]>;
  /** Removes what interrupted backups left in both folders. */
  cleanUp(): Promise<void>;
  /** How well the library is backed up, by what is on the disk. */
  status(): Promise<BackupStatus>;
  /** Lets one that is being made come to its end for a while, then stops it; nothing of it is left. */
  close(): Promise<void>;
}

/** True for the copy of a backup in the other folder; another library's may have the same name. */
export const isCopyOf = (one: Backup, other: Backup): boolean =>
  one.name === other.name && one.bytes === other.bytes && one.epoch === other.epoch && one.lastSeq === other.lastSeq;
