import * as v from 'valibot';
import { readStored } from '../stored.ts';

const StoredPlace = v.object({ address: v.string(), place: v.unknown() });

/** What of the window it needs to know. */
export interface ReloadWindow {
  storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
  /** The address of the page now. */
  address: string;
  /** How the document came here, and with which address: 'navigate', 'reload', 'back_forward'. */
  arrival: { type: string; name: string } | undefined;
}

const here = (): ReloadWindow => ({
  storage: sessionStorage,
  address: location.href,
  arrival: performance.getEntriesByType('navigation')[0] as PerformanceNavigationTiming | undefined,
});

/**
 * Where one was reading, over a reload. The framework gives a page's snapshot back before a page is drawn that waits for the library to
 * open, and pixels alone lead elsewhere in a list whose heights are reckoned anew.
 */
export class ReloadedPlace<S extends v.GenericSchema> {
  readonly #key: string;
  readonly #schema: S;
  readonly #window: () => ReloadWindow;

  /** @param name of the page. */
  constructor(name: string, schema: S, window = here) {
    this.#key = `aime.place.${name}`;
    this.#schema = schema;
    this.#window = window;
  }

  /** Keeps a place while the document is left; null forgets it. A browser that keeps nothing costs the place alone. */
  keep(place: v.InferOutput<S> | null): void {
    const { storage, address } = this.#window();
    try {
      if (place === null) storage.removeItem(this.#key);
      else storage.setItem(this.#key, JSON.stringify({ address, place }));
    } catch {
      // Storage is full or refused.
    }
  }

  /** The place of this address before the document was loaded again, once; undefined where one came otherwise. */
  take(): v.InferOutput<S> | undefined {
    const { storage, address, arrival } = this.#window();
    try {
      const stored = readStored(StoredPlace, storage.getItem(this.#key));
      storage.removeItem(this.#key);
      if (!stored || stored.address !== address || arrival?.name !== address || arrival.type === 'navigate')
        return undefined;
      const place = v.safeParse(this.#schema, stored.place);
      return place.success ? place.output : undefined;
    } catch {
      return undefined;
    }
  }
}
