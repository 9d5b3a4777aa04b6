import { uuid } from '../../replica/uuid.ts';
import { parseEntry, serializeEntry, type OutboxEntry, type OutboxWrite } from './entry.ts';

/** What the outbox needs of localStorage. */
export type OutboxStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

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
 * The write-ahead outbox: what a person does is in localStorage, synchronously, before the page shows it as done, and is taken out
 * when the replica has confirmed it. What a crash leaves here is written to the replica at the next start.
 *
 * Each entry has a key of its own, so that two tabs never overwrite each other; the keys sort in the order of the entries' numbers.
 */
export class Outbox {
  readonly #storage: OutboxStorage | undefined;
  readonly #prefix: string;
  readonly #makeRoom: () => void;
  #last = 0;

  /**
   * @param storage undefined where the browser refuses it.
   * @param database the replica's name: each has an outbox of its own.
   * @param makeRoom lets go of what can be fetched again, when the storage is full.
   */
  constructor(storage: OutboxStorage | undefined, database: string, makeRoom: () => void = () => undefined) {
    this.#storage = storage;
    this.#prefix = `aime.outbox.${database}.`;
    this.#makeRoom = makeRoom;
  }

  /** Everything that waits, of all tabs, in the order in which it is to be written. */
  entries(): OutboxEntry[] {
    return this.#keys().flatMap((key) => this.#read(key) ?? []);
  }

  /** The next one to be written. */
  first(): OutboxEntry | undefined {
    for (const key of this.#keys()) {
      const entry = this.#read(key);
      if (entry) return entry;
    }
    return undefined;
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
    const [key, text] = [this.#keyOf(entry), serializeEntry(entry)];
    try {
      this.#store(key, text);
    } catch {
      this.#makeRoom();
      this.#store(key, text);
    }
    return entry;
  }

  /** The replica has it. */
  retire(entry: OutboxEntry): void {
    this.#storage?.removeItem(this.#keyOf(entry));
  }

  /** Forgets everything that waits. */
  clear(): void {
    for (const key of this.#keys()) this.#storage?.removeItem(key);
  }

  /** Whether a changed key of the storage is one of the outbox. */
  owns(key: string | null): boolean {
    return key === null || key.startsWith(this.#prefix);
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

  #read(key: string): OutboxEntry | undefined {
    const text = this.#storage?.getItem(key) ?? null;
    return text === null ? undefined : parseEntry(text);
  }

  #keyOf({ number, id }: OutboxEntry): string {
    return `${this.#prefix}${String(number).padStart(12, '0')}.${id}`;
  }

  #keys(): string[] {
    const { length = 0 } = this.#storage ?? {};
    const keys: string[] = [];
    for (let index = 0; index < length; index++) {
      const key = this.#storage?.key(index);
      if (key?.startsWith(this.#prefix)) keys.push(key);
    }
    return keys.sort();
  }
}

function numberIn(key: string | undefined, prefix: string): number {
  return key === undefined ? 0 : Number.parseInt(key.slice(prefix.length), 10) || 0;
}
