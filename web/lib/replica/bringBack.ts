import type { TakenAnswer } from '#shared/api/recovery.ts';
import { type CollectionName, REFERRED_FIRST } from '#shared/sync/collections.ts';
import { Attempts } from './attempts.ts';
import type { BringBackMarks } from './bringBackMarks.ts';
import type { Database } from './database.ts';
import { refusedInAll } from './held.ts';
import { COUNTED, everyDocument, holdingsOf } from './holdings.ts';
import type { MarkStore } from './marks.ts';
import type { Outage } from './outage.ts';
import type { LibraryCalls, RecoveryState } from './serverState.ts';
import { ApiError } from './wire.ts';

const MOST_DOCUMENTS = 500;
/** Letters of JSON: well under the server's 8 MB also where each letter is three bytes, and seldom more values than it takes at once. */
const MOST_LETTERS = 600_000;
/** As many refusals are kept to be told, of each collection. */
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
  marks: MarkStore;
  outage: Outage;
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
  run(mode: BringBackMarks['mode'], into: string, life: AbortSignal): Promise<boolean> {
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
    const before = this.#marks;
    if (before?.mode !== 'rebuild' || before.state === 'done') return false;
    const { state, loss, rebuilding } = await this.#recovery(life);
    const now = this.#marks;
    if (this.#running || now?.into !== before.into) return false;
    const { deviceId } = this.#host.marks.read();
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
    const { mode, state, into } = this.#marks ?? {};
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
    if (this.#marks) this.#keep({ state: 'paused' });
  }

  /** Forgets how far it had come. What the server has taken by then stays there. */
  async cancel(): Promise<void> {
    this.#running?.stop.abort();
    await this.#running?.done;
    this.#drop();
  }

  #drop(): void {
    this.#host.marks.write({ bringBack: null });
    this.#host.progressed();
  }

  get #marks(): BringBackMarks | null {
    return this.#host.marks.read().bringBack;
  }

  #keep(change: Partial<BringBackMarks>): void {
    const { marks, progressed } = this.#host;
    const now = marks.read().bringBack;
    if (now) marks.write({ bringBack: { ...now, ...change } });
    progressed();
  }

  async #run(mode: BringBackMarks['mode'], into: string, signal: AbortSignal): Promise<boolean> {
    const { database, names, calls, marks, progressed } = this.#host;
    const mine = await holdingsOf(database, names);
    const total = REFERRED_FIRST.reduce((sum, name) => sum + (mine.documents[name] ?? 0), 0);
    const before = this.#marks;
    const isSame = before?.mode === mode && before.into === into && before.state !== 'done';
    const goesOn = isSame && (mode !== 'rebuild' || (await this.#waitsForMe(into, signal)));
    const fresh: BringBackMarks = {
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
    const { error: _over, ...kept } = goesOn ? before : fresh;
    marks.write({ bringBack: { ...kept, state: 'running', total } });
    progressed();
    if (mode === 'rebuild' && !goesOn) {
      const { libraryId, epoch } = marks.read();
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
    return isFilled(said, into) && rebuilding?.deviceId === this.#host.marks.read().deviceId;
  }

  #recovery(signal: AbortSignal): Promise<RecoveryState> {
    return this.#tried(() => this.#host.calls.recovery(signal), signal);
  }

  async #give(name: CollectionName, into: string, signal: AbortSignal): Promise<void> {
    const { database, marks: store } = this.#host;
    const epoch = store.read().epoch ?? undefined;
    const { collection: at, after } = this.#marks!;
    const place = at === null ? -1 : REFERRED_FIRST.indexOf(at);
    if (REFERRED_FIRST.indexOf(name) < place) return;
    const from = name === at ? after : '';
    const documents = (await everyDocument(database[name]))
      .filter((each) => String(each.id) > from && isGiven(name, each))
      .sort(byId);
    for (const batch of batches(documents)) {
      const refused = await this.#taken(name, batch, { epoch, into }, signal);
      const marks = this.#marks;
      if (!marks) return;
      const told = marks.refused.filter(({ collection }) => collection === name).length;
      this.#keep({
        collection: name,
        after: String(batch.at(-1)!.id),
        done: Math.min(marks.total, marks.done + (COUNTED.includes(name) ? batch.length : 0)),
        refused: [
          ...marks.refused,
          ...refused.slice(0, MOST_REFUSALS - told).map((each) => ({ collection: name, ...each })),
        ],
        refusedInAll: refusedInAll(marks) + refused.length,
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
  async #tried<T>(ask: () => Promise<T>, signal: AbortSignal): Promise<T> {
    // Its own pauses: while a library is missing the server refuses everything else, and is there for this.
    const attempts = new Attempts(this.#host.outage);
    for (;;) {
      signal.throwIfAborted();
      try {
        return await ask();
      } catch (error) {
        signal.throwIfAborted();
        if (!(error instanceof ApiError) || !PASSES.includes(error.kind)) throw error;
        attempts.failed(error);
        await attempts.due(signal);
      }
    }
  }
}

/** A library is being made in the place of the one that was lost then. */
const isFilled = ({ state, loss }: Pick<RecoveryState, 'state' | 'loss'>, into: string | undefined): boolean =>
  state === 'rebuilding' && loss !== null && loss === into;

/** What it was given for is over, whatever the server has now. */
const isForAnother = (error: unknown): boolean =>
  error instanceof ApiError && error.kind === 'conflict' && (error.field === 'into' || error.field === 'loss');

/** What may be over the next time. */
const PASSES: readonly string[] = ['network', 'timeout', 'unavailable'];

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
