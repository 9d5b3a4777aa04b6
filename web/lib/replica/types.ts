import type * as v from 'valibot';
import type { CollectionName, collections } from '#shared/sync/collections.ts';
import type { StreamEvent } from '#shared/sync/stream.ts';
import type { BringBackProgress } from './bringBackProgress.ts';
import type { Held, HeldAnswer, HeldQuestion } from './held.ts';
import type { StorageFailure } from './storageHealth.ts';

/** A collection's document as pages know it. */
export type DocumentOf<N extends CollectionName> = v.InferOutput<(typeof collections)[N]['schema']>;

export interface Changes<T> {
  /** New or changed documents, whole. */
  documents: T[];
  /** Ids of documents that are gone. */
  removed: string[];
}

export interface ReplicaCollection<T extends { id: string }> {
  /**
   * Delivers every document in batches, highest ids first, then every change as it happens, in this tab or another.
   * No state is delivered after a newer one. Resolves when all that was there has been delivered.
   */
  follow(deliver: (changes: Changes<T>) => void): Promise<void>;
  /** Everything at once; for small collections. */
  all(): Promise<T[]>;
  /** Those that exist, in no order. */
  get(ids: readonly string[]): Promise<T[]>;
  /**
   * Changes one document, after changes that are under way, and once for each `mutation` however often it is called with it. Durable
   * when it resolves.
   *
   * @param change is given the document (null: there is none) and whether there ever was one of this id; null removes it,
   *   undefined leaves it as it is. May be called again, with what another change has made of it meanwhile.
   * @param parting what a document that is removed says besides: the server hears it with the removal.
   */
  change(
    id: string,
    mutation: string,
    change: (before: T | null, known: boolean) => T | null | undefined,
    parting?: Partial<T>,
  ): Promise<void>;
}

/** `connecting` until the server has answered or failed once; `recovery`: it has no library, and asks what to do. */
export type Connection =
  'connecting' | 'online' | 'offline' | 'needs-token' | 'localhost-only' | 'outdated' | 'recovery';

export interface ReplicaStatus {
  connection: Connection;
  /** Something is being pulled or pushed. */
  active: boolean;
  /** The server is being asked for what is new: until it has answered, something may be missing here. */
  asking: boolean;
  /** 0–1, of what is being pulled. */
  progress: number;
  /** Every collection has been complete once. */
  firstSyncDone: boolean;
  /** Up to which seq of the feed each collection is complete, in the current epoch. */
  caughtUp: Partial<Record<CollectionName, number>>;
  /** Milliseconds since the epoch. */
  lastInStepAt: number | null;
  /** What keeps the replica from storing what it pulls. */
  failure: StorageFailure | null;
  /** The server's library would take much of what is here: it is not taken over before a person says so. */
  held: Held | null;
  /** How far this device has come with giving its library back to the server. */
  bringBack: BringBackProgress | null;
  unsentPlaylists: Record<string, number>;
  /** What each of those is called, or was, and what was done to it. */
  unsentWords: Record<string, UnsentPlaylistEdit>;
  /** By a playlist's id what the server will not take of it; by a mutation's what could not be done to one. */
  refusedPlaylists: Record<string, RefusedPlaylist>;
  /** Ids of documents that the server sent and that this device cannot read: what it had of them before stays. */
  unreadable: Partial<Record<CollectionName, string[]>>;
}

/** A playlist that waits to be sent, in words: what is deleted has no name here any more. */
export interface UnsentPlaylistEdit {
  name?: string | undefined;
  /** Which kind of change it was; unknown where there were several. */
  did?: string | undefined;
}

/** Why a playlist, or a change of one, was refused. */
export interface RefusedPlaylist {
  /** A key of the translations. */
  reason: string;
  message: string;
  /** What it was called, where it is not here any more. */
  name?: string | undefined;
  /** Which kind of change it was. */
  did?: string | undefined;
  /** What the person wanted in it, in words. */
  words?: string | undefined;
}

/** The loss that a person was shown and wants to be made good from this device: it begins, or goes on where it stood. */
export type BringBackCommand = { loss: string } | 'pause' | 'cancel';

export interface Replica {
  readonly deviceId: string;
  /** Names what this device's documents are stored in: another one when that was deleted and made anew. */
  readonly store: string;
  /** False in a private window that refuses IndexedDB: everything is gone with the tab. */
  readonly persistent: boolean;
  collection<N extends CollectionName>(name: N): ReplicaCollection<DocumentOf<N>>;
  readonly status: ReplicaStatus;
  /** @returns unsubscribes. */
  onStatus(listener: (status: ReplicaStatus) => void): () => void;
  /** What the server says as it happens, whichever tab hears it. @returns unsubscribes. */
  onEvent(listener: (event: StreamEvent) => void): () => void;
  /** Replicates from now on, once this tab leads. */
  startSync(): void;
  /** Tries again at once what waits for its next attempt; everything is pulled. Also after signing in. */
  retry(): void;
  /** What a person says to a library that is held; durable, and can be changed as long as it is held. Nothing where another question stands by now. */
  answerHeld(answer: HeldAnswer, to: HeldQuestion): void;
  /** Gives this device's library to a server that has none. */
  bringBack(command: BringBackCommand): void;
  /** Milliseconds since the epoch by the server's clock. */
  now(): number;
  /** Notes that a playlist waits to be pushed, since when (milliseconds since the epoch), and what was done. */
  playlistChanged(id: string, at: number, unsentText?: UnsentPlaylistEdit): void;
  /** Notes that a change of a playlist cannot be made, with why. @param key the mutation's. */
  refusePlaylist(key: string, why: RefusedPlaylist): void;
  /** The person has read why a playlist, or a change of one, was refused. @param key of `refusedPlaylists`. */
  forgetRefusal(key: string): void;
  close(): Promise<void>;
  /** Erases everything this device holds; the replica is closed then. */
  destroy(): Promise<void>;
}
