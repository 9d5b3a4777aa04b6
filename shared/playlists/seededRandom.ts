/** A stream of chance that a seed decides: the same in every browser and on the server, since it uses integers only. */
export interface SeededRandom {
  /** A whole number in [0, limit). */
  below(limit: number): number;
  /** The items in a random order, in a new array. */
  shuffled<T>(items: readonly T[]): T[];
  /** The place of one of these whole weights, each as likely as its share; −1 when all are 0. */
  weighted(weights: readonly number[]): number;
}

const UINT32 = 2 ** 32;

/** Chris Doty-Humphrey's sfc32, seeded from a text by Bob Jenkins' one-at-a-time mixing. */
export function seededRandom(seed: string): SeededRandom {
  let [a, b, c, counter] = [hash(seed, 0x9e3779b9), hash(seed, 0x243f6a88), hash(seed, 0xb7e15162), 1];
  const next = (): number => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    return sum >>> 0;
  };
  for (let round = 0; round < 12; round++) next();
  const below = (limit: number): number => Math.floor((next() / UINT32) * limit);

  return {
    below,
    shuffled: (items) => {
      const order = [...items];
      for (let left = order.length; left > 1; left--) {
        const chosen = below(left);
        [order[left - 1], order[chosen]] = [order[chosen]!, order[left - 1]!];
      }
      return order;
    },
    weighted: (weights) => {
      const total = weights.reduce((sum, weight) => sum + weight, 0);
      let left = total > 0 ? below(total) : -1;
      return total > 0 ? weights.findIndex((weight) => (left -= weight) < 0) : -1;
    },
  };
}

function hash(text: string, start: number): number {
  let state = start | 0;
  for (let at = 0; at < text.length; at++) {
    state = (state + text.charCodeAt(at)) | 0;
    state = (state + (state << 10)) | 0;
    state ^= state >>> 6;
  }
  state = (state + (state << 3)) | 0;
  state ^= state >>> 11;
  return (state + (state << 15)) | 0;
}
