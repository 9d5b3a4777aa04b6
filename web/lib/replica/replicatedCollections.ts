import type { CollectionName } from '#shared/sync/collections.ts';
import type { MetadataStore } from './metadataStore.ts';
import type { PullRun } from './pullRun.ts';
import type { State } from './replicateCollection.ts';

/** The collections that are replicated at present, each with its pull and its state at RxDB, and how far the server is known to have them. */
export class ReplicatedCollections {
  readonly #metadata: MetadataStore;
  readonly #heads = new Map<CollectionName, number>();
  /** Those for which the server had nothing new since it was connected to last. */
  readonly #nothingNew = new Set<CollectionName>();
  #runs = new Map<CollectionName, PullRun>();
  #states = new Map<CollectionName, State>();

  constructor(metadata: MetadataStore) {
    this.#metadata = metadata;
  }

  get runs(): readonly PullRun[] {
    return [...this.#runs.values()];
  }

  /** How far each collection is known to go. */
  get heads(): ReadonlyMap<CollectionName, number> {
    return this.#heads;
  }

  get isActive(): boolean {
    return [...this.#states.values()].some((state) => state.subjects.active.getValue());
  }

  add(run: PullRun, state: State): void {
    this.#runs.set(run.name, run);
    this.#states.set(run.name, state);
  }

  /** None is replicated; how far they go stays known. */
  clear(): void {
    this.#runs = new Map();
    this.#states = new Map();
  }

  forgetHeads(): void {
    this.#heads.clear();
  }

  /** Asks for what is new in a collection. */
  pull(name: CollectionName): void {
    this.#states.get(name)?.reSync();
  }

  pullAll(): void {
    for (const state of this.#states.values()) state.reSync();
  }

  /** Asks for what is new in any collection but this one. */
  pullAnother(than: CollectionName): void {
    [...this.#states].find(([other]) => other !== than)?.[1].reSync();
  }

  /** The server is connected to anew: what it has to say of each collection is to come yet. */
  connected(): void {
    this.#nothingNew.clear();
  }

  /** The server has something of this collection up to there: asks for it, where it is not here. */
  announced(name: CollectionName, seq: number): void {
    this.#heads.set(name, Math.max(seq, this.#heads.get(name) ?? 0));
    const state = this.#states.get(name);
    if (seq > (this.#metadata.read().caughtUp[name] ?? -1)) state?.reSync();
    else if (state && this.#nothingNew.add(name).size === this.#states.size) this.noteInStep();
  }

  /** Notes the moment, where everything that the server has is here. */
  noteInStep(): void {
    if (this.runs.every((run) => run.inStep)) this.#metadata.write({ lastInStepAt: Date.now() });
  }

  /** Ends their replication, which may go on later where it stood. */
  async cancel(): Promise<void> {
    await Promise.all([...this.#states.values()].map((state) => state.cancel()));
  }

  /** Ends their replication for good, and forgets where it stood. */
  async remove(): Promise<void> {
    await Promise.all([...this.#states.values()].map((state) => state.remove()));
  }
}
