/** Those who wait for a turn, the first to come first. */
const waiting: (() => void)[] = [];

/**
 * Resolves at the caller's turn: one in each round of the event loop. Plain immediates all come in the same round, so that twenty
 * requests with a slice of work each would hold the loop for the sum of their slices, and nobody would be answered meanwhile.
 */
export function turn(): Promise<void> {
  return new Promise((resolve) => {
    if (waiting.push(resolve) === 1) setImmediate(next);
  });
}

function next(): void {
  waiting.shift()?.();
  if (waiting.length > 0) setImmediate(next);
}
