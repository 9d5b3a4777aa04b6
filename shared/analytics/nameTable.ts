/** Gives each name (of a genre, a label, a support) a small number, in the order of their coming. */
export class NameTable {
  readonly names: string[] = [];
  readonly #indexes = new Map<string, number>();

  indexOf(name: string): number {
    let index = this.#indexes.get(name);
    if (index === undefined) {
      index = this.names.push(name) - 1;
      this.#indexes.set(name, index);
    }
    return index;
  }

  /** Each name's number once, in the order of the names. */
  indexesOf(names: readonly string[]): number[] {
    return [...new Set(names.map((name) => this.indexOf(name)))];
  }
}
