import { isPossibleMoment, possibleMoment } from '../primitives/moments.ts';
import { allocateRows, copyRows, type ListenRows } from './rows.ts';

/**
 * Rows of which none lies at a time when nothing can have been heard: those take the placeholder of an unknown date, so that one
 * wrong stamp stretches no calendar over thousands of years. Rows are sorted, so that checking the outermost two is enough.
 *
 * @param now milliseconds since the epoch: what time it most likely is, by whoever reads.
 */
export function withPossibleTimes(rows: ListenRows, now: number): ListenRows {
  const last = rows.length - 1;
  if (last < 0 || (isPossibleMoment(rows.time[0]!, now) && isPossibleMoment(rows.time[last]!, now))) return rows;
  const times = Array.from(rows.time, (seconds) => possibleMoment(seconds, now));
  const order = times
    .map((_, index) => index)
    .sort((one, other) => times[one]! - times[other]! || rows.id[one]! - rows.id[other]!);
  const sorted = allocateRows(rows.length);
  order.forEach((index, place) => {
    copyRows(rows, index, index + 1, sorted, place);
    sorted.time[place] = times[index]!;
  });
  return sorted;
}
