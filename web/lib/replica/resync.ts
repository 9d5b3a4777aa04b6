import type { CollectionName } from '#shared/sync/collections.ts';
import type { ConnectionState } from './connectionState.ts';
import type { Database } from './database.ts';
import type { HeldPull } from './heldPull.ts';
import type { MetadataStore } from './metadataStore.ts';
import { offerAgain, unlinkNamedTracks } from './mutationDocuments.ts';
import type { ReplicatedCollections } from './replicatedCollections.ts';

export interface ResyncHost {
  database: Database;
  names: readonly CollectionName[];
  metadata: MetadataStore;
  connectionState: ConnectionState;
  heldPull: HeldPull;
  collections: ReplicatedCollections;
  isStopped(): boolean;
  /** Ends the pulls, the pushes and the stream that are under way. */
  endLife(): void;
  /** What was is over: whatever failed in it no longer counts. @returns how long the next pulls, pushes and stream may go on. */
  newLife(): AbortSignal;
  report(): void;
  /** Replicates every collection, as the metadata say. */
  begin(): Promise<void>;
  storageFailed(error: unknown): void;
}

/**
 * When everything is pulled again: the server's library was restored, is another, or would take much of what is here. What does not come
 * any more is removed at the resync's end (until then the old state stays visible), and what this device made is offered again.
 */
export class Resync {
  readonly #host: ResyncHost;
  #changing: Promise<void> = Promise.resolve();
  #restarting = false;

  constructor(host: ResyncHost) {
    this.#host = host;
  }

  /** Resolves when no resync is being begun any more; never rejects. */
  get settled(): Promise<void> {
    return this.#changing;
  }

  /** Begins to replicate: with a resync where the server's library is to be compared first. */
  begin(): void {
    const { metadata, storageFailed } = this.#host;
    // A resync whose first pull was cut short is begun again: which documents it had brought is not known any more.
    if (metadata.read().sweeping)
      metadata.write({ generation: metadata.read().generation + 1, caughtUp: {}, unreadable: {} });
    const { unjudged, held } = metadata.read();
    this.#changing = (unjudged || held ? this.#run() : this.#host.begin()).catch(storageFailed);
  }

  /** Begins a resync; nothing happens where one is being begun. */
  start(): void {
    const { metadata, isStopped, storageFailed } = this.#host;
    if (this.#restarting || isStopped()) return;
    this.#restarting = true;
    // At once: what the stream says besides, before the resync has its turn, makes nothing up to date.
    metadata.write({ unjudged: true });
    this.#changing = this.#changing.then(() => this.#run()).catch(storageFailed);
  }

  /** Whatever is being begun came to nothing: the next one may begin. */
  gaveUp(): void {
    this.#restarting = false;
  }

  async #run(): Promise<void> {
    const { metadata, heldPull, collections, connectionState, isStopped } = this.#host;
    metadata.write({ unjudged: true });
    this.#host.endLife();
    await collections.remove();
    if (isStopped()) return;
    collections.clear();
    const life = this.#host.newLife();
    connectionState.wake();
    this.#host.report();
    const theirs = await heldPull.passed(life);
    if (!theirs || isStopped()) return;
    const { generation: replicaNumber, libraryId: known } = metadata.read();
    const libraryId = theirs.libraryId || known;
    await this.#offerAgain(libraryId);
    metadata.write({
      generation: replicaNumber + 1,
      libraryId,
      epoch: null,
      sweeping: true,
      unjudged: false,
      caughtUp: {},
      unreadable: {},
    });
    collections.forgetHeads();
    this.#restarting = false;
    if (!isStopped()) await this.#host.begin();
  }

  /** What the server applied before is offered again: it may have forgotten. What was done to another library is not this one's. */
  async #offerAgain(libraryId: string | null): Promise<void> {
    const { metadata, database, names } = this.#host;
    const known = metadata.read().libraryId;
    const isAnother = known !== null && known !== libraryId;
    if (names.includes('intents') && !isAnother) await offerAgain(database.intents);
    if (names.includes('playlists') && isAnother) await unlinkNamedTracks(database.playlists);
  }
}
