import { monitorEventLoopDelay } from 'node:perf_hooks';

const RESOLUTION_MS = 10;

/** How long the event loop was held: nobody was answered for so long. */
export interface Stalls {
  /** Milliseconds, since the start of the measuring. */
  longestMs(): number;
  stop(): void;
}

export function measureStalls(): Stalls {
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delay.enable();
  return { longestMs: () => Math.max(0, delay.max / 1e6 - RESOLUTION_MS), stop: () => void delay.disable() };
}
