import { boundText, type Family, type Labels } from './exposition.ts';

/** More sets of labels than this are somebody's doing: what is beyond them is counted together. */
const MOST_SERIES = 1_000;
const OTHER = 'other';

/** What is counted under labels, of which there are never more than a bound. */
class Series<T> {
  readonly #names: readonly string[];
  readonly #fresh: () => T;
  readonly #known = new Map<string, { labels: Labels; held: T }>();

  constructor(names: readonly string[], fresh: () => T) {
    this.#names = names;
    this.#fresh = fresh;
  }

  of(labels: Labels): T {
    const key = this.#names.map((name) => labels[name]).join('\u0000');
    let entry = this.#known.get(key);
    if (entry === undefined) {
      const isBeyond = this.#known.size >= MOST_SERIES && this.#names.some((name) => labels[name] !== OTHER);
      if (isBeyond) return this.of(Object.fromEntries(this.#names.map((name) => [name, OTHER])));
      this.#known.set(
        key,
        (entry = {
          labels: Object.fromEntries(this.#names.map((name) => [name, labels[name] ?? ''])),
          held: this.#fresh(),
        }),
      );
    }
    return entry.held;
  }

  each(): { labels: Labels; held: T }[] {
    return [...this.#known.values()];
  }
}

/** Counts what happens; never goes back while the process lives. */
export class Counter {
  readonly #name: string;
  readonly #help: string;
  readonly #series: Series<{ value: number }>;

  constructor(name: string, help: string, labels: readonly string[] = []) {
    this.#name = name;
    this.#help = help;
    this.#series = new Series(labels, () => ({ value: 0 }));
    // One without labels begins at 0; of the others nobody knows yet which there will be.
    if (labels.length === 0) this.#series.of({});
  }

  add(labels: Labels = {}, by = 1): void {
    this.#series.of(labels).value += by;
  }

  family(): Family {
    return {
      name: this.#name,
      help: this.#help,
      type: 'counter',
      samples: this.#series.each().map(({ labels, held }) => ({ labels, value: held.value })),
    };
  }
}

interface Observed {
  /** How many fell into each bucket by itself; what is beyond the last bound is in `count` alone. */
  buckets: number[];
  sum: number;
  count: number;
}

/** How long things take, or how large they are: how many were at most so much. */
export class Histogram {
  readonly #name: string;
  readonly #help: string;
  readonly #bounds: readonly number[];
  readonly #series: Series<Observed>;

  /** @param bounds the buckets' upper bounds, rising; one without end is added. */
  constructor(name: string, help: string, bounds: readonly number[], labels: readonly string[] = []) {
    this.#name = name;
    this.#help = help;
    this.#bounds = bounds;
    this.#series = new Series(labels, () => ({ buckets: bounds.map(() => 0), sum: 0, count: 0 }));
    if (labels.length === 0) this.#series.of({});
  }

  observe(value: number, labels: Labels = {}): void {
    const observed = this.#series.of(labels);
    observed.sum += value;
    observed.count += 1;
    const bucket = this.#bounds.findIndex((bound) => value <= bound);
    if (bucket >= 0) observed.buckets[bucket]! += 1;
  }

  family(): Family {
    return {
      name: this.#name,
      help: this.#help,
      type: 'histogram',
      samples: this.#series.each().flatMap(({ labels, held }) => this.#samples(labels, held)),
    };
  }

  #samples(labels: Labels, { buckets, sum, count }: Observed): Family['samples'][number][] {
    let upTo = 0;
    return [
      ...this.#bounds.map((bound, index) => ({
        suffix: '_bucket',
        labels: { ...labels, le: boundText(bound) },
        value: (upTo += buckets[index]!),
      })),
      { suffix: '_bucket', labels: { ...labels, le: '+Inf' }, value: count },
      { suffix: '_sum', labels, value: sum },
      { suffix: '_count', labels, value: count },
    ];
  }
}

/** Upper bounds in seconds, for what a person waits for. */
export const WAIT_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] as const;
