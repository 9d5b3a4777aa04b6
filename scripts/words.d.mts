/** The names in a file: those that it gives, and those by which it only means the field of an object. */
export type NamedFile = { path: string; names: string[]; fields: string[] };
/** What to say instead of a word, where it is looked for and why only there, and by name or path why one is excepted. */
export type Word = { use: string; in?: string[]; why?: string; except?: Record<string, string> };
/** Which files say how a name is stored or sent, and where it stays as a field. */
export type StoredName = { from: string[]; in?: string[] };

export function pieces(name: string): string[];
export function inflections(word: string): string[];
export function wordFinder(words: readonly string[]): (name: string) => string[];
export function readNames(path: string, text: string): NamedFile;
export function namesIn(path: string, text: string): string[];
/** @returns by word, each use of it as `path: name`. */
export function usesIn(
  files: readonly NamedFile[],
  words: Record<string, Word>,
  stored: Record<string, StoredName>,
): Map<string, string[]>;
/** @returns the exemptions that have no ground any more, each as a sentence. */
export function groundless(
  files: readonly NamedFile[],
  words: Record<string, Word>,
  stored: Record<string, StoredName>,
  textOf: (path: string) => string,
): string[];
