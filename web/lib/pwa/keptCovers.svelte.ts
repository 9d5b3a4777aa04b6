import { KEEPING_HEADER, KEPT_COVERS, keptAddress, SEEN_COVERS } from './coverKeep.ts';
import { isPicture } from './ownFiles.ts';

const CHOICE = 'aime.keepCovers';
/** Covers fetched at a time: the house has other things to do. */
const AT_ONCE = 4;

/** Every cover of the library on this device, for as long as a person wants that. */
class KeptCovers {
  #wanted = $state(isChosen());
  #here = $state(0);
  #total = $state(0);
  #trouble = $state<'network' | 'full' | null>(null);
  #work = $state.raw<AbortController | undefined>();

  /** False over plain HTTP, where a browser keeps nothing. */
  get possible(): boolean {
    return 'caches' in globalThis;
  }
  get wanted(): boolean {
    return this.#wanted;
  }
  get running(): boolean {
    return this.#work !== undefined;
  }
  /** Covers that are here, of how many there are. */
  get here(): number {
    return this.#here;
  }
  get total(): number {
    return this.#total;
  }
  /** Why it stopped before its end. */
  get trouble(): 'network' | 'full' | null {
    return this.#trouble;
  }

  /** Brings what is missing and lets go of what is no longer shown; joins the work that is going. */
  async keep(imageIds: Iterable<number>): Promise<void> {
    this.#choose(true);
    if (!this.possible || this.#work) return;
    const work = new AbortController();
    this.#work = work;
    this.#trouble = null;
    try {
      await this.#bring(new Set([...imageIds].map(keptAddress)), work.signal);
    } catch (error) {
      if (!work.signal.aborted) this.#trouble = isFull(error) ? 'full' : 'network';
    } finally {
      if (this.#work === work) this.#work = undefined;
    }
  }

  /** Stops where it is; what came stays. */
  stop(): void {
    this.#work?.abort();
    this.#work = undefined;
  }

  /** No longer: gives the room back. */
  async forget(): Promise<void> {
    this.stop();
    this.#choose(false);
    this.#here = 0;
    if (this.possible) await caches.delete(KEPT_COVERS);
  }

  async #bring(wanted: ReadonlySet<string>, signal: AbortSignal): Promise<void> {
    const cache = await caches.open(KEPT_COVERS);
    const here = new Set((await cache.keys()).map(({ url }) => url.slice(location.origin.length)));
    for (const address of here) if (!wanted.has(address)) await cache.delete(address);
    const missing = [...wanted].filter((address) => !here.has(address));
    this.#total = wanted.size;
    this.#here = wanted.size - missing.length;
    const next = missing.values();
    const fetchOn = async () => {
      for (const address of next) {
        const answer = await fetch(address, { signal, headers: { [KEEPING_HEADER]: '1' }, credentials: 'same-origin' });
        // One that the house has lost is no reason to leave the others.
        if (isPicture(answer)) await cache.put(address, answer);
        else if (answer.status !== 404) throw new TypeError(`${answer.status}`);
        signal.throwIfAborted();
        this.#here += 1;
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, fetchOn));
  }

  #choose(wanted: boolean): void {
    this.#wanted = wanted;
    try {
      if (wanted) localStorage.setItem(CHOICE, 'yes');
      else localStorage.removeItem(CHOICE);
    } catch (error) {
      // A private window may refuse storage: the choice then lasts as long as the page.
      if (!(error instanceof DOMException)) throw error;
    }
  }
}

function isChosen(): boolean {
  try {
    return typeof localStorage !== 'undefined' && localStorage.getItem(CHOICE) === 'yes';
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
    return false;
  }
}

const isFull = (error: unknown): boolean => error instanceof DOMException && error.name === 'QuotaExceededError';

/** Gives back the room of the covers that were looked at: they are fetched again when they are looked at again. */
export async function forgetSeenCovers(): Promise<void> {
  if ('caches' in globalThis) await caches.delete(SEEN_COVERS);
}

export const keptCovers = new KeptCovers();
