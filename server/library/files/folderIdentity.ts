import { type Stats, statSync } from 'node:fs';

/**
 * A folder as it was seen at a path, to be distinguished from what the path leads to later: nothing, or the bare mount point of a disk that dropped out.
 */
export class FolderIdentity {
  readonly #path: string;
  readonly #key: string | null;

  constructor(path: string) {
    this.#path = path;
    this.#key = keyOf(path);
  }

  /** Whether the path leads to that very folder now. */
  isThere(): boolean {
    return this.#key !== null && keyOf(this.#path) === this.#key;
  }
}

/** Numbers of files are of one disk only. @returns null where there is nothing. */
export function keyOf(path: string): string | null {
  const found = statOf(path);
  return found === undefined ? null : `${found.dev} ${found.ino}`;
}

/** A disk that dropped out may answer with an error of its own: nothing is there then. */
export function statOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}
