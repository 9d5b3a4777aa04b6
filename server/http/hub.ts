import type { StreamEvent } from '#shared/sync/stream.ts';

/** Hands live events to everyone who listens: the event stream's connections, and whoever reacts to changes on the server. */
export class Hub {
  readonly #listeners = new Set<(event: StreamEvent) => void>();

  publish(event: StreamEvent): void {
    for (const listener of this.#listeners) listener(event);
  }

  subscribe(listener: (event: StreamEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  get size(): number {
    return this.#listeners.size;
  }
}
