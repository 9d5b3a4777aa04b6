/**
 * Calendar arithmetic without a time zone. A day is counted from 1970-01-01 (day 0, a Thursday); Monday is weekday 0.
 * The conversions follow Howard Hinnant's "chrono-compatible low-level date algorithms".
 */
export interface DateParts {
  year: number;
  /** 1–12. */
  month: number;
  /** 1–31. */
  day: number;
}

const DAYS_PER_ERA = 146_097;

/** The day's number of a date. Days past the month's end run into the next. */
export function dayNumberOf(year: number, month: number, day: number): number {
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * DAYS_PER_ERA + dayOfEra - 719_468;
}

export function datePartsOf(dayNumber: number): DateParts {
  const shifted = dayNumber + 719_468;
  const era = Math.floor(shifted / DAYS_PER_ERA);
  const dayOfEra = shifted - era * DAYS_PER_ERA;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1;
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day };
}

const two = (value: number): string => (value < 10 ? `0${value}` : String(value));

/** `YYYY-MM-DD`. */
export function dayKeyOf(dayNumber: number): string {
  const { year, month, day } = datePartsOf(dayNumber);
  return `${monthKeyOf(year, month)}-${two(day)}`;
}

/** `YYYY-MM`. */
export function monthKeyOf(year: number, month: number): string {
  return `${String(year).padStart(4, '0')}-${two(month)}`;
}

const DAY_KEY = /^(\d{4,6})-(\d{2})-(\d{2})$/;
const MONTH_KEY = /^(\d{4,6})-(\d{2})$/;

/**
 * The day's number of a `YYYY-MM-DD`.
 *
 * @throws {RangeError} for anything that is no date, 30 February among them.
 */
export function parseDayKey(key: string): number {
  const found = DAY_KEY.exec(key);
  const dayNumber = found ? dayNumberOf(Number(found[1]), Number(found[2]), Number(found[3])) : NaN;
  if (Number.isNaN(dayNumber) || dayKeyOf(dayNumber) !== key) throw new RangeError(`"${key}" is no date (YYYY-MM-DD)`);
  return dayNumber;
}

/**
 * The year and month of a `YYYY-MM`.
 *
 * @throws {RangeError} for anything that is no month.
 */
export function parseMonthKey(key: string): { year: number; month: number } {
  const found = MONTH_KEY.exec(key);
  const month = Number(found?.[2]);
  if (!found || month < 1 || month > 12) throw new RangeError(`"${key}" is no month (YYYY-MM)`);
  return { year: Number(found[1]), month };
}

/** Monday is 0. */
export function weekdayOf(dayNumber: number): number {
  return (((dayNumber + 3) % 7) + 7) % 7;
}

/** The Monday of a day's ISO week. */
export function weekStartOf(dayNumber: number): number {
  return dayNumber - weekdayOf(dayNumber);
}

/** The first day of the month so many months after (or, negative, before) this one. */
export function monthStartOf(year: number, month: number, offset = 0): number {
  const months = year * 12 + month - 1 + offset;
  return dayNumberOf(Math.floor(months / 12), (((months % 12) + 12) % 12) + 1, 1);
}

/** The `YYYY-MM-DD` so many days later (or, negative, earlier). */
export function addDays(dayKey: string, days: number): string {
  return dayKeyOf(parseDayKey(dayKey) + days);
}
