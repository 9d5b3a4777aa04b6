import type { Listen } from '../journal/listen.ts';
import type { NeedleMove, TurntableSession } from '../journal/turntable.ts';
import type { SplitReport } from './fields.ts';

/** A report that a person says is a play of its own; nothing more of it is known where it was split without being seen. */
export interface SplitListen {
  id: number;
  listenId: number;
  report?: SplitReport;
}

/** A track that a person logged by its names; the server makes one of the library's of it. */
export interface NamedTrack {
  title: string;
  artist: string;
  album?: string;
  /** It is on this record of the library's. */
  albumId?: string;
  /** How long it plays, and how much of that is estimated. Seconds. */
  time: { seconds: number; estimatedSeconds: number };
}

/** A manually added record, by the alias that its device gave it. */
export interface ManualAlbum {
  alias: string;
  title: string;
  artists: string[];
  year: number | null;
  support: string | null;
  discogsId?: string | undefined;
  albumId?: string | undefined;
}

export type AddedListen = Pick<Listen, 'trackId' | 'playedAt'> & { id: number; group: string };

/** What this device's own mutations change in what the server sent, until it has sent that itself: as their effects write it. */
export class OptimisticDraft {
  readonly loves = new Map<number, boolean>();
  readonly ratings = new Map<string, number>();
  readonly notes = new Map<string, string>();
  readonly covers = new Map<string, number>();
  readonly manualAlbums = new Map<string, ManualAlbum>();
  /** Manually added copies that were taken back, by their alias. */
  readonly removedCopies = new Set<string>();
  /** Albums that were merged into another, or taken back. */
  readonly hiddenAlbums = new Set<string>();
  readonly hiddenArtists = new Set<string>();
  /** Names to add (true) to an artist's aliases, or to take away. */
  readonly aliases = new Map<string, Map<string, boolean>>();
  readonly deletedListens = new Set<number>();
  readonly restoredListens = new Set<number>();
  readonly listenNotes = new Map<number, string>();
  added: AddedListen[] = [];
  /** Listens added earlier whose removal is not through: the journal may hold them under the server's ids. */
  takenBack: AddedListen[] = [];
  /** What was logged by its names alone, by the ids that its tracks have here: the library knows no such ids. */
  readonly named = new Map<number, NamedTrack>();
  /** Reports taken out of their listens, to be shown as listens of their own. */
  readonly splits = new Map<string, SplitListen>();
  /** Reports put back whose split may have gone through: the journal may hold them as listens. */
  rejoined: SplitListen[] = [];
  /** By the listen that stays, those that became part of it. */
  readonly merged = new Map<number, readonly number[]>();
  /** The same for merges taken back that may have gone through: all of them are to be seen as they were. */
  readonly unmerged = new Map<number, readonly number[]>();
  /** What was begun at the turntable, by its group; its listens follow from the time. */
  readonly sessions = new Map<string, TurntableSession>();
  /** What was done there, by the session; the server may know of both by now. */
  readonly needleMoves = new Map<string, readonly NeedleMove[]>();
  /** Sessions that were taken back, as this device began them; null where another did. */
  readonly removedSessions = new Map<string, TurntableSession | null>();

  /** What this device's mutations make, pending or not: its listens and sessions by their group, its splits by their report. */
  readonly ownListens = new Map<string, readonly AddedListen[]>();
  readonly ownSessions = new Map<string, TurntableSession>();
  readonly ownSplits = new Map<string, number>();
  #lastId = 0;

  /** An id for a listen that has none of the server's: negative. */
  nextListenId(): number {
    return --this.#lastId;
  }
}

type Read<T> =
  T extends Map<infer K, infer V>
    ? ReadonlyMap<K, V>
    : T extends Set<infer E>
      ? ReadonlySet<E>
      : T extends (infer E)[]
        ? readonly E[]
        : T;
type Own = 'ownListens' | 'ownSessions' | 'ownSplits' | 'nextListenId';

/** The same as what is shown reads it. */
export type OptimisticState = { readonly [F in Exclude<keyof OptimisticDraft, Own>]: Read<OptimisticDraft[F]> };
