import { NewEntities } from '../../enrichment/newEntities.ts';
import { BackgroundLoop } from '../../kit/background/loop.ts';
import { turn } from '../../kit/turns.ts';
import type { ModuleContext } from '../module.ts';

const SETTLE_MS = 500;

/** Puts what is missing about new albums and artists into the queue, a moment after they came. */
export class NewEntityEnqueuer {
  readonly #library: ModuleContext['library'];
  readonly #newEntities: NewEntities;
  readonly #onEnqueued: () => void;
  readonly #loop: BackgroundLoop;
  #unsubscribe = () => {};

  /** @param onEnqueued called when all of them are in the queue. */
  constructor({ library, clock, log }: ModuleContext, onEnqueued: () => void) {
    this.#library = library;
    const { facts, queue, states, shelf } = library;
    this.#newEntities = new NewEntities(facts, queue, states, shelf);
    this.#onEnqueued = onEnqueued;
    this.#loop = new BackgroundLoop({
      name: 'new entities',
      clock,
      log,
      settleMs: SETTLE_MS,
      round: (signal) => this.#enqueue(signal),
    });
  }

  start(): void {
    this.#unsubscribe = this.#library.feed.subscribe((changes) => {
      if (changes.some(({ collection }) => collection === 'albums' || collection === 'artists')) this.#loop.wake();
    });
    this.#loop.start();
  }

  /** @returns resolves when the work that is going has come to a safe point. */
  async close(): Promise<void> {
    this.#unsubscribe();
    await this.#loop.stop();
  }

  async #enqueue(signal: AbortSignal): Promise<number> {
    const { availability } = this.#library;
    // Everything else has its turn between two slices: all of a restored library is new.
    while (await availability.written(() => this.#newEntities.enqueue(), { patienceMs: Infinity, signal })) {
      await turn();
      signal.throwIfAborted();
    }
    this.#onEnqueued();
    return Infinity;
  }
}
