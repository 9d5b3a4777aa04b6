/** Gathers what is asked for within one task and loads it together. */
export class Loader {
  readonly #load: (ids: string[]) => Promise<void>;
  #wanted = new Set<string>();
  /** Asked for and not there: not asked again before something changes. */
  readonly #missing = new Set<string>();
  #scheduled = false;

  constructor(load: (ids: string[]) => Promise<Iterable<string>>) {
    this.#load = async (ids) => {
      const found = new Set(await load(ids));
      for (const id of ids) if (!found.has(id)) this.#missing.add(id);
    };
  }

  ask(id: string): void {
    if (this.#missing.has(id)) return;
    this.#wanted.add(id);
    if (this.#scheduled) return;
    this.#scheduled = true;
    queueMicrotask(() => {
      const ids = [...this.#wanted];
      this.#wanted = new Set();
      this.#scheduled = false;
      this.#load(ids).catch(reportError);
    });
  }

  /** True once it was looked for and not found. */
  isMissing(id: string): boolean {
    return this.#missing.has(id);
  }

  /** These exist now. */
  arrived(ids: Iterable<string>): void {
    for (const id of ids) this.#missing.delete(id);
  }
}
