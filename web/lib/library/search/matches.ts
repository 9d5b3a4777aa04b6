import { foldForSearch } from '#shared/matching/fold.ts';
import { isOneErrorAway } from './words.ts';

const WORD = /[\p{L}\p{N}\p{M}'’.!$]+/gu;

/**
 * Where a name meets a query, as [start, length] in the name itself, to be underlined. A word that folding lengthens or shortens
 * ("Ærø") is underlined whole.
 */
export function matchesIn(name: string, query: string): [number, number][] {
  const typed = foldForSearch(query).split(' ').filter((word) => word !== '');
  const found: [number, number][] = [];
  for (const { 0: word, index } of name.matchAll(WORD)) {
    const folded = foldForSearch(word);
    const met = typed.find((each) => folded.startsWith(each)) ?? typed.find((each) => each.length >= 4 && isOneErrorAway(each, folded));
    if (met === undefined) continue;
    const part = folded.length === word.length && folded.startsWith(met) ? met.length : word.length;
    found.push([index, part]);
  }
  return found;
}
