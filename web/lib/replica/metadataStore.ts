import * as v from 'valibot';
import type { CollectionName } from '#shared/sync/collections.ts';
import { readStored } from '../stored.ts';
import { metadataSchemas } from './metadataSchema.ts';
import type { ReplicaMetadata } from './replicaMetadata.ts';
import { uuid } from './uuid.ts';

/** What the browser's localStorage offers; a Map behind it does too. */
export interface KeyValue {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

const KEY = 'aime.replica';

/** Reads and writes the replica metadata; always from the store, because another tab may have written meanwhile. */
export class MetadataStore {
  readonly #store: KeyValue;
  /** What the store had no room for: lost with the page, and found out again by the next. */
  #unwritten: Partial<ReplicaMetadata> = {};
  #whole: string | undefined;
  #written: (metadata: ReplicaMetadata) => void = () => undefined;

  constructor(store: KeyValue) {
    this.#store = store;
  }

  read(): ReplicaMetadata {
    const known = { ...this.#stored(), ...this.#unwritten };
    if (known.deviceId !== undefined) return { ...blank(known.deviceId), ...known };
    const metadata = { ...blank(uuid()), ...known };
    this.#write(metadata, metadata);
    return metadata;
  }

  /** Those that can be read: one that is broken is as if it had never been written. */
  #stored(): Partial<ReplicaMetadata> {
    const text = this.#store.getItem(KEY);
    if (text === null) return {};
    // Read over and over: what was found to be whole is.
    if (text === this.#whole) return JSON.parse(text) as Partial<ReplicaMetadata>;
    const metadata = readStored(v.record(v.string(), v.unknown()), text) ?? {};
    const known = Object.entries(metadataSchemas).flatMap(([name, schema]) => {
      const mark = v.safeParse(schema, metadata[name]);
      return mark.success ? [[name, mark.output]] : [];
    });
    if (Object.keys(metadata).length === known.length) this.#whole = text;
    return Object.fromEntries(known) as Partial<ReplicaMetadata>;
  }

  write(change: Partial<ReplicaMetadata>): void {
    const metadata = { ...this.read(), ...change };
    this.#write(metadata, change);
    this.#written(metadata);
  }

  /** @param written is given all of it after each write here. */
  onWrite(written: (metadata: ReplicaMetadata) => void): void {
    this.#written = written;
  }

  #write(metadata: ReplicaMetadata, change: Partial<ReplicaMetadata>): void {
    try {
      const text = JSON.stringify(metadata);
      this.#store.setItem(KEY, text);
      this.#whole = text;
      this.#unwritten = {};
    } catch (error) {
      if (!(error instanceof DOMException)) throw error;
      this.#unwritten = { ...this.#unwritten, ...change };
    }
  }

  /**
   * The life of the server's database that the ids of the documents here are of; null while another one's come in, when some are
   * of the one and some of the other.
   */
  epochOfIds(): string | null {
    const { epoch, sweeping: isResyncing } = this.read();
    return isResyncing ? null : epoch;
  }

  /** The next number of this device's mutations. */
  nextMutationNumber(): number {
    const number = this.read().lastIntentNumber + 1;
    this.write({ lastIntentNumber: number });
    return number;
  }

  /** The next number of this device's pushes: by its clock, so that they count up also where the metadata was lost. */
  nextPush(): number {
    const lastPush = Math.max(this.read().lastPush + 1, Date.now());
    this.write({ lastPush });
    return lastPush;
  }

  /**
   * Collections that are stored in another shape now have nothing yet, but for those that are carried over. All of them are pulled
   * anew: what cannot be read of them is found out by that.
   *
   * @returns the ones that are.
   */
  useVersions(
    versions: Record<CollectionName, number>,
    isCarriedOver: (name: CollectionName) => boolean,
  ): ReadonlySet<CollectionName> {
    const { caughtUp, unreadable, versions: before } = this.read();
    const reshaped = (Object.keys(caughtUp) as CollectionName[]).filter((name) => before[name] !== versions[name]);
    for (const name of reshaped) {
      if (!isCarriedOver(name)) delete caughtUp[name];
      delete unreadable[name];
    }
    this.write({ caughtUp, unreadable, versions });
    return new Set(reshaped.filter(isCarriedOver));
  }

  /** Forgets everything but which device this is. */
  reset(): void {
    const { deviceId, lastIntentNumber: lastNumber, lastPush } = this.read();
    const metadata = { ...blank(deviceId), lastIntentNumber: lastNumber, lastPush };
    this.#write(metadata, metadata);
  }
}

function blank(deviceId: string): ReplicaMetadata {
  return {
    deviceId,
    generation: 0,
    epoch: null,
    libraryId: null,
    unjudged: false,
    held: null,
    accepted: null,
    bringBack: null,
    sweeping: false,
    clockOffset: 0,
    lastIntentNumber: 0,
    lastPush: 0,
    caughtUp: {},
    versions: {},
    lastInStepAt: null,
    unsentPlaylists: {},
    unsentWords: {},
    refusedPlaylists: {},
    unreadable: {},
    store: '',
  };
}

/** localStorage, or memory where a private window refuses it. */
export function browserStore(): KeyValue {
  try {
    localStorage.setItem('aime.probe', '1');
    localStorage.removeItem('aime.probe');
    return localStorage;
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
    return memoryStore();
  }
}

/** A store that lasts as long as the page. */
export function memoryStore(): KeyValue & Pick<Storage, 'key' | 'length'> {
  const values = new Map<string, string>();
  return {
    getItem: (key) => values.get(key) ?? null,
    setItem: (key, value) => void values.set(key, value),
    removeItem: (key) => void values.delete(key),
    key: (index) => [...values.keys()][index] ?? null,
    get length() {
      return values.size;
    },
  };
}
