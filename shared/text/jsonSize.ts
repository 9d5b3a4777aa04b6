/** How much a JSON text may hold; each row by itself where it is given in rows. */
export interface JsonBounds {
  /** Levels within each other. */
  depth: number;
  /** Values of any kind, counted by what stands between them and around them. */
  values: number;
  /** Names of properties, lists and objects: parsing one takes up to a hundred times as long as parsing a number. */
  names: number;
  /** The most rows; without it the text is one whole. */
  rows?: number;
}

export type JsonExcess = keyof JsonBounds;

/**
 * Where the rows of a list stand in the text: `from` its bracket to `to` the closing one, divided by commas. The lists are the outermost
 * one, or those that are properties of the outermost object.
 */
export interface JsonList {
  from: number;
  commas: number[];
  to: number;
}

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const BACKSLASH = 0x5c;
const LIST = 0x5b;

/**
 * Counts what a JSON text holds before any of it is parsed, piece by piece as its UTF-8 bytes come. Parsing cannot be interrupted, so
 * that how long it may take has to be known beforehand. What is no JSON is counted somehow: parsing finds out.
 */
export class JsonSize {
  /** In the order of the text, those that are closed and the one that is not. */
  readonly lists: JsonList[] = [];
  readonly #bounds: JsonBounds;
  /** How deep the lists are whose entries are rows; known once the text has begun. */
  #level: number | null;
  /** The list that is open, while it is. */
  #list: JsonList | null = null;
  #rows = 0;
  #at = 0;
  #depth = 0;
  #values = 1;
  #names = 0;
  #within = false;
  #escaped = false;

  constructor(bounds: JsonBounds) {
    this.#bounds = bounds;
    this.#level = bounds.rows === undefined ? 0 : null;
  }

  /** @returns which bound the text has passed with this piece; null while it is within all. What comes after that is not counted. */
  add(piece: Uint8Array): JsonExcess | null {
    const { depth: deepest, values: mostValues, names: mostNames } = this.#bounds;
    let [depth, values, names, within, escaped] = [this.#depth, this.#values, this.#names, this.#within, this.#escaped];
    for (let index = 0; index < piece.length; index += 1) {
      const code = piece[index]!;
      if (escaped) escaped = false;
      else if (code === QUOTE) within = !within;
      else if (within) escaped = code === BACKSLASH;
      else if (code === COMMA) {
        values += 1;
        if (values > mostValues) return 'values';
        if (this.#list !== null && depth === this.#level) {
          if (!this.#endRow()) return 'rows';
          this.#list.commas.push(this.#at + index);
          [values, names] = [1, 0];
        }
      } else if (code === COLON) {
        names += 1;
        if (names > mostNames) return 'names';
      } else if (code === LIST || code === 0x7b) {
        values += 1;
        names += 1;
        depth += 1;
        if (depth > deepest) return 'depth';
        if (values > mostValues) return 'values';
        if (names > mostNames) return 'names';
        this.#level ??= code === LIST ? 1 : 2;
        if (code === LIST && depth === this.#level) {
          this.#list = { from: this.#at + index, commas: [], to: -1 };
          this.lists.push(this.#list);
        }
      } else if (code === 0x5d || code === 0x7d) {
        if (this.#list !== null && depth === this.#level) {
          if (!this.#endRow()) return 'rows';
          this.#list.to = this.#at + index;
          this.#list = null;
          [values, names] = [1, 0];
        }
        depth -= 1;
      }
    }
    [this.#depth, this.#values, this.#names, this.#within, this.#escaped] = [depth, values, names, within, escaped];
    this.#at += piece.length;
    return null;
  }

  #endRow(): boolean {
    this.#rows += 1;
    return this.#rows <= (this.#bounds.rows ?? Infinity);
  }
}
