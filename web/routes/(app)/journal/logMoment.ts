import type { Calendar } from '#shared/journal/calendar.ts';

export type When = 'now' | 'ended' | 'chosen';

/** A moment by the household's clocks, of a local date and a time with four digits (`20:15`, `2015`); NaN where it is none. */
export function momentOf(day: string, hour: string, calendar: Calendar): number {
  const [, hours, minutes] = /^([01]?\d|2[0-3])[:.h ]?([0-5]\d)$/.exec(hour.trim()) ?? [];
  return day === '' || hours === undefined ? NaN : calendar.instantOf(day, Number(hours) * 3_600 + Number(minutes) * 60);
}

/** When something began, seconds since the epoch; NaN where the moment that was chosen is none. @param length in seconds. */
export function beganAt({ when, day, hour }: { when: When; day: string; hour: string }, { now, length, calendar }: { now: number; length: number; calendar: Calendar }): number {
  if (when === 'now') return now;
  return when === 'ended' ? now - Math.round(length) : momentOf(day, hour, calendar);
}

/** A line as people list tracks: `A1 Title 4:12`, with or without its position and its length. */
const LINE = /^(?:(?:[A-Z]{1,2}\d{1,2}|\d{1,2}(?:-\d{1,2})?)[.):]?\s+)?(.+?)(?:\s+[(]?(\d{1,3}):([0-5]\d)[)]?)?$/;

/** The tracks of a list that was typed or pasted, one a line. */
export function listedTracks(text: string): { title: string; durationSeconds?: number }[] {
  return text.split('\n').flatMap((line) => {
    const [, title, minutes, seconds] = LINE.exec(line.trim()) ?? [];
    return title === undefined ? [] : { title: title.slice(0, 300), ...(minutes !== undefined && { durationSeconds: Number(minutes) * 60 + Number(seconds) }) };
  });
}
