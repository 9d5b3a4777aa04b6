import { isOneErrorAway } from '#shared/matching/typing.ts';

/** Words of the index, ordered, so that a prefix is a range; each is known by a number that never changes. */
export class TermDictionary {
  readonly #numbers = new Map<string, number>();
  readonly texts: string[] = [];
  #ordered: number[] = [];
  #orderedLength = 0;

  numberOf(word: string): number {
    let number = this.#numbers.get(word);
    if (number === undefined) {
      number = this.texts.push(word) - 1;
      this.#numbers.set(word, number);
    }
    return number;
  }

  /** Puts new words in order. */
  settle(): void {
    this.#order();
  }

  /** Words that begin with `prefix`. */
  startingWith(prefix: string): number[] {
    const ordered = this.#order();
    let [low, high] = [0, ordered.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.texts[ordered[middle]!]! < prefix) low = middle + 1;
      else high = middle;
    }
    let end = low;
    while (end < ordered.length && this.texts[ordered[end]!]!.startsWith(prefix)) end++;
    return ordered.slice(low, end);
  }

  /** Words of which some beginning is one typing error away from `typed`: a letter wrong, missing, too many, or two swapped. */
  nearly(typed: string): number[] {
    const found: number[] = [];
    for (let number = 0; number < this.texts.length; number++) {
      const word = this.texts[number]!;
      if (word.length >= typed.length - 1 && isOneErrorAway(typed, word)) found.push(number);
    }
    return found;
  }

  #order(): number[] {
    if (this.#orderedLength !== this.texts.length) {
      this.#ordered = [...this.texts.keys()].sort((a, b) => (this.texts[a]! < this.texts[b]! ? -1 : 1));
      this.#orderedLength = this.texts.length;
    }
    return this.#ordered;
  }
}
