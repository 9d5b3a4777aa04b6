import type { TakenAnswer } from '#shared/api/recovery.ts';
import { type CollectionName, REFERRED_FIRST } from '#shared/sync/collections.ts';
import { RetryState } from './retryState.ts';
import type { BringBackProgress } from './bringBackProgress.ts';
import type { Database } from './database.ts';
import { refusedInAll } from './held.ts';
import { COUNTED, everyDocument, holdingsOf } from './holdings.ts';
import type { MetadataStore } from './metadataStore.ts';
import type { ConnectionState } from './connectionState.ts';
import type { LibraryCalls, RecoveryState } from './serverState.ts';
import { ApiError } from './apiClient.ts';
import { retrying } from './retry.ts';

const MOST_DOCUMENTS = 500;
/** Letters of JSON: well under the server's 8 MB also where each letter is three bytes, and seldom more values than it takes at once. */
const MOST_LETTERS = 600_000;
/** As many refusals are stored to be shown, of each collection. */
const MOST_REFUSALS = 20;

interface Running {
  into: string;
  done: Promise<boolean>;
  stop: AbortController;
}

export interface BringBackHost {
  database: Database;
  names: readonly CollectionName[];
  calls: LibraryCalls;
  metadata: MetadataStore;
  connectionState: ConnectionState;
  progressed(): void;
}

/** Gives everything this device holds to the server, in batches; goes on where it was after a reload or a lost connection. */
export class BringBack {
  readonly #host: BringBackHost;
  #running: Running | undefined;

  constructor(host: BringBackHost) {
    this.#host = host;
  }

  /**
   * @param into the name of the loss, or the epoch of the server's library, for which a person asked for it.
   * @returns true when all has been given and the server has it; false when it was paused, given up or stands still, or when the
   *   server holds something else by now.
   */
  run(mode: BringBackProgress['mode'], into: string, life: AbortSignal): Promise<boolean> {
    const before = this.#running;
    if (before?.into === into) return before.done;
    // A person who speaks of another loss does not mean the former any more.
    before?.stop.abort();
    const stop = new AbortController();
    const signal = AbortSignal.any([stop.signal, life]);
    const done = (before?.done ?? Promise.resolve())
      .then(() => this.#run(mode, into, signal))
      .catch((error: unknown) => {
        if (signal.aborted) return false;
        if (isForAnother(error)) this.#drop();
        this.#keep({ state: 'failed', error: error instanceof ApiError ? error.kind : 'internal' });
        if (!(error instanceof ApiError)) reportError(error);
        return false;
      })
      .finally(() => {
        if (this.#running === running) this.#running = undefined;
      });
    const running: Running = { into, done, stop };
    this.#running = running;
    return done;
  }

  /**
   * Goes on with a rebuild that the page was closed in the middle of, where the server itself waits for this device in the same loss.
   * What to do about another loss is asked anew.
   */
  async resume(life: AbortSignal): Promise<boolean> {
    const before = this.#progress;
    if (before?.mode !== 'rebuild' || before.state === 'done') return false;
    const { state, loss, rebuilding } = await this.#recovery(life);
    const now = this.#progress;
    if (this.#running || now?.into !== before.into) return false;
    const { deviceId } = this.#host.metadata.read();
    if (isFilled({ state, loss }, before.into) && rebuilding?.deviceId === deviceId)
      return now?.state === 'running' && this.run('rebuild', before.into!, life);
    // Another device makes it good, or has: once a library is served it is given everything, for what was given before may be gone.
    if (now?.state === 'running' && (state === 'none' || isFilled({ state, loss }, before.into)))
      this.#keep({ mode: 'rest', collection: null, after: '', done: 0 });
    else this.#drop();
    return false;
  }

  /**
   * A library is served: what was not given by then was for a loss that is over. Where another device has made that good, what only
   * this one has is given yet, as a person asked for; the server says whether it is that very loss.
   *
   * @param cause of the life that is served. @returns whether anything was given.
   */
  async lossIsOver(cause: string | null, life: AbortSignal): Promise<boolean> {
    const { mode, state, into } = this.#progress ?? {};
    if (this.#running || !mode || mode === 'add' || state === 'done') return false;
    if (cause === 'rebuild' && state === 'running' && into !== undefined) return this.run('rest', into, life);
    this.#drop();
    return false;
  }

  /** Waits while something is being given. @returns whether anything was. */
  async ended(): Promise<boolean> {
    if (!this.#running) return false;
    await this.#running.done;
    return true;
  }

  /** Stands still until it is run again. */
  async pause(): Promise<void> {
    this.#running?.stop.abort();
    await this.#running?.done;
    if (this.#progress) this.#keep({ state: 'paused' });
  }

  /** Forgets how far it had come. What the server has taken by then stays there. */
  async cancel(): Promise<void> {
    this.#running?.stop.abort();
    await this.#running?.done;
    this.#drop();
  }

  #drop(): void {
    this.#host.metadata.write({ bringBack: null });
    this.#host.progressed();
  }

  get #progress(): BringBackProgress | null {
    return this.#host.metadata.read().bringBack;
  }

  #keep(change: Partial<BringBackProgress>): void {
    const { metadata, progressed } = this.#host;
    const now = metadata.read().bringBack;
    if (now) metadata.write({ bringBack: { ...now, ...change } });
    progressed();
  }

  async #run(mode: BringBackProgress['mode'], into: string, signal: AbortSignal): Promise<boolean> {
    const { database, names, calls, metadata, progressed } = this.#host;
    const mine = await holdingsOf(database, names);
    const total = REFERRED_FIRST.reduce((sum, name) => sum + (mine.documents[name] ?? 0), 0);
    const before = this.#progress;
    const isSame = before?.mode === mode && before.into === into && before.state !== 'done';
    const goesOn = isSame && (mode !== 'rebuild' || (await this.#waitsForMe(into, signal)));
    const fresh: BringBackProgress = {
      mode,
      into,
      state: 'running',
      collection: null,
      after: '',
      done: 0,
      total,
      refused: [],
      refusedInAll: 0,
    };
    const { error: _over, ...rest } = goesOn ? before : fresh;
    metadata.write({ bringBack: { ...rest, state: 'running', total } });
    progressed();
    if (mode === 'rebuild' && !goesOn) {
      const { libraryId, epoch } = metadata.read();
      await this.#tried(
        () => calls.rebuild({ libraryId, epoch: epoch ?? '', highest: mine.highest, loss: into }, signal),
        signal,
      );
    }
    for (const name of REFERRED_FIRST) if (names.includes(name)) await this.#give(name, into, signal);
    if (mode === 'rebuild') await this.#tried(() => calls.finish(into, signal), signal);
    this.#keep({ state: 'done', done: total });
    return true;
  }

  /** The server waits for this very device to go on, in this loss. */
  async #waitsForMe(into: string, signal: AbortSignal): Promise<boolean> {
    const { rebuilding, ...said } = await this.#recovery(signal);
    return isFilled(said, into) && rebuilding?.deviceId === this.#host.metadata.read().deviceId;
  }

  #recovery(signal: AbortSignal): Promise<RecoveryState> {
    return this.#tried(() => this.#host.calls.recovery(signal), signal);
  }

  async #give(name: CollectionName, into: string, signal: AbortSignal): Promise<void> {
    const { database, metadata: store } = this.#host;
    const epoch = store.read().epoch ?? undefined;
    const { collection: at, after } = this.#progress!;
    const place = at === null ? -1 : REFERRED_FIRST.indexOf(at);
    if (REFERRED_FIRST.indexOf(name) < place) return;
    const from = name === at ? after : '';
    const documents = (await everyDocument(database[name]))
      .filter((each) => String(each.id) > from && isGiven(name, each))
      .sort(byId);
    for (const batch of batches(documents)) {
      const refused = await this.#taken(name, batch, { epoch, into }, signal);
      const progress = this.#progress;
      if (!progress) return;
      const alreadyListed = progress.refused.filter(({ collection }) => collection === name).length;
      this.#keep({
        collection: name,
        after: String(batch.at(-1)!.id),
        done: Math.min(progress.total, progress.done + (COUNTED.includes(name) ? batch.length : 0)),
        refused: [
          ...progress.refused,
          ...refused.slice(0, MOST_REFUSALS - alreadyListed).map((each) => ({ collection: name, ...each })),
        ],
        refusedInAll: refusedInAll(progress) + refused.length,
      });
    }
  }

  /** What is too much for one request is given in halves. @returns what was refused. */
  async #taken(
    name: CollectionName,
    documents: Batch,
    from: { epoch: string | undefined; into: string },
    signal: AbortSignal,
  ): Promise<TakenAnswer['refused']> {
    try {
      return (await this.#tried(() => this.#host.calls.give(name, { documents, ...from }, signal), signal)).refused;
    } catch (error) {
      if (!(error instanceof ApiError) || error.kind !== 'too-large') throw error;
      if (documents.length === 1) return [{ id: String(documents[0]!.id), reason: error.message }];
      const middle = documents.length >> 1;
      const first = await this.#taken(name, documents.slice(0, middle), from, signal);
      return [...first, ...(await this.#taken(name, documents.slice(middle), from, signal))];
    }
  }

  /** Tries until the server answers. @throws what it refuses, and the signal's reason. */
  #tried<T>(ask: () => Promise<T>, signal: AbortSignal): Promise<T> {
    // Its own pauses, and at once: while a library is missing the server refuses everything else, and is there for this.
    const retry = new RetryState(this.#host.connectionState);
    return retrying(retry, ask, { signal, isTransient, atOnce: true });
  }
}

/** A library is being made in the place of the one that was lost then. */
const isFilled = ({ state, loss }: Pick<RecoveryState, 'state' | 'loss'>, into: string | undefined): boolean =>
  state === 'rebuilding' && loss !== null && loss === into;

/** What it was given for is over, whatever the server has now. */
const isForAnother = (error: unknown): boolean =>
  error instanceof ApiError && error.kind === 'conflict' && (error.field === 'into' || error.field === 'loss');

/** What may be over the next time. */
const TRANSIENT: readonly string[] = ['network', 'timeout', 'unavailable'];

const isTransient = (error: unknown): boolean => error instanceof ApiError && TRANSIENT.includes(error.kind);

/** What the server has not answered yet is pushed to it in its turn. */
const isGiven = (name: CollectionName, { verdict: result }: Record<string, unknown>): boolean =>
  name !== 'intents' || result !== undefined;

const byId = (a: Record<string, unknown>, b: Record<string, unknown>): number => (String(a.id) < String(b.id) ? -1 : 1);

type Batch = Record<string, unknown>[];

function* batches(documents: Readonly<Batch>): Generator<Batch> {
  let batch: Batch = [];
  let letters = 0;
  for (const document of documents) {
    const length = JSON.stringify(document).length;
    if (batch.length > 0 && (batch.length === MOST_DOCUMENTS || letters + length > MOST_LETTERS)) {
      yield batch;
      [batch, letters] = [[], 0];
    }
    batch.push(document);
    letters += length;
  }
  if (batch.length > 0) yield batch;
}
