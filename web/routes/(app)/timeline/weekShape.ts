import type { Heard, Lane } from './dayShape.ts';

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
