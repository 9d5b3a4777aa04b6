import type { Sighting } from '#shared/sync/state.ts';

/** Highest ids that were ever given, by table. */
export type HighestIds = Record<string, number>;

/** Why a life of the database began: the first one, a backup brought back, built anew from a device, its file exchanged. */
export const EpochCauses = ['new', 'restore', 'rebuild', 'swap'] as const;

export type EpochCause = (typeof EpochCauses)[number];

/** One life of the database; see the table `epochs`. */
export interface Ancestor {
  epoch: string;
  parent: string | null;
  cause: string;
  common: HighestIds;
  /** Seconds since the epoch. */
  begunAt: number;
}

/**
 * What is at the place of the file that is open: itself, nothing, or another file; `away` when nothing is there because the folder or
 * the disk is away, and the file with it.
 */
export type AtPlace = 'itself' | 'nothing' | 'another' | 'away';

/** The library as an individual: who it is, and which of its lives this is. */
export interface LibraryIdentity {
  readonly libraryId: string;
  /** Names this life of the database: a checkpoint of another one is not this one's. */
  readonly epoch: string;
  readonly cause: EpochCause;
  /** Seconds since the epoch. */
  readonly begunAt: number;
  /** When the library was written last before this opening, as far as it is known, seconds since the epoch; 0 for a new one. */
  readonly lastWrittenAt: number;
  /** This life and those it came from, the present one first. */
  lives(): Ancestor[];
  /** The token of this opening, which only the file that is open has. */
  readonly opening: string;
  /**
   * Takes from a device what it knows of ids, so that none is given twice. @returns false when it followed another library.
   * @param reach how far beyond what is known to be given its word counts; what goes further is passed over and logged.
   */
  seen(sighting: Sighting, reach?: number): boolean;
  /** A device proved that this library was ahead of itself: begins a new life, in which no former checkpoint holds. */
  beginAgain(): void;
  onNewEpoch(listener: () => void): () => void;
  /** What is at the place of the library's file; `taken` when it is the file, and another process has opened it as its own. */
  place(): AtPlace | 'taken';
  /** Goes up each time that the file is found changed by what was no commit of this process. */
  touched(): number;
  /**
   * Gives the place up to another file: from now on the marker stays as it is, and closing changes nothing there.
   * @param aside where the file goes that was written over in place. @returns to be called when the library is closed.
   */
  abandon(aside: string): () => void;
  close(): void;
}

/** A library that begins in an empty file, and what it has of a former one. */
export interface Beginning {
  cause: EpochCause;
  /** Null for a new one. */
  libraryId: string | null;
  /** The life of the library that it goes on from, and the ids that mean the same in both. */
  from: { epoch: string; common: HighestIds } | null;
  /** Ids that were given in former lives. */
  given: HighestIds;
  /** The lives of the library that are known. */
  former: Ancestor[];
}
