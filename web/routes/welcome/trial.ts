type Changes = Readonly<Record<string, unknown>>;

/**
 * What is entered at the first run, on its way to the server: it is there to be tried, and taken back where it did not prove good. What
 * a person went on with is saved, also where the answer to its check comes after that. One write follows the other, as they were meant.
 */
export class Trial<Id extends string> {
  readonly #change: (changes: Changes) => Promise<void>;
  readonly #saved = new Set<Id>();
  #last: Promise<unknown> = Promise.resolve();

  constructor(change: (changes: Changes) => Promise<void>) {
    this.#change = change;
  }

  isSaved = (id: Id): boolean => this.#saved.has(id);

  /** Has it tried. */
  begin(id: Id, changes: Changes): Promise<void> {
    this.#saved.delete(id);
    return this.#next(() => this.#change(changes));
  }

  /** The person goes on with it. @throws what the server refuses; it is not saved then. */
  async keep(id: Id, changes: Changes): Promise<void> {
    this.#saved.add(id);
    try {
      await this.#next(() => this.#change(changes));
    } catch (error) {
      this.#saved.delete(id);
      throw error;
    }
  }

  /** Puts back what was there before, unless the person went on with what was tried. */
  takeBack(id: Id, before: Changes): Promise<void> {
    return this.#next(async () => {
      if (!this.#saved.has(id)) await this.#change(before);
    });
  }

  #next(write: () => Promise<void>): Promise<void> {
    const done = this.#last.then(write, write);
    this.#last = done;
    return done;
  }
}
