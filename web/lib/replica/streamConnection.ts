import { likelyNow } from '#shared/primitives/moments.ts';
import type { CollectionName } from '#shared/sync/collections.ts';
import type { StreamEvent } from '#shared/sync/stream.ts';
import { ApiError } from './apiClient.ts';
import type { ConnectionState } from './connectionState.ts';
import type { Latch } from './latch.ts';
import type { MetadataStore } from './metadataStore.ts';
import type { ReplicatedCollections } from './replicatedCollections.ts';
import type { Transport } from './transport.ts';

export interface StreamHost {
  transport: Transport;
  metadata: MetadataStore;
  connectionState: ConnectionState;
  collections: ReplicatedCollections;
  /** Opened when the server is known to hold the library that is followed. */
  latch: Latch;
  /** The server's library was restored, or is another. */
  startAnew(): void;
  onEvent(event: StreamEvent): void;
}

/** The connection to the server's stream of events: made anew whenever it ends, and each time the server says first which library it has. */
export class StreamConnection {
  readonly #host: StreamHost;
  #current = new AbortController();

  constructor(host: StreamHost) {
    this.#host = host;
  }

  /** Listens until `life` ends. */
  async listen(life: AbortSignal): Promise<void> {
    const { transport, connectionState, latch, onEvent } = this.#host;
    while (!life.aborted) {
      await connectionState.due(life);
      this.#current = new AbortController();
      const signal = AbortSignal.any([life, this.#current.signal]);
      try {
        await transport.listen((event) => this.#heard(event), signal);
        connectionState.failed(new ApiError('network', 'The stream ended'));
      } catch (error) {
        if (life.aborted) return;
        if (!signal.aborted) connectionState.failed(error);
      }
      latch.close();
      if (!life.aborted) onEvent({ event: 'now-playing', data: { items: [] } });
    }
  }

  /** Ends the connection that there is; while `life` lasts, the next one is made at once. */
  end(): void {
    this.#current.abort();
  }

  #heard(event: StreamEvent): void {
    const { metadata, connectionState, collections, latch, startAnew, onEvent } = this.#host;
    if (event.event === 'hello') {
      const { serverTime: clock, latestTime: latest = clock } = event.data;
      metadata.write({ clockOffset: likelyNow({ clock, latest }, Date.now()) - Date.now() });
      collections.connected();
      const { epoch, libraryId } = metadata.read();
      const { epoch: theirs, libraryId: library = libraryId } = event.data;
      if ((epoch !== null && epoch !== theirs) || (libraryId !== null && libraryId !== library)) return startAnew();
      if (library !== libraryId) metadata.write({ libraryId: library });
      if (epoch !== null) latch.open();
    }
    // A server that came back with another library is not called reachable before that library was compared.
    connectionState.succeeded();
    if (event.event === 'resync') collections.announced(event.data.collection as CollectionName, event.data.seq);
    onEvent(event);
  }
}
