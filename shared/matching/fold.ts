import { plainLetters } from './letters.ts';

/** Raised with every change of what {@link foldForSearch} makes of any text, so that what is indexed is indexed anew. */
export const FOLD_VERSION = 1;

const ASCII_TEXT = /^[A-Za-z0-9]+(?: [A-Za-z0-9]+)*$/;

/** "don't", "Pepper's", "we'll": what follows the apostrophe belongs to the word. "L'amour", "d'un" are two words. */
const CONTRACTION = /(?<=\p{L})['’ʼ`´](?=(?:s|t|d|m|re|ll|ve)(?![\p{L}\p{N}'’]))/gu;
/** "R.E.M.", "M.I.A.": one word spelt with dots. */
const ACRONYM = /(?<![\p{L}\p{N}])\p{L}(?:\.\p{L})+(?![\p{L}\p{N}])/gu;
/** "P!nk" and "Ke$ha" are typed "pink" and "kesha". */
const INNER_I = /(?<=\p{L})!(?=\p{L})/gu;
const DOLLAR_S = /\$(?=\p{L})|(?<=\p{L})\$/gu;
const NOT_A_WORD = /[^\p{L}\p{N}\p{M}]+/gu;

/**
 * The text under which something is found by search: lower case, no accents, ø ß ł æ and their like spelt out,
 * punctuation as spaces. Index and query are both folded by it.
 *
 * Text that has neither letters nor digits ("!!!", "₊˚") keeps its own characters, so the result is never empty
 * unless the text is blank.
 */
export function foldForSearch(text: string): string {
  if (ASCII_TEXT.test(text)) return text.toLowerCase();
  const folded = plainLetters(text)
    .replace(CONTRACTION, '')
    .replace(ACRONYM, (letters) => letters.replaceAll('.', ''))
    .replace(INNER_I, 'i')
    .replace(DOLLAR_S, 's')
    .replace(NOT_A_WORD, ' ')
    .trim();
  return folded === '' ? collapse(text.normalize('NFC').toLowerCase()) : folded;
}

function collapse(text: string): string {
  return text.replace(/\s+/gu, ' ').trim();
}
