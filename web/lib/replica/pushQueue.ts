import type { PushRow, RefusedRow } from '#shared/sync/protocol.ts';
import type { CollectionName } from '#shared/sync/collections.ts';
import { RetryState } from './retryState.ts';
import type { ConnectionState } from './connectionState.ts';
import type { Transport } from './transport.ts';
import type { SyncedDocument } from './syncedDocument.ts';
import { ApiError } from './apiClient.ts';
import { retrying } from './retry.ts';

/** After so many failures of the server at one row, the queue goes on without it. */
const MOST_FAILURES = 3;

export interface PushHost {
  transport: Transport;
  connectionState: ConnectionState;
  signal: AbortSignal;
  /** Resolves once the server is known to hold the library that this device follows, or the signal fires. */
  confirmed(): Promise<void>;
  /** The server has these rows; and what this device wrote last of others, in conflict, without having heard that it was taken. */
  standsOn(taken: readonly PushRow[], bases: readonly SyncedDocument[]): void;
  /** The server has taken these rows (or answered with its own state of them). */
  pushed(rows: readonly PushRow[]): Promise<void>;
  /** The server will never take this row. */
  refused(row: PushRow, error: ApiError): Promise<void>;
}

/**
 * Pushes a collection's rows one request after the other, in the order of the device's numbers: mutations are applied in that order.
 * A row that the server refuses for its content is set aside, so that it does not block the others for ever.
 */
export class PushQueue {
  #last: Promise<unknown> = Promise.resolve();
  readonly #name: CollectionName;
  readonly #host: PushHost;
  readonly #retry: RetryState;
  /** How often the server failed at a row, by its id. */
  readonly #failures = new Map<string, number>();

  constructor(name: CollectionName, host: PushHost) {
    this.#name = name;
    this.#host = host;
    this.#retry = new RetryState(host.connectionState);
  }

  /** RxDB's push handler. @returns the master states of the rows in conflict. */
  push(rows: readonly PushRow[]): Promise<SyncedDocument[]> {
    const ordered = [...rows].sort((a, b) => numberOf(a) - numberOf(b));
    const conflicts = this.#last.then(() => this.#pushed(ordered));
    this.#last = conflicts;
    return conflicts;
  }

  async #pushed(rows: readonly PushRow[]): Promise<SyncedDocument[]> {
    const { signal } = this.#host;
    try {
      const isTransient = (error: unknown) => !isRefusal(error);
      return await retrying(this.#retry, () => this.#attempt(rows), { signal, isTransient });
    } catch (error) {
      if (signal.aborted) return [];
      if (isRefusal(error)) return this.#bisect(rows, error);
      throw error;
    }
  }

  async #attempt(rows: readonly PushRow[]): Promise<SyncedDocument[]> {
    const { transport, signal } = this.#host;
    await this.#host.confirmed();
    signal.throwIfAborted();
    const { conflicts, bases, refused } = await transport.push(this.#name, rows, signal);
    this.#retry.succeeded();
    const details = new Map(refused.map((row) => [row.index, row]));
    const taken = rows.filter((_, index) => !details.has(index));
    const met = new Set(conflicts.map(({ id }) => id));
    this.#host.standsOn(
      taken.filter(({ newDocumentState }) => !met.has(newDocumentState.id)),
      bases,
    );
    for (const { newDocumentState } of taken) this.#failures.delete(newDocumentState.id);
    await this.#host.pushed(taken);
    return [...conflicts, ...(await this.#handleRefused(rows, details))];
  }

  /**
   * Rows that the server did not take, while it took the others: what is wrong with the row itself is reported at once; what went wrong
   * on the server is tried three times in all, and then reported as well. @returns the conflicts of those that were taken after all.
   */
  async #handleRefused(rows: readonly PushRow[], refused: ReadonlyMap<number, RefusedRow>): Promise<SyncedDocument[]> {
    const again: PushRow[] = [];
    for (const [index, { reason, message, ...details }] of refused) {
      const row = rows[index];
      if (!row) continue;
      const { id } = row.newDocumentState;
      const failures = (this.#failures.get(id) ?? 0) + 1;
      this.#failures.set(id, failures);
      if (reason === 'internal' && failures < MOST_FAILURES) {
        again.push(row);
        continue;
      }
      this.#failures.delete(id);
      await this.#host.refused(row, new ApiError(reason, message, 0, details));
    }
    if (again.length === 0) return [];
    this.#retry.failed(new ApiError('internal', 'The server could not take a row'));
    return this.#pushed(again);
  }

  /** Finds the rows that are refused among those that are not. */
  async #bisect(rows: readonly PushRow[], error: ApiError): Promise<SyncedDocument[]> {
    if (rows.length === 1) {
      await this.#host.refused(rows[0]!, error);
      return [];
    }
    const middle = rows.length >> 1;
    const first = await this.#pushed(rows.slice(0, middle));
    return [...first, ...(await this.#pushed(rows.slice(middle)))];
  }
}

/** The request's content is at fault; sending it again would change nothing. */
function isRefusal(error: unknown): error is ApiError {
  return error instanceof ApiError && (error.kind === 'bad-request' || error.kind === 'too-large');
}

function numberOf(row: PushRow): number {
  const { number } = row.newDocumentState;
  return typeof number === 'number' ? number : 0;
}
