import { monitorEventLoopDelay } from 'node:perf_hooks';

const RESOLUTION_MS = 10;

/** How long the event loop was held: nobody was answered for so long. */
export interface Stalls {
  /** Milliseconds, since the start of the measuring. */
  longestMs(): number;
  /** Forgets what was, as when the start is over and somebody may be waiting from now on. */
  restart(): void;
  stop(): void;
}

export function measureStalls(): Stalls {
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delay.enable();
  return {
    longestMs: () => Math.max(0, delay.max / 1e6 - RESOLUTION_MS),
    restart: () => delay.reset(),
    stop: () => void delay.disable(),
  };
}
