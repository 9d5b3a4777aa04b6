import { datePartsOf, dayKeyOf, monthKeyOf, parseDayKey, weekdayOf, weekStartOf, type DateParts } from './dates.ts';
import { zoneOffsets } from './zoneOffsets.ts';

const DAY = 86_400;
const HOUR = 3_600;

interface LocalParts extends DateParts {
  hour: number;
  minute: number;
  second: number;
  /** Monday is 0. */
  weekday: number;
}

/** An hour of one day as its clock showed it. Seconds since the epoch; `end` is left out. */
export interface DayHour {
  hour: number;
  start: number;
  end: number;
}

/** A household's calendar: instants (seconds since the epoch) to local days and hours, and back. */
export interface Calendar {
  readonly timeZone: string;
  localParts(seconds: number): LocalParts;
  /** Seconds east of UTC at this instant. */
  offset(seconds: number): number;
  /** The local day, counted from 1970-01-01. */
  dayNumber(seconds: number): number;
  /** The local day as `YYYY-MM-DD`. */
  dayKey(seconds: number): string;
  /** The local month as `YYYY-MM`. */
  monthKey(seconds: number): string;
  /** Monday is 0. */
  weekday(seconds: number): number;
  /** 0–23. */
  hour(seconds: number): number;
  /** The first second of the ISO week (Monday) that this instant is in. */
  weekStart(seconds: number): number;
  /**
   * The first second of a day, given as its number or its key. Where midnight is skipped it is the first second after the gap.
   *
   * @throws {RangeError} for a key that is no date.
   */
  dayStart(day: string | number): number;
  /** The first second after a day. */
  dayEnd(day: string | number): number;
  /**
   * When the clock on the wall showed this: a day, and seconds after its midnight. Of an hour that the clocks show twice the first;
   * where they skip it, the moment they do.
   *
   * @throws {RangeError} for a key that is no date.
   */
  instantOf(day: string | number, secondsIntoDay: number): number;
  /** A day's hours in order: 24, and 23 or 25 where the clocks change by an hour. The repeated hour is there twice. */
  hoursOfDay(day: string | number): DayHour[];
}

/**
 * The calendar of an IANA time zone. Cheap to use for every listen of a journal, and cheapest in order of time.
 *
 * @throws {RangeError} for a name that is no time zone.
 */
export function createCalendar(timeZone: string): Calendar {
  const segmentAt = zoneOffsets(timeZone);
  const numberOf = (day: string | number): number => (typeof day === 'number' ? day : parseDayKey(day));
  const localTime = (seconds: number): number => seconds + segmentAt(seconds).offset;
  const dayNumber = (seconds: number): number => Math.floor(localTime(seconds) / DAY);

  const dayStart = (day: string | number): number => {
    const midnight = numberOf(day) * DAY;
    // Clocks that go back may cross midnight twice; the last time counts, so the search goes backwards from well after it.
    let segment = segmentAt(midnight + DAY);
    for (;;) {
      const crossing = midnight - segment.offset;
      if (crossing > segment.start) return crossing;
      const earlier = segmentAt(segment.start - 1);
      if (segment.start + earlier.offset <= midnight) return segment.start;
      segment = earlier;
    }
  };
  const dayEnd = (day: string | number): number => dayStart(numberOf(day) + 1);

  const instantOf = (day: string | number, secondsIntoDay: number): number => {
    const shown = numberOf(day) * DAY + secondsIntoDay;
    for (const segment of [segmentAt(shown - DAY), segmentAt(shown + DAY)]) {
      const instant = shown - segment.offset;
      if (segmentAt(instant).offset === segment.offset) return instant;
    }
    return segmentAt(shown - segmentAt(shown - DAY).offset).start;
  };

  const hoursOfDay = (day: string | number): DayHour[] => {
    const midnight = numberOf(day) * DAY;
    const end = dayEnd(day);
    const hours: DayHour[] = [];
    let at = dayStart(day);
    let offsetBefore = segmentAt(at).offset;
    while (at < end) {
      const { offset, end: segmentEnd } = segmentAt(at);
      const intoDay = at + offset - midnight;
      // Clocks that go back just after midnight (St John's, 00:01) have shown a minute of the next day already.
      const hour = Math.min(23, Math.floor(intoDay / HOUR));
      const next = Math.min(at + HOUR - (intoDay % HOUR), segmentEnd, end);
      const last = hours[hours.length - 1];
      // Clocks that change by a whole hour in the middle of one leave it as long as it is; others may cut it short.
      const wholeHours = (offset - offsetBefore) % HOUR === 0;
      const continues = last && intoDay % HOUR !== 0 && (wholeHours || last.hour === hour);
      if (continues) last.end = next;
      else hours.push({ hour, start: at, end: next });
      offsetBefore = offset;
      at = next;
    }
    return hours;
  };

  return {
    timeZone,
    dayNumber,
    dayStart,
    dayEnd,
    instantOf,
    hoursOfDay,
    offset: (seconds) => segmentAt(seconds).offset,
    dayKey: (seconds) => dayKeyOf(dayNumber(seconds)),
    monthKey: (seconds) => {
      const { year, month } = datePartsOf(dayNumber(seconds));
      return monthKeyOf(year, month);
    },
    weekday: (seconds) => weekdayOf(dayNumber(seconds)),
    hour: (seconds) => Math.floor((((localTime(seconds) % DAY) + DAY) % DAY) / HOUR),
    weekStart: (seconds) => dayStart(weekStartOf(dayNumber(seconds))),
    localParts: (seconds) => {
      const day = dayNumber(seconds);
      const intoDay = localTime(seconds) - day * DAY;
      return {
        ...datePartsOf(day),
        hour: Math.floor(intoDay / HOUR),
        minute: Math.floor((intoDay % HOUR) / 60),
        second: Math.floor(intoDay % 60),
        weekday: weekdayOf(day),
      };
    },
  };
}

/** Whether Intl knows a time zone of this name. */
export function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
