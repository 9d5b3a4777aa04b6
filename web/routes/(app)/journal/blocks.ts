/** A stretch of one run, short enough to draw whole: an album on repeat all day becomes several. */
export interface Block {
  /** Which run of the day, newest first. */
  run: number;
  /** Listens [from, to) of the run. */
  from: number;
  to: number;
  /** A track on its own: small cover, artist and album on a second line. */
  single: boolean;
}

const MOST = 40;

/** Cuts a day's runs into blocks. */
export function blocksOf(runSizes: readonly number[]): Block[] {
  return runSizes.flatMap((size, run) =>
    Array.from({ length: Math.ceil(size / MOST) }, (_, part) => ({
      run,
      from: part * MOST,
      to: Math.min(size, (part + 1) * MOST),
      single: size === 1,
    })),
  );
}

interface Measures {
  cover: number;
  head: number;
  row: number;
  runGap: number;
  single: number;
  /** Around a day's runs. */
  day: number;
  /** What stands in the margin of a day, at least. */
  least: number;
}
const wide: Measures = { cover: 104, head: 28, row: 32, runGap: 18, single: 56, day: 33, least: 186 };
const narrow: Measures = { cover: 72, head: 45, row: 39, runGap: 14, single: 64, day: 101, least: 0 };

/** How high a block will be, in pixels, before it is measured. */
export function blockHeight(block: Block, phone: boolean): number {
  const measures = phone ? narrow : wide;
  if (block.single) return measures.single;
  return (
    Math.max(block.from === 0 ? measures.cover : 0, measures.head + (block.to - block.from) * measures.row) +
    measures.runGap
  );
}

/** How high a day will be, in pixels, before it is measured. */
export function dayHeight(runSizes: readonly number[], phone: boolean): number {
  const measures = phone ? narrow : wide;
  let sum = 0;
  for (const size of runSizes) {
    sum +=
      size === 1 ? measures.single : Math.max(measures.cover, measures.head + size * measures.row) + measures.runGap;
  }
  return Math.max(sum, measures.least) + measures.day;
}
