/** What is sent to a service: a person's love of a track, or one taken back, and a manual listen. */
export type OutboxKind = 'love' | 'scrobble';

/**
 * One kind of entry on its way to one service: where it waits, when it may leave, how it is sent. Entries wait in the library itself;
 * nothing of them is stored anywhere else.
 */
export interface Sender<Entry> {
  readonly kind: OutboxKind;
  /** The entries that wait, in the order in which they leave. */
  waiting(): Entry[];
  /** Marks what can never be sent any more, so that it waits no longer. */
  expire?(): void;
  /** The person wants this kind to reach the service. */
  isWanted(): boolean;
  /** The service is connected and takes this kind now. */
  isReady(): boolean;
  /** Seconds until an entry may leave; 0 and less: now. */
  dueInSeconds(entry: Entry): number;
  /** How many leave at once, at most. */
  largestBatch(): number;
  /**
   * Sends entries in their order, and marks at once what became of each: sent, or refused by the service for what it is. One that was
   * sent and not marked, because the process ended between the two, is sent again: the service takes it as the same.
   *
   * @returns how many are marked, and for how many seconds the service takes no more, where it says so.
   * @throws UpstreamError when they could not be sent; those that are not marked wait on.
   */
  send(entries: readonly Entry[], signal: AbortSignal): Promise<{ marked: number; pauseSeconds?: number }>;
}
