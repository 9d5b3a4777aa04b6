/** How much a JSON text may hold. */
export interface JsonBounds {
  /** Levels within each other. */
  depth: number;
  /** Values of any kind, counted by what stands between them and around them. */
  values: number;
  /** Names of properties, lists and objects: parsing one takes up to a hundred times as long as parsing a number. */
  names: number;
}

export type JsonExcess = keyof JsonBounds;

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const BACKSLASH = 0x5c;

/**
 * Counts what a JSON text holds before any of it is parsed, piece by piece as its UTF-8 bytes come. Parsing cannot be interrupted, so
 * that how long it may take has to be known beforehand. What is no JSON is counted somehow: parsing tells.
 */
export class JsonSize {
  readonly #bounds: JsonBounds;
  #depth = 0;
  #values = 1;
  #names = 0;
  #within = false;
  #escaped = false;

  constructor(bounds: JsonBounds) {
    this.#bounds = bounds;
  }

  /** @returns which bound the text has passed with this piece; null while it is within all. */
  add(piece: Uint8Array): JsonExcess | null {
    let [depth, values, names, within, escaped] = [this.#depth, this.#values, this.#names, this.#within, this.#escaped];
    let deepest = depth;
    for (const code of piece) {
      if (escaped) escaped = false;
      else if (code === QUOTE) within = !within;
      else if (within) escaped = code === BACKSLASH;
      else if (code === COMMA) values += 1;
      else if (code === COLON) names += 1;
      else if (code === 0x5b || code === 0x7b) {
        values += 1;
        names += 1;
        depth += 1;
        if (depth > deepest) deepest = depth;
      } else if (code === 0x5d || code === 0x7d) depth -= 1;
    }
    [this.#depth, this.#values, this.#names, this.#within, this.#escaped] = [depth, values, names, within, escaped];
    const bounds = this.#bounds;
    return deepest > bounds.depth ? 'depth' : values > bounds.values ? 'values' : names > bounds.names ? 'names' : null;
  }
}
