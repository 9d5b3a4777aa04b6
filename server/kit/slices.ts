import { turn } from './turns.ts';

/** How long one slice of work may keep the server from answering, in milliseconds; the bound is 50. */
const AIM_MS = 20;
const MOST = 500;

export interface Pace {
  /** Stops between two slices. */
  signal?: AbortSignal;
  /** Lets everything else have its turn; a test counts or interrupts here. */
  breathe?: () => Promise<unknown>;
}

/**
 * Works through items a slice at a time, so that the server goes on answering; slices grow and shrink with the time they take.
 *
 * @param least the smallest slice, and half the first: more than 1 where each slice costs a commit, however small it is.
 * @throws the signal's reason when it is aborted; whole slices are done then.
 */
export async function inSlices<T>(
  items: readonly T[],
  { signal, breathe = turn }: Pace,
  work: (slice: readonly T[]) => void,
  least = 25,
): Promise<void> {
  let size = least * 2;
  for (let at = 0; at < items.length;) {
    signal?.throwIfAborted();
    const slice = items.slice(at, at + size);
    const started = performance.now();
    work(slice);
    at += slice.length;
    const took = performance.now() - started;
    if (took > AIM_MS) size = Math.max(least, Math.floor((size * AIM_MS) / took));
    else if (slice.length === size) size = Math.min(MOST, size * 2);
    await breathe();
  }
}
