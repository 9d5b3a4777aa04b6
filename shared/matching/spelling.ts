import { foldForSearch } from './fold.ts';
import { remembered } from './memo.ts';
import { figures, withFigures } from './numerals.ts';

/** A name as it is compared: its words folded, "&" and its translations one word, numbers in figures. */
export interface Spelling {
  words: readonly string[];
  /** The words without spaces: "AC/DC", "ACDC" and "Ac-Dc" are one. */
  squeezed: string;
  /** The same with ä ö ü å ø written ae oe ue aa oe; equal to `squeezed` for most names. */
  spelledOut: string;
  numbers: string;
  /** Which writing systems it uses, "latin" among them; empty for symbols and figures. */
  scripts: string;
}

const AND_SIGNS = /(?<=[\p{L}\p{N}).!'’\s])\s*[&+＆]\s*(?=[\p{L}\p{N}(])/gu;
const AND_WORDS = new Set(['and', 'et', 'und', 'y', 'n', 'och', 'og', 'e', 'и']);
const NUMBER_SIGN = /(?:#|№|n°|nº)\s*(?=\d)/giu;
const SPELLED_OUT: Record<string, string> = { ä: 'ae', ö: 'oe', ü: 'ue', å: 'aa', ø: 'oe', Ä: 'ae', Ö: 'oe', Ü: 'ue', Å: 'aa', Ø: 'oe' };
const SCRIPTS: readonly (readonly [string, RegExp])[] = [
  ['latin', /\p{Script=Latin}/u],
  ['cyrillic', /\p{Script=Cyrillic}/u],
  ['greek', /\p{Script=Greek}/u],
  ['cjk', /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u],
  ['hangul', /\p{Script=Hangul}/u],
  ['arabic', /\p{Script=Arabic}/u],
  ['hebrew', /\p{Script=Hebrew}/u],
  ['other', /[^\P{L}\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Common}]/u],
];

/** How a name is spelt, for comparison only; remembered. */
export const spellingOf: (text: string) => Spelling = remembered((text) => {
  const words = wordsOf(text);
  const squeezed = words.join('');
  return {
    words,
    squeezed,
    spelledOut: /[äöüåøÄÖÜÅØ]/u.test(text.normalize('NFC')) ? wordsOf(spellOut(text)).join('') : squeezed,
    numbers: figures(words).join(' '),
    scripts: SCRIPTS.filter(([, script]) => script.test(text))
      .map(([name]) => name)
      .join(' '),
  };
});

/** The same name but for case, accents, punctuation, spaces, "&" and the spelling of numbers. */
export function sameSpelling(a: Spelling, b: Spelling): boolean {
  return a.squeezed === b.squeezed || a.spelledOut === b.squeezed || a.squeezed === b.spelledOut;
}

/** Whether both are written in letters of which no system is common, so that comparing them says nothing. */
export function incomparable(a: Spelling, b: Spelling): boolean {
  if (a.scripts === '' || b.scripts === '') return false;
  return !a.scripts.split(' ').some((script) => b.scripts.split(' ').includes(script));
}

function wordsOf(text: string): string[] {
  const spaced = text.replace(AND_SIGNS, ' and ').replace(NUMBER_SIGN, ' no ');
  const words = foldForSearch(spaced).split(' ');
  const joined = words.map((word, index) =>
    index > 0 && index < words.length - 1 && AND_WORDS.has(word) ? 'and' : word,
  );
  return withFigures(joined);
}

function spellOut(text: string): string {
  return text.normalize('NFC').replace(/[äöüåøÄÖÜÅØ]/gu, (letter) => SPELLED_OUT[letter] ?? letter);
}
