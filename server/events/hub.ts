import type { StreamEvent } from '#shared/sync/stream.ts';
import type { Log } from '../kit/log.ts';
import { guarded } from '../kit/background/supervisor.ts';

/** Hands live events to everyone who listens: the event stream's connections, and whoever reacts to changes on the server. */
export class Hub {
  readonly #listeners = new Set<(event: StreamEvent) => void>();
  readonly #connections = new Set<() => void>();
  readonly #log: Log;

  /** @param log records a listener that throws: whoever publishes must not fail for it. */
  constructor(log: Log) {
    this.#log = log;
  }

  publish(event: StreamEvent): void {
    for (const listener of this.#listeners) guarded('a listener of live events', this.#log, () => listener(event));
  }

  subscribe(listener: (event: StreamEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** @param end ends a connection: it comes back, and is greeted anew. */
  connect(end: () => void): () => void {
    this.#connections.add(end);
    return () => this.#connections.delete(end);
  }

  /** Ends every connection, as when what they know of the library does not hold any more. */
  disconnectAll(): void {
    for (const end of [...this.#connections]) end();
  }

  get size(): number {
    return this.#listeners.size;
  }

  /** How many listen from outside at this moment. */
  get connections(): number {
    return this.#connections.size;
  }
}
