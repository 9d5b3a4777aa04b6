/** A possible pair: positions in two rows that are each in order of time, and what pairing them costs. */
export interface PossiblePair {
  left: number;
  right: number;
  cost: number;
}

interface Chain<P> {
  pair: P;
  pairs: number;
  cost: number;
  before: Chain<P> | undefined;
}

/**
 * Pairs two rows in order: no pair crosses another, as many pairs as possible, and among these the cheapest. So three
 * plays seen by two sources are three pairs even when one source stamps their ends. Takes n log n for n possible pairs.
 */
export function pairInOrder<P extends PossiblePair>(possible: readonly P[]): P[] {
  if (possible.length < 2) return [...possible];
  const sorted = [...possible].sort((one, other) => one.left - other.left || other.right - one.right);
  const best = new PrefixBest<P>(1 + Math.max(-1, ...sorted.map((pair) => pair.right)));
  for (const pair of sorted) {
    const before = best.upTo(pair.right);
    best.offer(pair.right, { pair, pairs: (before?.pairs ?? 0) + 1, cost: (before?.cost ?? 0) + pair.cost, before });
  }
  const pairs: P[] = [];
  for (let chain = best.upTo(Infinity); chain !== undefined; chain = chain.before) pairs.push(chain.pair);
  return pairs.reverse();
}

/** The best chain that ends before a position: a Fenwick tree. */
class PrefixBest<P> {
  readonly #cells: (Chain<P> | undefined)[];

  constructor(size: number) {
    this.#cells = new Array<Chain<P> | undefined>(size + 1);
  }

  /** The best chain among those that end before `position`. */
  upTo(position: number): Chain<P> | undefined {
    let best: Chain<P> | undefined;
    for (let at = Math.min(position, this.#cells.length - 1); at > 0; at -= at & -at) {
      best = better(best, this.#cells[at]);
    }
    return best;
  }

  offer(position: number, chain: Chain<P>): void {
    for (let at = position + 1; at < this.#cells.length; at += at & -at) {
      this.#cells[at] = better(this.#cells[at], chain);
    }
  }
}

function better<P>(one: Chain<P> | undefined, other: Chain<P> | undefined): Chain<P> | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  if (one.pairs !== other.pairs) return one.pairs > other.pairs ? one : other;
  return other.cost < one.cost ? other : one;
}
