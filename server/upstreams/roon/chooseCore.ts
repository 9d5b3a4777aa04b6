import type { Clock } from '#server/kit/clock.ts';
import type { FoundCore } from './sood.ts';
import type { TokenStore } from './tokens.ts';

export interface ChoiceOptions {
  clock: Clock;
  tokens: TokenStore;
  /** Runs until the signal is aborted and reports every answer. */
  search(onCore: (core: FoundCore) => void, signal: AbortSignal): Promise<void>;
  /** The Core we were paired with last. */
  preferredId: string | null;
  /** How long the first answer waits for others, so that the choice does not depend on who is quicker. */
  settleMs: number;
  /** Milliseconds since the epoch before which no Core but the preferred one is taken: it may only be restarting. */
  othersFrom: number;
}

/**
 * Searches until there is a Core to connect to: the one we were paired with, else one that has approved us before,
 * else the first that answered.
 */
export async function chooseCore(options: ChoiceOptions, signal: AbortSignal): Promise<FoundCore> {
  const { clock, preferredId, settleMs } = options;
  const found = new Map<string, FoundCore>();
  const done = new AbortController();
  const until = AbortSignal.any([signal, done.signal]);
  let wake = () => {};
  const search = options.search((core) => {
    found.set(core.id, core);
    wake();
  }, until);
  // The search ends by itself only in failure, which then ends the choice as well.
  const failure = search.then(() => Promise.reject(signal.reason));
  const choice = (async () => {
    for (;;) {
      if (found.size === 0) await new Promise<void>((resolve) => (wake = resolve));
      if (!preferredId || !found.has(preferredId)) await clock.sleep(settleMs, until);
      const preferred = preferredId === null ? undefined : found.get(preferredId);
      if (preferred) return preferred;
      if (preferredId === null || clock.elapsed() >= options.othersFrom) {
        return await bestOf([...found.values()], options.tokens);
      }
    }
  })();
  try {
    return await Promise.race([choice, failure]);
  } finally {
    done.abort();
    failure.catch(() => undefined);
    choice.catch(() => undefined);
  }
}

/** A Core that approved us before, else the first. @param cores at least one, in order of their answers. */
async function bestOf(cores: FoundCore[], tokens: TokenStore): Promise<FoundCore> {
  for (const core of cores) {
    if (await tokens.get(core.id)) return core;
  }
  return cores[0]!;
}
