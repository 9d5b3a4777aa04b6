import { foldForSearch } from '#shared/matching/fold.ts';
import type { SeededChance } from '#tests/simulators/catalogue/random.ts';

const ONSETS = [
  'b',
  'br',
  'c',
  'd',
  'f',
  'fl',
  'g',
  'gr',
  'h',
  'j',
  'k',
  'l',
  'm',
  'n',
  'p',
  'pr',
  'r',
  's',
  'sk',
  'st',
  't',
  'tr',
  'v',
  'w',
  'z',
  'ß',
  'ł',
];
const VOWELS = ['a', 'e', 'i', 'o', 'u', 'ai', 'ou', 'é', 'è', 'ö', 'å', 'ø', 'ü', 'î'];
const ENDS = ['', '', '', 'n', 'r', 's', 'l', 'nd', 'st', 'm', 'ck'];

/** Plain letters most of the time, as in real names; accents often enough that folding has work. */
function syllable(chance: SeededChance): string {
  return chance.favourite(ONSETS) + chance.favourite(VOWELS) + chance.one(ENDS);
}

/** Words nobody has read before; no two alike once folded. */
function inventVocabulary(chance: SeededChance, count: number): string[] {
  const vocabulary = new Map<string, string>();
  while (vocabulary.size < count) {
    const word = Array.from({ length: chance.whole(1, 3) }, () => syllable(chance)).join('');
    vocabulary.set(foldForSearch(word), word[0]!.toUpperCase() + word.slice(1));
  }
  return [...vocabulary.values()];
}

/** Gives out names of artists and titles; within one kind no two are alike once folded. */
export class Names {
  readonly #chance: SeededChance;
  readonly #vocabulary: string[];
  readonly #given = new Map<string, Set<string>>();

  constructor(chance: SeededChance) {
    this.#chance = chance;
    this.#vocabulary = inventVocabulary(chance, 8_000);
  }

  /** @param within names are unlike all others given under it. */
  give(within: string, least: number, most: number): string {
    const given = this.#given.get(within) ?? new Set();
    this.#given.set(within, given);
    for (;;) {
      const name = Array.from({ length: this.#chance.whole(least, most) }, () =>
        this.#chance.favourite(this.#vocabulary),
      ).join(' ');
      const key = foldForSearch(name);
      if (given.has(key)) continue;
      given.add(key);
      return name;
    }
  }

  sentence(length: number): string {
    return `${Array.from({ length }, () => this.#chance.favourite(this.#vocabulary).toLowerCase()).join(' ')}.`;
  }
}
