import { foldForSearch } from './fold.ts';
import { remembered } from './memo.ts';
import { figures, withFigures } from './numerals.ts';

/** A name as it is compared: its words folded, "&" and its translations one word, numbers in figures. */
export interface Spelling {
  tokens: readonly string[];
  /** The words without spaces: "AC/DC", "ACDC" and "Ac-Dc" are one. */
  squeezed: string;
  /** The same with ä ö ü å ø written ae oe ue aa oe; equal to `squeezed` for most names. */
  spelledOut: string;
  numbers: string;
  /** Which writing systems it uses, a bit for each; 0 for symbols and figures. */
  scripts: number;
}

const AND_SIGNS = /(?<=[\p{L}\p{N}).!'’\s])\s*[&+＆]\s*(?=[\p{L}\p{N}(])/gu;
const CONJUNCTIONS = new Set(['and', 'et', 'und', 'y', 'n', 'och', 'og', 'e', 'и']);
/** Stands for a starred-out letter while folding, which keeps letters only; used in no name. */
const MASK = 'ꙮ';
const STARRED = /(?<=\p{L})\*+(?=\p{L})/gu;
const NUMBER_SIGN = /(?:#|№|n°|nº)\s*(?=\d)/giu;
const SPELLED_OUT: Record<string, string> = {
  ä: 'ae',
  ö: 'oe',
  ü: 'ue',
  å: 'aa',
  ø: 'oe',
  Ä: 'ae',
  Ö: 'oe',
  Ü: 'ue',
  Å: 'aa',
  Ø: 'oe',
};
const ASCII = /^[ -~]*$/u;
const LATIN = 1;
/** The writing systems that are distinguished; one bit each, Latin first. */
const SCRIPTS: readonly RegExp[] = [
  /\p{Script=Latin}/u,
  /\p{Script=Cyrillic}/u,
  /\p{Script=Greek}/u,
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u,
  /\p{Script=Hangul}/u,
  /\p{Script=Arabic}/u,
  /\p{Script=Hebrew}/u,
  /[^\P{L}\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Common}]/u,
];

/** How a name is spelt, for comparison only; remembered. */
export const spellingOf: (text: string) => Spelling = remembered((text) => {
  const tokens = tokenize(text);
  const squeezed = tokens.join('');
  const spelt = spellOut(text);
  return {
    tokens,
    squeezed,
    spelledOut: spelt === undefined ? squeezed : tokenize(spelt).join(''),
    numbers: figures(tokens).join(' '),
    scripts: scriptsOf(text),
  };
});

/** The same name but for case, accents, punctuation, spaces, "&" and the spelling of numbers. */
export function sameSpelling(a: Spelling, b: Spelling): boolean {
  return a.squeezed === b.squeezed || a.spelledOut === b.squeezed || a.squeezed === b.spelledOut;
}

/** Whether `masked` is the other name with letters starred out: "F**k" and "Fuck". */
export function isMaskedAs(masked: Spelling, name: Spelling): boolean {
  if (!masked.squeezed.includes(MASK) || masked.squeezed.length !== name.squeezed.length) return false;
  return [...masked.squeezed].every((letter, index) => letter === MASK || letter === name.squeezed[index]);
}

/** Whether both are written in letters of which no system is common, so that comparing them says nothing. */
export function incomparable(a: Spelling, b: Spelling): boolean {
  return a.scripts !== 0 && b.scripts !== 0 && (a.scripts & b.scripts) === 0;
}

function tokenize(text: string): string[] {
  if (text.includes('*'))
    return tokenize(text.replace(STARRED, (stars) => MASK.repeat(stars.length)).replaceAll('*', ' '));
  const spaced = /[&+＆#№°º]/u.test(text) ? text.replace(AND_SIGNS, ' and ').replace(NUMBER_SIGN, ' no ') : text;
  const tokens = foldForSearch(spaced).split(' ');
  const joined = tokens.map((word, index) =>
    index > 0 && index < tokens.length - 1 && CONJUNCTIONS.has(word) ? 'and' : word,
  );
  return withFigures(joined);
}

/** Undefined when there is nothing to spell out. */
function spellOut(text: string): string | undefined {
  if (ASCII.test(text)) return undefined;
  const normalized = text.normalize('NFC');
  const spelt = normalized.replace(/[äöüåøÄÖÜÅØ]/gu, (letter) => SPELLED_OUT[letter] ?? letter);
  return spelt === normalized ? undefined : spelt;
}

function scriptsOf(text: string): number {
  if (ASCII.test(text)) return /[a-z]/iu.test(text) ? LATIN : 0;
  return SCRIPTS.reduce((bits, script, index) => (script.test(text) ? bits | (1 << index) : bits), 0);
}
