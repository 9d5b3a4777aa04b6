import type { Clock } from '#server/kit/clock.ts';

interface Sleeper {
  at: number;
  arm(): void;
}

/** Time that runs many times as fast as it does, and can jump: for a day that must not take one. */
export class FastClock implements Clock {
  readonly #speed: number;
  readonly #began = performance.now();
  readonly #sleepers = new Set<Sleeper>();
  #start: number;

  /** @param start milliseconds since the epoch. @param speed seconds that pass in a real one */
  constructor(start: number, speed: number) {
    this.#start = start;
    this.#speed = speed;
  }

  now(): number {
    return this.#start + (performance.now() - this.#began) * this.#speed;
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
          timer = setTimeout(() => {
            end();
            resolve();
          }, Math.max(0, sleeper.at - this.now()) / this.#speed);
        },
      };
      this.#sleepers.add(sleeper);
      signal?.addEventListener('abort', onAbort, { once: true });
      sleeper.arm();
    });
  }

  /** Hours in which nothing happens pass at once; whoever slept through them wakes. */
  jump(ms: number): void {
    this.#start += ms;
    for (const sleeper of this.#sleepers) sleeper.arm();
  }
}
