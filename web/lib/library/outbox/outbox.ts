import { uuid } from '../../replica/uuid.ts';
import { parseEntry, serializeEntry, type OutboxEntry, type OutboxWrite } from './entry.ts';
import { keysIn, type OutboxStorage } from './storage.ts';
import { WrittenEntries } from './written.ts';

/** More than this is not waiting for a database that will come back. */
const MOST_ENTRIES = 1_000;

/** `full`: no room left; `refused`: this browser stores nothing for the page; `too-many`: the replica takes nothing any more. */
export type NotStoredReason = 'full' | 'refused' | 'too-many';

/** What a person did could not be written down on this device: it must not be shown as done. */
export class NotStored extends Error {
  readonly reason: NotStoredReason;

  constructor(reason: NotStoredReason, cause?: unknown) {
    super(`Nothing was written to this device's storage (${reason})`, { cause });
    this.name = 'NotStored';
    this.reason = reason;
  }
}

/**
 * The write-ahead outbox: what a person does is in localStorage, synchronously, before the page shows it as done. What a crash leaves
 * here is written to the replica at the next start. What the replica has confirmed waits no more, and is stored beside until the
 * server has answered.
 *
 * Each entry has a key of its own, so that two tabs never overwrite each other; the keys sort in the order of the entries' numbers.
 */
export class Outbox {
  readonly #storage: OutboxStorage | undefined;
  readonly #prefix: string;
  readonly #makeRoom: () => void;
  readonly #written: WrittenEntries;
  readonly #parsed = new Map<string, OutboxEntry | undefined>();
  #last = 0;
  #followed: string | undefined;

  /**
   * @param storage undefined where the browser refuses it.
   * @param database the replica's name: each has an outbox of its own.
   * @param makeRoom deletes what can be fetched again, when the storage is full.
   */
  constructor(storage: OutboxStorage | undefined, database: string, makeRoom: () => void = () => undefined) {
    this.#storage = storage;
    this.#prefix = `aime.outbox.${database}.`;
    this.#makeRoom = makeRoom;
    this.#written = new WrittenEntries(storage, database);
  }

  /** Everything that waits, of all tabs, in the order in which it is to be written. */
  entries(): OutboxEntry[] {
    return this.#keys().flatMap((key) => this.#read(key) ?? []);
  }

  /**
   * Writes down what a person did; it is durable when this returns.
   *
   * @param at milliseconds since the epoch by the server's clock.
   * @param number the device's next running number; raised where another tab has gone further.
   * @param writesOf makes the documents, given the number.
   * @throws {NotStored} when it was not written down.
   */
  add(at: number, number: number, writesOf: (number: number) => readonly OutboxWrite[]): OutboxEntry {
    const keys = this.#keys();
    if (keys.length >= MOST_ENTRIES) throw new NotStored('too-many');
    this.#last = Math.max(this.#last + 1, number, numberIn(keys.at(-1), this.#prefix) + 1);
    const entry: OutboxEntry = { id: uuid(), number: this.#last, at, writes: writesOf(this.#last) };
    this.#put(entry);
    return entry;
  }

  /** The replica has it, in this store. */
  written(entry: OutboxEntry, store: string): void {
    this.#written.keep(entry, store);
    this.#remove(this.#keyOf(entry));
  }

  /** What a store has, and the server has not answered yet. */
  unanswered(store: string): OutboxEntry[] {
    return this.#written.in(store);
  }

  /** The server has answered. */
  retire(entry: OutboxEntry): void {
    this.#written.retire(entry);
  }

  /** What other stores than this one had waits again: they are gone. */
  follow(store: string): void {
    this.#followed = store;
    this.#written.takeBack(store, (entry) => this.#put(entry));
  }

  /** Forgets everything that waits. */
  clear(): void {
    for (const key of this.#keys()) this.#remove(key);
    this.#written.clear();
  }

  /** Whether a changed key of the storage is one of the outbox. */
  owns(key: string | null): boolean {
    return key === null || key.startsWith(this.#prefix);
  }

  #put(entry: OutboxEntry): void {
    const [key, text] = [this.#keyOf(entry), serializeEntry(entry)];
    try {
      this.#store(key, text);
    } catch {
      this.#makeRoom();
      if (this.#followed !== undefined) this.#written.letGo(this.#followed);
      this.#store(key, text);
    }
    this.#parsed.set(key, entry);
  }

  #store(key: string, text: string): void {
    if (!this.#storage) throw new NotStored('refused');
    try {
      this.#storage.setItem(key, text);
    } catch (error) {
      throw new NotStored(error instanceof DOMException && error.name === 'SecurityError' ? 'refused' : 'full', error);
    }
    // Some private windows take everything and keep nothing.
    if (this.#storage.getItem(key) !== text) throw new NotStored('refused');
  }

  /** What a key says never changes: it is read once. */
  #read(key: string): OutboxEntry | undefined {
    if (!this.#parsed.has(key)) this.#parsed.set(key, parseEntry(this.#storage?.getItem(key) ?? ''));
    return this.#parsed.get(key);
  }

  /** Whether it is waiting still: another tab may have written it. */
  waits(entry: OutboxEntry): boolean {
    return this.#storage?.getItem(this.#keyOf(entry)) != null;
  }

  #remove(key: string): void {
    this.#storage?.removeItem(key);
    this.#parsed.delete(key);
  }

  #keyOf({ number, id }: OutboxEntry): string {
    return `${this.#prefix}${String(number).padStart(12, '0')}.${id}`;
  }

  #keys(): string[] {
    return keysIn(this.#storage, this.#prefix);
  }
}

function numberIn(key: string | undefined, prefix: string): number {
  return key === undefined ? 0 : Number.parseInt(key.slice(prefix.length), 10) || 0;
}
