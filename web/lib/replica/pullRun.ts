import type { Checkpoint } from '#shared/sync/checkpoint.ts';
import type { CollectionName } from '#shared/sync/collections.ts';
import { RetryState } from './retryState.ts';
import type { ConnectionState } from './connectionState.ts';
import type { Pulled, Transport } from './transport.ts';
import type { SyncedDocument } from './syncedDocument.ts';
import { ApiError } from './apiClient.ts';
import { retrying } from './retry.ts';

/** Documents a pull asks for: enough that a page is worth its request, few enough that the page's thread stays free. */
export const PULL_BATCH: Record<CollectionName, number> = {
  artists: 500,
  albums: 500,
  journal: 100,
  rollups: 200,
  playlists: 100,
  intents: 500,
  household: 10,
  revisions: 200,
  deletions: 200,
};

/** The very first page is small: it holds what a fresh device shows first. A document of the journal is up to 500 listens. */
const FIRST_BATCH: Record<CollectionName, number> = { ...PULL_BATCH, artists: 40, albums: 40, journal: 2 };

export interface PullHost {
  transport: Transport;
  connectionState: ConnectionState;
  signal: AbortSignal;
  /** Takes note of the answer's epoch. @returns false when it is not the one this replica follows. */
  follows(epoch: string): boolean;
  /** The server's library was restored, or is another: everything has to be pulled anew. */
  startedAnew(): void;
  /** The highest seq of the feed that a result has named. */
  highestApplied(): number;
  /**
   * Whether these documents may be removed here. Where they may not, the pull ends: the library is held.
   * @param seq where the feed has it.
   */
  mayRemove(run: PullRun, ids: readonly string[], seq: number): Promise<boolean>;
  /** These documents came in a shape that cannot be read here. @param others ids of those that can, or are gone. */
  unreadable(ids: readonly string[], others: ReadonlySet<string>): void;
  /** Something of this pull became known. */
  progressed(): void;
}

/** How far one collection has been pulled. */
export class PullRun {
  /** The feed's end has been reached once; false again while more than a page is behind. */
  complete = false;
  /** Documents that were removed here since the feed's end was reached last. */
  removed = 0;
  /** Where the pull stands, and where it started from. */
  seq = 0;
  startSeq: number | undefined;
  /** Every id that came since the resync began, while that is to be known. */
  seen: Set<string> | undefined;
  /** The collection is complete up to here once what came is stored. */
  #completeUpTo: number | undefined;
  #floor: number | undefined;
  #asking = false;
  /** RxDB takes the first, small page for the last one: it has to be made to go on. */
  #goesOn = false;
  /** The next page, asked for while this one is being stored. */
  #ahead: { from: Checkpoint; answer: Promise<Pulled | undefined> } | undefined;

  readonly name: CollectionName;
  readonly #host: PullHost;
  readonly #retry: RetryState;

  constructor(name: CollectionName, host: PullHost, isResyncing: boolean) {
    this.name = name;
    this.#host = host;
    this.#retry = new RetryState(host.connectionState, () => host.progressed());
    if (isResyncing) this.seen = new Set();
  }

  /** The server answers, and not to this. */
  get failing(): boolean {
    return this.#retry.failing;
  }

  /** The server has not answered yet what is new. */
  get asking(): boolean {
    return this.#asking;
  }

  /** The feed's end has been reached, and nothing that is known to be newer is on its way. */
  get inStep(): boolean {
    return this.complete && !this.#asking && this.startSeq !== undefined;
  }

  /** RxDB's pull handler. Never throws: it waits until the server answers or the replication is given up. */
  async pull(
    from: Checkpoint | undefined,
    batch: number,
  ): Promise<{ documents: SyncedDocument[]; checkpoint: Checkpoint | undefined }> {
    this.#asking = true;
    this.#host.progressed();
    try {
      return await this.#page(from, batch);
    } finally {
      this.#asking = false;
      this.#host.progressed();
    }
  }

  async #page(
    from: Checkpoint | undefined,
    batch: number,
  ): Promise<{ documents: SyncedDocument[]; checkpoint: Checkpoint | undefined }> {
    this.#floor ??= this.#host.highestApplied();
    const limit = from ? batch : Math.min(FIRST_BATCH[this.name], batch);
    const answer = (await this.#askedAhead(from)) ?? (await this.#answered(from ?? null, limit));
    if (!answer) return { documents: [], checkpoint: from };
    const gone = answer.documents.filter(({ _deleted }) => _deleted).map(({ id }) => id);
    if (gone.length > 0 && !(await this.#host.mayRemove(this, gone, answer.checkpoint.seq)))
      return { documents: [], checkpoint: from };
    this.startSeq ??= from?.seq ?? 0;
    this.seq = answer.checkpoint.seq;
    for (const { id, _deleted } of answer.documents) if (!_deleted) this.seen?.add(id);
    for (const id of answer.setAside) this.seen?.add(id);
    this.#host.unreadable(answer.setAside, new Set(answer.documents.map(({ id }) => id)));
    const end = answer.documents.length + answer.setAside.length < limit;
    if (end) {
      this.#completeUpTo = Math.max(this.seq, this.#floor);
      this.#floor = undefined;
      this.removed = 0;
    } else {
      this.complete = false;
    }
    this.#goesOn = !end && answer.documents.length < batch;
    // The first page of one collection must not wait behind the second of another.
    if (!end && from) this.#askAhead(answer.checkpoint, batch);
    return answer;
  }

  /** The server makes the next page while this device stores the one it has: a long pull takes the longer of the two, not their sum. */
  #askAhead(from: Checkpoint, limit: number): void {
    const { transport, signal } = this.#host;
    // Whatever goes wrong here happens again, and is handled, when the page is asked for in its turn.
    const answer = transport.pull(this.name, from, limit, signal).catch(() => undefined);
    this.#ahead = { from, answer };
  }

  async #askedAhead(from: Checkpoint | undefined): Promise<Pulled | undefined> {
    const ahead = this.#ahead;
    this.#ahead = undefined;
    if (!ahead || ahead.from.seq !== from?.seq || ahead.from.epoch !== from.epoch) return undefined;
    const answer = await ahead.answer;
    return answer && this.#host.follows(answer.checkpoint.epoch) ? answer : undefined;
  }

  /**
   * What RxDB was given is stored now.
   * @returns `again`: ask for the next page; a number: complete up to there; undefined: nothing new.
   */
  stored(): 'again' | number | undefined {
    if (this.#goesOn) {
      this.#goesOn = false;
      return 'again';
    }
    const upTo = this.#completeUpTo;
    this.#completeUpTo = undefined;
    if (upTo !== undefined) this.complete = true;
    return upTo;
  }

  async #answered(from: Checkpoint | null, limit: number): Promise<Pulled | undefined> {
    const { transport, signal } = this.#host;
    const attempt = async (): Promise<Pulled | undefined> => {
      const answer = await transport.pull(this.name, from, limit, signal);
      if (!this.#host.follows(answer.checkpoint.epoch)) return undefined;
      this.#retry.succeeded();
      return answer;
    };
    try {
      const isTransient = (error: unknown) => !isOfAnotherLife(error);
      const answer = await retrying(this.#retry, attempt, { signal, isTransient });
      if (answer) return answer;
    } catch (error) {
      if (signal.aborted) return undefined;
      if (!isOfAnotherLife(error)) throw error;
    }
    this.#host.startedAnew();
    return undefined;
  }
}

/** How much of what these pulls have to bring is here, from 0 to 1. @param heads how far each collection is known to go. */
export function progressOf(runs: readonly PullRun[], heads: ReadonlyMap<CollectionName, number>): number {
  const head = Math.max(1, ...heads.values(), ...runs.map(({ seq }) => seq));
  let sum = 0;
  for (const { name, complete, startSeq = 0, seq } of runs) {
    const end = heads.get(name) ?? head;
    sum += complete || end <= startSeq ? 1 : Math.min(1, Math.max(0, seq - startSeq) / (end - startSeq));
  }
  return runs.length === 0 ? 0 : sum / runs.length;
}

/** The checkpoint belongs to another epoch, or lies ahead of a library that was put back without a new one. */
function isOfAnotherLife(error: unknown): boolean {
  if (!(error instanceof ApiError)) return false;
  return error.kind === 'stale-epoch' || (error.kind === 'bad-request' && error.field === 'seq');
}
