import { indexAt, offsetsOf, rangeBetween, type Range } from './virtualRange.ts';

/** Lists up to this long are guessed item by item; of longer ones only what comes near the window, the rest as an average. */
const SHORT = 400;
const SAMPLE = 60;

export interface Items {
  count: number;
  keyOf: (index: number) => string;
  /** The best guess in pixels before it is measured. */
  estimate: (index: number) => number;
}

/**
 * How high each item of a long list is: measured, guessed, or taken for average. Nothing is asked of an item before it comes
 * near the window, so that a list of thousands of days costs what a screen of them costs.
 */
export class HeightBook {
  #items: Items;
  #heights: Float64Array;
  #known: Uint8Array;
  #offsets: Float64Array | undefined;
  readonly #measured = new Map<string, number>();

  constructor(items: Items) {
    this.#items = items;
    [this.#heights, this.#known] = blank(items);
  }

  get offsets(): Float64Array {
    return (this.#offsets ??= offsetsOf(this.#items.count, (index) => this.#heights[index]!));
  }

  /**
   * Takes over other items. What was known stays, moved by as much as the item at `near` moved.
   *
   * @param near a place and the key that stood there; found again within a few places of it.
   * @returns where that item is now, or −1.
   */
  change(items: Items, near: { index: number; key: string } | undefined): number {
    const before = { heights: this.#heights, known: this.#known };
    this.#items = items;
    [this.#heights, this.#known] = blank(items);
    this.#offsets = undefined;
    const found = near ? this.#find(near) : -1;
    const shift = near && found >= 0 ? found - near.index : 0;
    for (let index = Math.max(0, -shift); index < before.heights.length && index + shift < items.count; index++) {
      if (before.known[index] !== 1) continue;
      this.#heights[index + shift] = before.heights[index]!;
    }
    return found;
  }

  /** Writes down a height that was measured. @returns false when it was known already. */
  measure(index: number, key: string, height: number): boolean {
    if (index >= this.#items.count || Math.abs((this.#measured.get(key) ?? -1) - height) < 0.5) return false;
    this.#measured.set(key, height);
    return this.#set(index, height);
  }

  /** The items between two heights of the list, each of them asked for its own height first. */
  range(top: number, bottom: number, overscan: number): Range {
    for (let turn = 0; ; turn++) {
      const range = rangeBetween(this.offsets, top, bottom, overscan);
      if (turn === 3 || !this.#ask(range)) return range;
    }
  }

  /** The item at a height of the list, and how far below its beginning that is. */
  at(y: number): { index: number; key: string; into: number } | undefined {
    if (this.#items.count === 0) return undefined;
    const index = indexAt(this.offsets, y);
    return { index, key: this.#items.keyOf(index), into: y - this.offsets[index]! };
  }

  /** Asks the items of a range for their heights. @returns whether that changed any. */
  #ask({ start, end }: Range): boolean {
    let changed = false;
    for (let index = start; index < end; index++) {
      if (this.#known[index] === 1) continue;
      this.#known[index] = 1;
      const height = this.#measured.get(this.#items.keyOf(index)) ?? this.#items.estimate(index);
      if (this.#set(index, height)) changed = true;
    }
    return changed;
  }

  #set(index: number, height: number): boolean {
    this.#known[index] = 1;
    if (Math.abs(this.#heights[index]! - height) < 0.5) return false;
    this.#heights[index] = height;
    this.#offsets = undefined;
    return true;
  }

  #find({ index, key }: { index: number; key: string }): number {
    const { count, keyOf } = this.#items;
    for (let step = 0; step <= 50; step++) {
      for (const place of step === 0 ? [index] : [index + step, index - step]) {
        if (place >= 0 && place < count && keyOf(place) === key) return place;
      }
    }
    return -1;
  }
}

function blank({ count, estimate }: Items): [heights: Float64Array, known: Uint8Array] {
  const exact = count <= SHORT;
  const sample = Math.min(count, exact ? count : SAMPLE);
  const heights = new Float64Array(count);
  let sum = 0;
  for (let index = 0; index < sample; index++) sum += heights[index] = estimate(index);
  if (!exact) heights.fill(sum / sample, sample);
  return [heights, new Uint8Array(count)];
}
