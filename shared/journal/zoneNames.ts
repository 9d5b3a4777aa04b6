/** Rows hold a zone's number in 16 bits. */
const MOST = 0xffff;

/** The zones' names of a journal, each under a small number that never changes its meaning; 0 is "no zone". */
export class ZoneNames {
  readonly #names: string[] = [''];
  readonly #indexes = new Map<string, number>();

  /** The number of this name, a new one when it is heard of for the first time; "no zone" when every number is taken. */
  indexOf(name: string): number {
    const known = this.#indexes.get(name);
    if (known !== undefined) return known;
    const index = this.#names.length;
    if (index > MOST) return 0;
    this.#names.push(name);
    this.#indexes.set(name, index);
    return index;
  }

  /** The name under this number; `undefined` for 0 and for numbers never given. */
  nameOf(index: number): string | undefined {
    return index === 0 ? undefined : this.#names[index];
  }

  /** How many numbers are in use, "no zone" among them. */
  get size(): number {
    return this.#names.length;
  }
}
