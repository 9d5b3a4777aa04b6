import type { CollectionName } from '#shared/sync/collections.ts';
import type { BringBackProgress } from './bringBackProgress.ts';
import type { Accepted, Held } from './held.ts';
import type { RefusedPlaylist, UnsentPlaylistEdit } from './types.ts';

/** The few facts about this replica that are no documents. All tabs share them. */
export interface ReplicaMetadata {
  deviceId: string;
  /** Counts the times everything was pulled anew; part of the replications' identifiers. */
  generation: number;
  /** The life of the server's database that this replica follows. */
  epoch: string | null;
  /** The library that this replica follows; null where the server never said. */
  libraryId: string | null;
  /** The server's library has a new epoch that was not compared yet: nothing is pulled over what is here. */
  unjudged: boolean;
  /** The server's library as it would take much of what is here, and what the person says to that. */
  held: Held | null;
  /** What a person agreed to take over. */
  accepted: Accepted | null;
  /** How far this device has come with giving its library back. */
  bringBack: BringBackProgress | null;
  /** A resync's first pull is under way: what it does not bring is to be removed. */
  sweeping: boolean;
  /** Milliseconds to add to this device's clock to get the server's. */
  clockOffset: number;
  lastIntentNumber: number;
  /** The number of this device's last push. */
  lastPush: number;
  /** Up to which seq of the feed each collection is complete. */
  caughtUp: Partial<Record<CollectionName, number>>;
  /** The version of the shape in which each collection is stored here. */
  versions: Partial<Record<CollectionName, number>>;
  /** Milliseconds since the epoch. */
  lastInStepAt: number | null;
  /** Playlists changed here and not yet pushed, with when (milliseconds since the epoch). */
  unsentPlaylists: Record<string, number>;
  /** Those in words. */
  unsentWords: Record<string, UnsentPlaylistEdit>;
  /** Playlists, and changes of them, that were refused, with why. */
  refusedPlaylists: Record<string, RefusedPlaylist>;
  /** Ids of documents that came and could not be read. */
  unreadable: Partial<Record<CollectionName, string[]>>;
  /** Names what the documents are stored in: another one when that was deleted and made anew. */
  store: string;
}
