import { BackgroundLoop } from '../kit/background/loop.ts';
import type { Clock } from '../kit/clock.ts';
import type { Log } from '../kit/log.ts';
import { type Delivery, Lane, LOOK_MS } from './lane.ts';
import type { OutboxKind, Sender } from './sender.ts';

export interface OutboxOptions {
  /** The service that everything in it goes to. */
  service: string;
  /** What is sent, by kind, what leaves first at the front. */
  senders: readonly Sender<unknown>[];
  clock: Clock;
  log: Log;
  /** How it goes is otherwise than before. */
  onChange: () => void;
}

/**
 * Everything that is sent to one service leaves here, each kind in its order. An entry waits until the service has it, or refuses it
 * for what it is; a service that is away is tried again with growing pauses, over restarts too, since entries wait in the library.
 */
export class Outbox {
  readonly #lanes: readonly Lane<unknown>[];
  readonly #loop: BackgroundLoop;

  constructor({ service, senders, clock, log, onChange }: OutboxOptions) {
    this.#lanes = senders.map((sender) => new Lane({ service, sender, clock, log, onChange }));
    this.#loop = new BackgroundLoop({
      name: `outbox of ${service}`,
      clock,
      log,
      round: (signal) => this.#round(signal),
      longestPauseMs: LOOK_MS,
    });
  }

  /** How entries of this kind have been leaving lately. */
  delivery(kind: OutboxKind): Delivery {
    return this.#lane(kind).delivery;
  }

  /** Why nothing is sent before a person acts; null when nothing is in the way. */
  get refusal(): string | null {
    const refused = this.#lanes.map(({ delivery }) => delivery).find(({ isRefused }) => isRefused);
    return refused?.error?.message ?? null;
  }

  /** There may be something to send; pauses still hold. */
  notify(): void {
    this.#loop.wake();
  }

  /** A person made an entry of this kind: it leaves now, unless the service asked for a pause. */
  submitted(kind: OutboxKind): void {
    this.#lane(kind).submitted();
    this.#loop.wake();
  }

  /** To be called at start and when settings change: what was refused is tried anew. */
  resume(): void {
    for (const lane of this.#lanes) lane.settingsChanged();
    this.#loop.start();
    this.#loop.wake();
  }

  /** The service answered somebody else well: what was refused is offered once more. */
  tryAgain(): void {
    for (const lane of this.#lanes) lane.tryAgain();
    this.#loop.wake();
  }

  /** A person wants the service asked now: no pause holds. */
  tryNow(): void {
    for (const lane of this.#lanes) lane.tryNow();
    this.resume();
  }

  /** For the end of the process: what was not sent waits for the next start. */
  async close(): Promise<void> {
    await this.#loop.stop();
  }

  /** A batch of each kind at most, so that none waits for more than one of another. */
  async #round(signal: AbortSignal): Promise<number> {
    let pauseMs = Infinity;
    for (const lane of this.#lanes) pauseMs = Math.min(pauseMs, await lane.round(signal));
    return pauseMs;
  }

  #lane(kind: OutboxKind): Lane<unknown> {
    return this.#lanes.find((lane) => lane.kind === kind)!;
  }
}
