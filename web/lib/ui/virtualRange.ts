/** Where each item of a list begins: `count + 1` offsets in pixels, the last one the whole height. */
export function offsetsOf(count: number, heightOf: (index: number) => number): Float64Array {
  const offsets = new Float64Array(count + 1);
  for (let index = 0; index < count; index++) offsets[index + 1] = offsets[index]! + heightOf(index);
  return offsets;
}

/** The item at a height of the list, clamped to its ends; 0 for an empty list. */
export function indexAt(offsets: Float64Array, y: number): number {
  let low = 0;
  let high = Math.max(0, offsets.length - 2);
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (offsets[middle]! <= y) low = middle;
    else high = middle - 1;
  }
  return low;
}

export interface Range {
  /** First item drawn. */
  start: number;
  /** One after the last. */
  end: number;
}

/** The items between two heights of the list, with `overscan` pixels more on either side. Empty when the list is out of sight. */
export function rangeBetween(offsets: Float64Array, top: number, bottom: number, overscan: number): Range {
  const count = offsets.length - 1;
  const total = offsets[count] ?? 0;
  if (count === 0 || bottom + overscan <= 0 || top - overscan >= total) return { start: 0, end: 0 };
  return { start: indexAt(offsets, top - overscan), end: indexAt(offsets, bottom + overscan) + 1 };
}

/** As many columns of at least `least` pixels as fit, `gap` apart, and how wide each becomes. */
export function columnsIn(width: number, least: number, gap: number): { columns: number; cell: number } {
  const columns = Math.max(1, Math.floor((width + gap) / (least + gap)));
  return { columns, cell: Math.max(0, (width - gap * (columns - 1)) / columns) };
}
