import type { Clock } from '#server/kit/clock.ts';

interface Sleeper {
  /** By the clock that nobody sets. */
  at: number;
  wake: () => void;
}

/** A clock that a test moves: sleepers wake in order as time passes, and get a turn before it passes on. */
export class SimulatedClock implements Clock {
  #elapsed = 0;
  /** What the clock on the wall is ahead of the one that nobody sets. */
  #offset: number;
  #sleepers: Sleeper[] = [];

  /** @param start milliseconds since the epoch, or a date in ISO 8601 */
  constructor(start: number | string) {
    this.#offset = typeof start === 'string' ? Date.parse(start) : start;
  }

  now(): number {
    return this.#offset + this.#elapsed;
  }

  elapsed(): number {
    return this.#elapsed;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const giveUp = () => {
        this.#sleepers = this.#sleepers.filter((other) => other !== sleeper);
        reject(signal!.reason);
      };
      const wake = () => {
        signal?.removeEventListener('abort', giveUp);
        resolve();
      };
      const sleeper: Sleeper = { at: this.#elapsed + ms, wake };
      this.#sleepers.push(sleeper);
      signal?.addEventListener('abort', giveUp, { once: true });
    });
  }

  /** Lets time pass, waking everyone whose time comes on the way. */
  async pass(ms: number): Promise<void> {
    const end = this.#elapsed + ms;
    await settle();
    for (;;) {
      const next = this.#sleepers.filter(({ at }) => at <= end).sort((one, other) => one.at - other.at)[0];
      if (!next) break;
      this.#sleepers = this.#sleepers.filter((sleeper) => sleeper !== next);
      this.#elapsed = Math.max(this.#elapsed, next.at);
      next.wake();
      await settle();
    }
    this.#elapsed = end;
    await settle();
  }

  /** Somebody sets the clock on the wall, forward or back; nobody has slept a second longer for it. */
  async set(byMs: number): Promise<void> {
    this.#offset += byMs;
    await settle();
  }

  /** The machine slept: time has passed and nobody was woken on the way. */
  async jump(ms: number): Promise<void> {
    this.#elapsed += ms;
    await this.pass(0);
  }
}

/** Lets everything that is ready run. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 8; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}
