import { isPicture } from './ownFiles.ts';

/** What a cover counts for whose length the server did not send, in bytes. */
const DEFAULT_BYTES = 20_000;
/** So many in a row that fail: it is the server that does not answer, and no single picture. */
const FAILURES = 4;

type FillCache = Pick<Cache, 'keys' | 'match' | 'put' | 'delete'>;

/** How covers are brought into a cache. */
export interface Filling {
  /** Their addresses, in the order in which they are wanted. */
  wanted: readonly string[];
  /** How many are fetched at a time. */
  atOnce: number;
  /** Waits between two of each; a test and a person who asks wait for nothing. */
  pause?: () => Promise<void>;
  /** No more than this is stored, in bytes: the last of the list are left out. */
  mostBytes: number;
  ask: (address: string) => Promise<Response>;
  /** Called with how many are here, and how much storage they take. */
  onHere: (here: number, bytes: number) => void;
  signal: AbortSignal;
}

/**
 * Prefetches covers: brings what is missing, and deletes what is no longer wanted. Cut off anywhere, the next call goes on.
 *
 * @throws the signal's reason; TypeError when the server stops answering; what the cache throws when the device is full.
 */
export async function fillCovers(
  cache: FillCache,
  { wanted, atOnce, pause, mostBytes, ask, onHere, signal }: Filling,
): Promise<void> {
  const held = await heldIn(cache);
  const all = new Set(wanted);
  for (const address of held.keys()) {
    if (all.has(address)) continue;
    await cache.delete(address);
    held.delete(address);
  }
  let bytes = [...held.values()].reduce((sum, each) => sum + each, 0);
  let here = held.size;
  let failures = 0;
  onHere(here, bytes);
  const missing = [...all].filter((address) => !held.has(address)).values();
  const fetchOn = async () => {
    for (const address of missing) {
      if (bytes >= mostBytes) return;
      const answer = await ask(address);
      signal.throwIfAborted();
      if (isPicture(answer)) {
        failures = 0;
        const length = lengthOf(answer);
        await cache.put(address, answer);
        onHere((here += 1), (bytes += length));
      } else if (answer.status < 500) {
        // One that the server has lost is no reason to leave the others; a page in its place is another network's.
        if (answer.ok) throw new TypeError('not a picture');
      } else if ((failures += 1) >= FAILURES) throw new TypeError(`${answer.status}`);
      await pause?.();
      signal.throwIfAborted();
    }
  };
  await Promise.all(Array.from({ length: atOnce }, fetchOn));
}

/** The covers that are here by their addresses, with the room each takes. */
async function heldIn(cache: FillCache): Promise<Map<string, number>> {
  const held = new Map<string, number>();
  for (const request of await cache.keys()) {
    const answer = await cache.match(request);
    if (answer) held.set(request.url.slice(new URL(request.url).origin.length), lengthOf(answer));
  }
  return held;
}

/** How many covers are here, and how much room they take. */
export async function coversHeld(cache: FillCache): Promise<{ here: number; bytes: number }> {
  const held = await heldIn(cache);
  return { here: held.size, bytes: [...held.values()].reduce((sum, each) => sum + each, 0) };
}

const lengthOf = ({ headers }: Response): number => Number(headers.get('content-length') ?? '') || DEFAULT_BYTES;
