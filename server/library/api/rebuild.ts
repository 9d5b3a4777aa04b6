import type { TakenAnswer } from '#shared/api/recovery.ts';
import type { CodedError } from '#shared/errors/errorCodes.ts';
import type { Pace } from '../../kit/slices.ts';
import type { CollectionName } from '#shared/sync/collections.ts';

/** Why something was not taken: as a message, and as an error code that pages translate. */
export interface NotTaken {
  reason: string;
  problem: CodedError;
}

/** A document that was not taken, or not whole, and why: as a message, and as an error code that pages translate. */
export interface RefusedDocument extends NotTaken {
  id: string;
}

/** Here it is always said why in a registered case, and how many wait until what they name is given. */
export type TakenDocuments = Required<Omit<TakenAnswer, 'refused'>> & { refused: RefusedDocument[] };

export interface TakeOptions extends Pace {
  /** The epoch that the replica is of: ids are of that life. All devices of one life mean the same things. */
  life?: string;
}

/** A document that waits, and a message that says for what. */
export interface Awaiting {
  collection: CollectionName;
  id: string;
  reason: string;
}

/** Bringing a library back from what devices hold of it, and adding to a library what only a device has. */
export interface Rebuild {
  /**
   * Takes documents as a replica holds them: what the library lacks is added, under the same ids where these are free; what it
   * has is never overwritten. In any order, and any number of times. Each document is stored when this resolves.
   *
   * @throws the signal's reason; what was taken by then stays.
   */
  take(collection: CollectionName, documents: readonly unknown[], options?: TakeOptions): Promise<TakenDocuments>;
  /** Ends with what was given: @returns what names something that never came, and stays aside until it does. */
  settle(options?: Pace): Promise<Awaiting[]>;
}
