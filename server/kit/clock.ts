/** Time as the server sees it: one object to pass around, so that a test can make it run. */
export interface Clock {
  /** Milliseconds since the epoch, by the clock on the wall: for dates. It may be set forward and back at any moment. */
  now(): number;
  /** Milliseconds since some moment, by a clock that nobody sets: for everything that waits or measures. */
  elapsed(): number;
  /** Resolves after `ms`, however the wall clock is set meanwhile; rejects with the signal's reason when it is aborted first. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** What a timer can hold; a longer one would fire at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

export const systemClock: Clock = {
  now: () => Date.now(),
  elapsed: () => performance.now(),
  async sleep(ms, signal) {
    let left = ms;
    for (; left > LONGEST_TIMER_MS; left -= LONGEST_TIMER_MS) await nap(LONGEST_TIMER_MS, signal);
    await nap(left, signal);
  },
};

function nap(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const onAbort = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', onAbort);
      resolve();
    }, ms);
    signal?.addEventListener('abort', onAbort, { once: true });
  });
}

/** Whole seconds since the epoch: what storage and the wire use. */
export const nowSeconds = (clock: Clock): number => Math.floor(clock.now() / 1000);
