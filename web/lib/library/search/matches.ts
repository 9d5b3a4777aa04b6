import { foldForSearch } from '#shared/matching/fold.ts';
import { isUnspaced, queryTokens } from '#shared/matching/searchTerms.ts';
import { isOneErrorAway, SHORTEST_FORGIVEN } from '#shared/matching/typing.ts';

const WORD = /[\p{L}\p{N}\p{M}'’.!$]+/gu;

/**
 * Where a name meets a query, as [start, length] in the name itself, to be underlined. A word that folding lengthens or shortens
 * ("Ærø") is underlined whole.
 */
export function matchesIn(name: string, query: string): [number, number][] {
  const typed = queryTokens(foldForSearch(query));
  const found: [number, number][] = [];
  for (const { 0: word, index } of name.matchAll(WORD)) {
    const folded = foldForSearch(word);
    const inside = typed.find((each) => isUnspaced(each) && folded.includes(each));
    if (inside !== undefined && folded.length === word.length) {
      found.push([index + folded.indexOf(inside), inside.length]);
      continue;
    }
    const met =
      inside ??
      typed.find((each) => folded.startsWith(each)) ??
      typed.find((each) => each.length >= SHORTEST_FORGIVEN && isOneErrorAway(each, folded));
    if (met === undefined) continue;
    const part = folded.length === word.length && folded.startsWith(met) ? met.length : word.length;
    found.push([index, part]);
  }
  return found;
}
