import { parseEntry, serializeEntry, type OutboxEntry } from './entry.ts';
import { keysIn, type OutboxStorage } from './storage.ts';

/** About 1 MB of a browser's 5 or 10. */
const MOST_LETTERS = 500_000;

/**
 * What the replica has and the server has not answered yet. The browser may delete the replica's database and leave its
 * localStorage: then this is the last copy of what the person did. Each says which store has it, so that it is written again only
 * when that one is gone. Beyond {@link MOST_LETTERS} the oldest are in the replica alone.
 */
export class WrittenEntries {
  readonly #storage: OutboxStorage | undefined;
  readonly #prefix: string;
  readonly #read = new Map<string, OutboxEntry | undefined>();
  #letters: number | undefined;

  constructor(storage: OutboxStorage | undefined, database: string) {
    this.#storage = storage;
    this.#prefix = `aime.written.${database}.`;
  }

  /** The store has this entry now. Where there is no room for both, the store alone has it. */
  keep(entry: OutboxEntry, store: string): void {
    const key = `${this.#prefix}${String(entry.number).padStart(12, '0')}.${entry.id}.${store}`;
    const text = serializeEntry(entry);
    try {
      this.#storage?.setItem(key, text);
    } catch (error) {
      if (!(error instanceof DOMException)) throw error;
      return;
    }
    this.#read.set(key, entry);
    this.#letters = (this.#letters ?? this.#lettersNow() - text.length) + text.length;
    if (this.#letters > MOST_LETTERS) this.#dropOldest();
  }

  /** Those that a store has, in their order. */
  in(store: string): OutboxEntry[] {
    return this.#all((each) => each === store).map(([, entry]) => entry);
  }

  /** Removes the entries of stores that are gone, once `put` has them. */
  takeBack(store: string, put: (entry: OutboxEntry) => void): void {
    for (const [key, earlier] of this.#all((each) => each !== store)) {
      const entry = { ...earlier, again: true };
      try {
        put(entry);
      } catch {
        // No room for it twice.
        this.#remove(key);
        put(entry);
      }
      this.#remove(key);
    }
  }

  /** The server has answered. */
  retire({ id }: OutboxEntry): void {
    for (const key of this.#keys()) if (partsOf(key, this.#prefix).id === id) this.#remove(key);
  }

  /** Makes room: the store alone has them then. */
  letGo(store: string): void {
    for (const [key] of this.#all((each) => each === store)) this.#remove(key);
  }

  clear(): void {
    for (const key of this.#keys()) this.#remove(key);
  }

  #dropOldest(): void {
    let letters = this.#lettersNow();
    for (const key of this.#keys()) {
      if (letters <= MOST_LETTERS) break;
      letters -= this.#storage?.getItem(key)?.length ?? 0;
      this.#remove(key);
    }
    this.#letters = letters;
  }

  #all(isMeant: (store: string) => boolean): [key: string, entry: OutboxEntry][] {
    return this.#keys().flatMap((key): [string, OutboxEntry][] => {
      if (!isMeant(partsOf(key, this.#prefix).store)) return [];
      if (!this.#read.has(key)) this.#read.set(key, parseEntry(this.#storage?.getItem(key) ?? ''));
      const entry = this.#read.get(key);
      return entry ? [[key, entry]] : [];
    });
  }

  #remove(key: string): void {
    this.#storage?.removeItem(key);
    this.#read.delete(key);
  }

  #lettersNow(): number {
    return this.#keys().reduce((sum, key) => sum + (this.#storage?.getItem(key)?.length ?? 0), 0);
  }

  #keys(): string[] {
    return keysIn(this.#storage, this.#prefix);
  }
}

function partsOf(key: string, prefix: string): { id: string; store: string } {
  const [, id = '', ...store] = key.slice(prefix.length).split('.');
  return { id, store: store.join('.') };
}
