import type { Log } from './log.ts';

/** So many errors that nobody caught, within a minute, and nothing is to be relied upon any more. */
const MOST_A_MINUTE = 20;

/**
 * What nobody caught is logged and does not end the process: a household's server with one broken corner is worth more than none.
 * Only a process that errs without end gives up, so that whoever started it can start it anew.
 *
 * @param giveUp ends the process as one that failed.
 */
export function catchTheRest(log: Log, giveUp: () => void): void {
  let times: number[] = [];
  const caught = (kind: string) => (error: unknown) => {
    const now = performance.now();
    times = [...times.filter((time) => now - time < 60_000), now];
    log.error('nobody caught', { kind, error, stack: error instanceof Error ? error.stack : undefined });
    if (times.length > MOST_A_MINUTE) giveUp();
  };
  process.on('uncaughtException', caught('exception'));
  process.on('unhandledRejection', caught('rejection'));
  // A terminal that was closed, a log file on a full disk: what cannot be said is left unsaid.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
}
