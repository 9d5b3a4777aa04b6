import { BackgroundLoop, type BackgroundLoopOptions } from './loop.ts';

/** What a round came to: what is waited for, or how long to wait before the next one, in milliseconds. */
export type Round<T> = { found: T } | { pauseMs: number };

export interface WaitInRoundsOptions<T> extends Omit<BackgroundLoopOptions, 'round'> {
  round: (signal: AbortSignal) => Round<T> | Promise<Round<T>>;
  /** Ends the waiting. */
  signal?: AbortSignal;
}

/**
 * Waits in rounds of a background loop until one of them finds what is waited for. What a round throws is logged, and it is begun anew
 * after a growing pause.
 *
 * @returns what was found; null when the signal ended the waiting, once the round that was going has ended.
 */
export function waitInRounds<T>({ round, signal, ...options }: WaitInRoundsOptions<T>): Promise<T | null> {
  return new Promise((resolve) => {
    const loop = new BackgroundLoop({
      ...options,
      async round(stopping) {
        const result = await round(stopping);
        if ('pauseMs' in result) return result.pauseMs;
        signal?.removeEventListener('abort', end);
        resolve(result.found);
        void loop.stop();
        return Infinity;
      },
    });
    const end = () => void loop.stop().then(() => resolve(null));
    if (signal?.aborted) return resolve(null);
    signal?.addEventListener('abort', end, { once: true });
    loop.start();
  });
}
