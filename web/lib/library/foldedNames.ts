import type { LibraryIndex } from '#shared/analytics/libraryIndex.ts';
import { foldForSearch } from '#shared/matching/fold.ts';
import { withoutInnerSpaces } from '#shared/matching/searchTerms.ts';

/** Names in which single folded words are looked for, by the numbers of the index. */
interface FoldedNames {
  titles: string[];
  artists: string[];
  albums: string[];
}

interface CachedNames extends FoldedNames {
  version: number;
  /** What each name was folded from: one that did not change is not folded again. */
  from: FoldedNames;
}

const cache = new WeakMap<LibraryIndex, CachedNames>();

/** Every name of the library, folded when it is first asked for and again only where it changed. */
export function foldedNames(index: LibraryIndex): FoldedNames {
  const before = cache.get(index);
  if (before?.version === index.version) return before;
  const names: CachedNames = before ?? {
    version: 0,
    titles: [],
    artists: [],
    albums: [],
    from: { titles: [], artists: [], albums: [] },
  };
  names.version = index.version;
  refold(index.trackTitles, names.titles, names.from.titles);
  refold(index.artistNames, names.artists, names.from.artists);
  refold(index.albumTitles, names.albums, names.from.albums);
  cache.set(index, names);
  return names;
}

/** Plain letters with harmless punctuation between them: lower case is enough to find a word in it, and much cheaper. */
const PLAIN = /^[ "#%&()*+,\-/0-9:;<=>?@A-Z[\]_a-z{|}~]*$/;

function refold(names: readonly string[], folded: string[], from: string[]): void {
  for (let at = 0; at < names.length; at++) {
    if (from[at] === names[at]) continue;
    from[at] = names[at]!;
    folded[at] = PLAIN.test(names[at]!) ? names[at]!.toLowerCase() : withoutInnerSpaces(foldForSearch(names[at]!));
  }
}
