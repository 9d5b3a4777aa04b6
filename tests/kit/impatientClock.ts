import type { Clock } from '#server/kit/clock.ts';

/** Real time, but nobody waits: a pause moves the clock on instead. */
export class ImpatientClock implements Clock {
  skipped = 0;
  now(): number {
    return Date.now() + this.skipped;
  }
  elapsed(): number {
    return performance.now() + this.skipped;
  }
  async sleep(ms: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    this.skipped += ms;
  }
}
