import { datePartsOf, dayKeyOf, dayNumberOf, parseDayKey } from '../journal/dates.ts';
import type { Analysis } from './analysis.ts';
import { dayCounts } from './dayCounts.ts';
import { ALL_TIME } from './period.ts';
import { topAlbums, type TopAlbum } from './tops.ts';

/** The same date in another year. */
export interface SameDay {
  /** `YYYY-MM-DD`. */
  day: string;
  /** Archived listens among them. */
  listens: number;
  /** The listens that are still in the journal, as a half-open range of its indexes. */
  rows: [start: number, end: number];
  /** The album most listened to, where any is known. */
  album: TopAlbum | null;
}

/**
 * The years in which something was heard on this date, the latest first, its own year left out. 29 February exists in leap years only.
 *
 * @throws {RangeError} for a key that is no date.
 */
export function onThisDay(analysis: Analysis, dayKey: string): SameDay[] {
  const { calendar, journal } = analysis;
  const day = parseDayKey(dayKey);
  const { month, day: dayOfMonth, year: own } = datePartsOf(day);
  const { first, counts } = dayCounts(analysis, ALL_TIME);
  const found: SameDay[] = [];
  if (counts.length === 0) return found;
  for (let year = datePartsOf(first + counts.length - 1).year; year >= datePartsOf(first).year; year--) {
    const number = dayNumberOf(year, month, dayOfMonth);
    const listens = counts[number - first] ?? 0;
    if (year === own || listens === 0 || datePartsOf(number).month !== month) continue;
    const period = { from: calendar.dayStart(number), to: calendar.dayEnd(number) };
    const rows = journal.indexRange(period.from, period.to);
    found.push({ day: dayKeyOf(number), listens, rows, album: topAlbums(analysis, period, 1)[0] ?? null });
  }
  return found;
}
