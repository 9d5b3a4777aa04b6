import type { Heard, Stretch } from './dayShape.ts';

/** A piece of a stretch within one hour; shares of that hour from 0 to 1. */
export interface Block<T> {
  from: number;
  to: number;
  stretch: Stretch<T>;
  /** It began in an earlier hour. */
  continued: boolean;
  /** It ends with the stretch, and nobody knows when that was: the last track's length is estimated. */
  fading: boolean;
}
export interface Lane<T> {
  hour: number;
  start: number;
  end: number;
  blocks: Block<T>[];
}

/** Lays stretches into the hours of a day (23 or 25 of them when the clocks change). */
export function lanesOf<T extends Heard>(hours: readonly { hour: number; start: number; end: number }[], stretches: readonly Stretch<T>[]): Lane<T>[] {
  return hours.map(({ hour, start, end }) => ({
    hour,
    start,
    end,
    blocks: stretches
      .filter((stretch) => stretch.start < end && stretch.end > start)
      .map((stretch) => ({
        from: Math.max(0, (stretch.start - start) / (end - start)),
        to: Math.min(1, (stretch.end - start) / (end - start)),
        stretch,
        continued: stretch.start < start,
        fading: stretch.end <= end && stretch.listens.at(-1)!.time.estimatedSeconds > 0,
      })),
  }));
}

/** A silent hour is drawn this wide, where one with music is 1. */
const FOLDED = 0.16;

/** Where an hour of the clock lies between the left (0) and the right (1) edge of a week's rows. */
export interface HourPlace {
  hour: number;
  from: number;
  to: number;
  /** Nothing was heard in it on any day: it is folded. */
  silent: boolean;
}

/** Lays the 24 hours of the clock out for several days under one another; hours that are silent on all of them fold. */
export function hourPlaces(days: readonly { lanes: readonly Lane<unknown>[] }[]): HourPlace[] {
  const filled = new Set(days.flatMap(({ lanes }) => lanes.filter(({ blocks }) => blocks.length > 0).map(({ hour }) => hour)));
  const widths = Array.from({ length: 24 }, (_, hour) => (filled.has(hour) ? 1 : FOLDED));
  const whole = widths.reduce((sum, width) => sum + width, 0);
  let at = 0;
  return widths.map((width, hour) => {
    const from = at / whole;
    at += width;
    return { hour, from, to: at / whole, silent: !filled.has(hour) };
  });
}

/** A piece of music within an hour, as shares of the row's width. */
export interface Piece<T> {
  left: number;
  width: number;
  block: Lane<T>['blocks'][number];
}

/** The pieces of a day in the order of its hours. */
export function piecesOf<T extends Heard>(lanes: readonly Lane<T>[], places: readonly HourPlace[]): Piece<T>[] {
  return lanes.flatMap(({ hour, blocks }) => {
    const { from, to } = places[hour]!;
    return blocks.map((block) => ({ left: from + block.from * (to - from), width: (block.to - block.from) * (to - from), block }));
  });
}
