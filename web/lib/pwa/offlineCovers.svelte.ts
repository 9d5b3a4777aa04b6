import { coversHeld, fillCovers } from './coverFill.ts';
import { KEEPING_HEADER, OFFLINE_COVERS, offlineAddress, SEEN_COVERS } from './coverKeep.ts';
import { isMetered, networkFacts } from './metered.ts';

const CHOICE = 'aime.keepCovers';

/** Which covers are stored: every one, those of the shelf (unless a person says otherwise), or none but those that were looked at. */
type Scope = 'all' | 'shelf' | 'none';
const STORED: Record<Scope, string | null> = { all: 'yes', shelf: null, none: 'no' };

/** Covers fetched at a time where a person asked for them: the server has other things to do. */
const AT_ONCE = 4;
/** Those that nobody asked for come one by one, with so many milliseconds between. */
const PAUSE = 250;
/** And take no more room than this, in bytes: some three thousand. */
const MOST_UNASKED = 60_000_000;

/** The network is one on which nothing comes unasked. */
class Metered extends Error {}

/** Covers on this device: of the shelf by themselves, of the whole library where a person wants that. */
class OfflineCovers {
  #scope = $state<Scope>(chosen());
  #here = $state(0);
  #bytes = $state(0);
  #total = $state(0);
  #stopReason = $state<'network' | 'full' | 'metered' | null>(null);
  #work = $state.raw<AbortController | undefined>();

  /** False over plain HTTP, where a browser keeps nothing. */
  get possible(): boolean {
    return 'caches' in globalThis;
  }
  get scope(): Scope {
    return this.#scope;
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
  /** The room that they take. */
  get bytes(): number {
    return this.#bytes;
  }
  /** Why it stopped before its end; `metered` waits for another network. */
  get stopReason(): 'network' | 'full' | 'metered' | null {
    return this.#stopReason;
  }

  /** A person wants all of these. Brings what is missing and deletes what is no longer shown; joins the run that is under way. */
  async keep(imageIds: Iterable<number>): Promise<void> {
    if (this.#scope !== 'all') this.stop();
    this.#choose('all');
    await this.#bring(imageIds, { atOnce: AT_ONCE, mostBytes: Infinity });
  }

  /** Those of the shelf, of themselves: slowly, within a bound, and only on a network that costs nothing. @param imageIds the most wanted first. */
  async keepShelf(imageIds: Iterable<number>): Promise<void> {
    if (this.#scope !== 'shelf') return;
    const pause = () => new Promise<void>((resolve) => setTimeout(resolve, PAUSE));
    await this.#bring(imageIds, { atOnce: 1, mostBytes: MOST_UNASKED, pause, unasked: true });
  }

  /** Looks how many are here, and how much room they take. */
  async look(): Promise<void> {
    if (!this.possible || this.#work) return;
    const { here, bytes } = await coversHeld(await caches.open(OFFLINE_COVERS));
    [this.#here, this.#bytes] = [here, bytes];
  }

  /** Stops where it is; what came stays. */
  stop(): void {
    this.#work?.abort();
    this.#work = undefined;
  }

  /** Stops, and frees the storage. @param scope what is stored from now on. */
  async forget(scope: 'none' | 'shelf' = 'none'): Promise<void> {
    this.stop();
    this.#choose(scope);
    this.#here = this.#bytes = this.#total = 0;
    this.#stopReason = null;
    if (this.possible) await caches.delete(OFFLINE_COVERS);
  }

  async #bring(
    imageIds: Iterable<number>,
    how: { atOnce: number; mostBytes: number; pause?: () => Promise<void>; unasked?: boolean },
  ): Promise<void> {
    if (!this.possible || this.#work) return;
    const { unasked = false, ...pace } = how;
    const work = new AbortController();
    this.#work = work;
    this.#stopReason = null;
    const wanted = [...imageIds].map(offlineAddress);
    this.#total = wanted.length;
    const ask = (address: string) => {
      if (unasked && isMetered(networkFacts())) throw new Metered();
      return fetch(address, {
        signal: work.signal,
        headers: { [KEEPING_HEADER]: '1' },
        credentials: 'same-origin',
        ...(unasked && { priority: 'low' as const }),
      });
    };
    const onHere = (here: number, bytes: number) => {
      if (this.#work === work) [this.#here, this.#bytes] = [here, bytes];
    };
    try {
      await fillCovers(await caches.open(OFFLINE_COVERS), { ...pace, wanted, ask, onHere, signal: work.signal });
    } catch (error) {
      if (!work.signal.aborted)
        this.#stopReason = error instanceof Metered ? 'metered' : isFull(error) ? 'full' : 'network';
    } finally {
      if (this.#work === work) this.#work = undefined;
    }
  }

  #choose(scope: Scope): void {
    this.#scope = scope;
    const value = STORED[scope];
    try {
      if (value === null) localStorage.removeItem(CHOICE);
      else localStorage.setItem(CHOICE, value);
    } catch (error) {
      // A private window may refuse storage: the choice then lasts as long as the page.
      if (!(error instanceof DOMException)) throw error;
    }
  }
}

function chosen(): Scope {
  try {
    const value = typeof localStorage === 'undefined' ? null : localStorage.getItem(CHOICE);
    return value === STORED.all ? 'all' : value === STORED.none ? 'none' : 'shelf';
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
    return 'shelf';
  }
}

const isFull = (error: unknown): boolean => error instanceof DOMException && error.name === 'QuotaExceededError';

/** Gives back the room of the covers that were looked at: they are fetched again when they are looked at again. */
export async function forgetSeenCovers(): Promise<void> {
  if ('caches' in globalThis) await caches.delete(SEEN_COVERS);
}

export const offlineCovers = new OfflineCovers();
