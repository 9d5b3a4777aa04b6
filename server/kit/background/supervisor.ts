import { retryPause, type RetryPolicy } from '#shared/timing/retryPolicy.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';

const RESTART_MS: RetryPolicy = { first: 1_000, longest: 60_000 };

export interface SupervisionDependencies {
  clock: Clock;
  log: Log;
  /** Ends the loop for good. */
  signal: AbortSignal;
  /** Called with each failure, and with null when the loop runs again. It may throw: that is logged. */
  onErrorChange?: (error: Error | null) => void;
}

/**
 * Runs a background loop until its signal is aborted or it returns by itself. What it throws is logged and reported, and it begins
 * anew after a pause that grows from a second to a minute; a loop that ran well for longer than the longest pause starts small again.
 *
 * @returns resolves when the loop has ended for good; it never rejects.
 */
export async function supervise(
  name: string,
  loop: (signal: AbortSignal) => Promise<unknown>,
  { clock, log, signal, onErrorChange }: SupervisionDependencies,
): Promise<void> {
  const report = (failure: Error | null) =>
    guarded(`${name}: reporting a failure or its end`, log, () => onErrorChange?.(failure));
  let failures = 0;
  while (!signal.aborted) {
    const began = clock.elapsed();
    try {
      if (failures > 0) report(null);
      await loop(signal);
      return;
    } catch (error) {
      // The end that was asked for.
      if (signal.aborted) return;
      failures = clock.elapsed() - began > RESTART_MS.longest ? 1 : failures + 1;
      const pauseMs = retryPause(RESTART_MS, failures);
      log.error('loop failed', { loop: name, failures, pauseSeconds: pauseMs / 1000, error });
      report(asError(error));
      await clock.sleep(pauseMs, signal).catch(() => undefined);
    }
  }
}

/** Does something on the side whose failure must not end what calls it: logged, and that is all. */
export function guarded(what: string, log: Log, work: () => unknown): void {
  try {
    work();
  } catch (error) {
    log.error('failed on the side', { what, error });
  }
}

const asError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)));
