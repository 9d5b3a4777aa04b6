import type { Log } from './log.ts';

/** Beyond this something hangs, and waiting longer helps nobody. */
const LONGEST_MS = 25_000;

/**
 * Graceful shutdown: ends the process in order when a service manager or a person says so, each step after the one before, exit
 * code 0. A second signal ends it at once, with the code of that signal; a step that fails or hangs ends it with 1.
 */
export function stopOnSignals(log: Log, steps: readonly (() => unknown)[]): void {
  let stopping = false;
  const stop = async () => {
    setTimeout(() => {
      log.error('stopping took too long');
      process.exit(1);
    }, LONGEST_MS).unref();
    let code = 0;
    for (const step of steps) {
      try {
        await step();
      } catch (error) {
        log.error('stopping failed', { error });
        code = 1;
      }
    }
    process.exit(code);
  };
  for (const [signal, number] of [
    ['SIGTERM', 15],
    ['SIGINT', 2],
  ] as const) {
    process.on(signal, () => {
      if (stopping) process.exit(128 + number);
      stopping = true;
      log.info('stopping', { signal });
      void stop();
    });
  }
}
