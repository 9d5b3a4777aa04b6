/** Raised with every change of what {@link indexTerms} makes of any text, so that what is indexed is indexed anew. */
export const TERMS_VERSION = 1;

/**
 * Scripts that are written without spaces, or whose words run together: a reader looks for any part of a name in them. The long
 * vowel sign and the sign of repetition belong to them.
 */
const UNSPACED = String.raw`\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u30fc\u3005`;
const RUN = new RegExp(`[${UNSPACED}]+\\p{M}*|[^${UNSPACED}]+`, 'gu');
const HAS_UNSPACED = new RegExp(`[${UNSPACED}]`, 'u');

const SPACE_INSIDE = new RegExp(`(?<=[${UNSPACED}]\\p{M}*) (?=[${UNSPACED}])`, 'gu');

export const isUnspaced = (text: string): boolean => HAS_UNSPACED.test(text);

/** A folded name without the spaces between such characters: "椎名 林檎" is looked for as "椎名林檎" too. */
export const withoutInnerSpaces = (folded: string): string =>
  isUnspaced(folded) ? folded.replace(SPACE_INSIDE, '') : folded;

/**
 * The terms under which a folded name is found, in order: its words; of a run of Chinese, Japanese or Korean characters each pair of
 * neighbours, and the last character. So every character begins a term, and every two that stand together are one.
 */
export function indexTerms(folded: string): string[] {
  return isUnspaced(folded)
    ? runsOf(withoutInnerSpaces(folded)).flatMap((run) =>
        isUnspaced(run) ? [...pairsOf(run), [...run].at(-1)!] : [run],
      )
    : tokenize(folded);
}

/**
 * What is looked for in a folded query, all of it, in any order: each word by itself, each run of such characters as the terms that
 * stand one after the other. A single one of either may be the beginning of a term.
 */
export const soughtTerms = (folded: string): string[][] =>
  queryTokens(folded).map((word) => (isUnspaced(word) && [...word].length > 1 ? pairsOf(word) : [word]));

/** The same, each as it stands in a name {@link withoutInnerSpaces}: "Live東京" is two, as in "Live in 東京". */
export const queryTokens = (folded: string): string[] => (isUnspaced(folded) ? runsOf(folded) : tokenize(folded));

const tokenize = (folded: string): string[] => folded.split(' ').filter((word) => word !== '');
const runsOf = (folded: string): string[] => tokenize(folded).flatMap((word) => word.match(RUN) ?? []);

function pairsOf(run: string): string[] {
  const characters = [...run];
  return characters.slice(1).map((character, before) => characters[before]! + character);
}
