import { Histogram } from './meters/meters.ts';

/** Often enough to meet what a person would notice. */
const EVERY_MS = 100;

const lag = new Histogram(
  'aime_event_loop_lag_seconds',
  'Seconds by which a timer of every tenth of a second came late: nobody was answered meanwhile.',
  [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5],
);

/** Measures how late the event loop is until it is stopped. @returns stops it. */
export function measureLag(): () => void {
  let due = performance.now() + EVERY_MS;
  // A bare interval, since how late one comes is what is measured.
  const timer = setInterval(() => {
    const now = performance.now();
    lag.observe(Math.max(0, now - due) / 1000);
    due = now + EVERY_MS;
  }, EVERY_MS).unref();
  return () => clearInterval(timer);
}

export const lagFamilies = () => [lag.family()];
