export function pieces(name: string): string[];
export function wordFinder(words: readonly string[]): (name: string) => string[];
export function namesIn(path: string, text: string): string[];
/** @returns by word, each use of it as `path: name`. */
export function usesIn(
  files: Iterable<readonly [path: string, text: string]>,
  words: readonly string[],
  wire: ReadonlySet<string>,
): Map<string, string[]>;
