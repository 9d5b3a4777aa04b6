import { NewEntities } from '../../enrichment/newEntities.ts';
import { supervise } from '../../kit/background/supervisor.ts';
import { turn } from '../../kit/turns.ts';
import type { ModuleContext } from '../module.ts';

const SETTLE_MS = 500;

/** Puts what is missing about new albums and artists into the queue, a moment after they came. */
export class NewEntityEnqueuer {
  readonly #context: ModuleContext;
  readonly #newEntities: NewEntities;
  readonly #onEnqueued: () => void;
  readonly #closing = new AbortController();
  #settling: NodeJS.Timeout | null = null;
  #enqueueing: Promise<void> = Promise.resolve();
  #unsubscribe = () => {};

  /** @param onEnqueued called when all of them are in the queue. */
  constructor(context: ModuleContext, onEnqueued: () => void) {
    this.#context = context;
    const { facts, queue, states, shelf } = context.library;
    this.#newEntities = new NewEntities(facts, queue, states, shelf);
    this.#onEnqueued = onEnqueued;
  }

  start(): void {
    this.#unsubscribe = this.#context.library.feed.subscribe((changes) => {
      if (changes.some(({ collection }) => collection === 'albums' || collection === 'artists')) this.#schedule();
    });
    this.#schedule();
  }

  /** @returns resolves when the work that is going has come to a safe point. */
  async close(): Promise<void> {
    this.#unsubscribe();
    this.#closing.abort(new Error('The server is stopping'));
    if (this.#settling) clearTimeout(this.#settling);
    await this.#enqueueing;
  }

  #schedule(): void {
    const { clock, log } = this.#context;
    const enqueue = (signal: AbortSignal) => this.#enqueue(signal);
    this.#settling ??= setTimeout(() => {
      this.#settling = null;
      this.#enqueueing = this.#enqueueing.then(() =>
        supervise('new entities', enqueue, { clock, log, signal: this.#closing.signal }),
      );
    }, SETTLE_MS);
  }

  async #enqueue(signal: AbortSignal): Promise<void> {
    const { availability } = this.#context.library;
    // Everything else has its turn between two slices: all of a restored library is new.
    while (await availability.written(() => this.#newEntities.enqueue(), { patienceMs: Infinity, signal })) {
      await turn();
      signal.throwIfAborted();
    }
    this.#onEnqueued();
  }
}
