import type { Clock } from '#server/kit/clock.ts';

interface Sleeper {
  at: number;
  arm(): void;
}

/** The longest real time that counts between two looks at the clock, in milliseconds. */
const LONGEST_STEP = 20;

/**
 * Time that runs many times as fast as it does, and can jump: for a day that must not take one. While the process does not get to
 * run, time stands still: on a machine that has no processor to spare, no client misses a song.
 */
export class FastClock implements Clock {
  readonly #speed: number;
  readonly #sleepers = new Set<Sleeper>();
  #seenAt = performance.now();
  #time: number;

  /** @param start milliseconds since the epoch. @param speed seconds that pass in a real one */
  constructor(start: number, speed: number) {
    this.#time = start;
    this.#speed = speed;
  }

  now(): number {
    const seenAt = performance.now();
    this.#time += Math.min(seenAt - this.#seenAt, LONGEST_STEP) * this.#speed;
    this.#seenAt = seenAt;
    return this.#time;
  }

  /** Hours that pass at once have passed for everybody. */
  elapsed(): number {
    return this.now();
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      let timer: NodeJS.Timeout | undefined;
      const end = () => {
        clearTimeout(timer);
        this.#sleepers.delete(sleeper);
        signal?.removeEventListener('abort', onAbort);
      };
      const onAbort = () => {
        end();
        reject(signal?.reason);
      };
      const sleeper: Sleeper = {
        at: this.now() + ms,
        arm: () => {
          clearTimeout(timer);
          const left = Math.max(0, sleeper.at - this.now()) / this.#speed;
          const nap = Math.min(left, LONGEST_STEP / 2);
          timer = setTimeout(() => {
            if (nap < left) return sleeper.arm();
            end();
            resolve();
          }, nap);
        },
      };
      this.#sleepers.add(sleeper);
      signal?.addEventListener('abort', onAbort, { once: true });
      sleeper.arm();
    });
  }

  /** Hours in which nothing happens pass at once; whoever slept through them wakes. */
  jump(ms: number): void {
    this.#time += ms;
    for (const sleeper of this.#sleepers) sleeper.arm();
  }
}
