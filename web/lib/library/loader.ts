/** Gathers what is asked for within one task and loads it together. */
export class Loader {
  readonly #load: (ids: string[]) => Promise<Iterable<string>>;
  #wanted = new Set<string>();
  readonly #loading = new Set<string>();
  /** Asked for and not there: not asked again before it arrives. */
  readonly #missing = new Set<string>();

  /** @param load resolves to the ids it found. */
  constructor(load: (ids: string[]) => Promise<Iterable<string>>) {
    this.#load = load;
  }

  ask(id: string): void {
    if (this.#missing.has(id) || this.#loading.has(id) || this.#wanted.has(id)) return;
    if (this.#wanted.size === 0) queueMicrotask(() => void this.#run());
    this.#wanted.add(id);
  }

  /** True once it was looked for and not found. */
  isMissing(id: string): boolean {
    return this.#missing.has(id);
  }

  /** These exist now. */
  arrived(documents: Iterable<{ id: string }>): void {
    for (const { id } of documents) this.#missing.delete(id);
  }

  async #run(): Promise<void> {
    const ids = this.#wanted;
    this.#wanted = new Set();
    for (const id of ids) this.#loading.add(id);
    try {
      const found = new Set(await this.#load([...ids]));
      for (const id of ids) if (!found.has(id)) this.#missing.add(id);
    } catch (error) {
      reportError(error);
    }
    for (const id of ids) this.#loading.delete(id);
  }
}
