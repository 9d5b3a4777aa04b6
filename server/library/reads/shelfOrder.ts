import { foldForSearch } from '#shared/matching/fold.ts';
import { sortName } from '#shared/matching/sortName.ts';

/** Names whose keys are cached; folding one takes as long as comparing a hundred. */
const MAX_CACHED = 30_000;
const keys = new Map<string, string>();

/** What a name is ordered by on a shelf: without its article, accents and case. */
export function shelfKey(name: string): string {
  let key = keys.get(name);
  if (key === undefined) {
    if (keys.size >= MAX_CACHED) keys.clear();
    keys.set(name, (key = foldForSearch(sortName(name))));
  }
  return key;
}

export const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);
