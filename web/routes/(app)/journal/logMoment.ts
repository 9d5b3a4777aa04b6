import type { Calendar } from '#shared/journal/calendar.ts';
import { dayKeyOf, dayNumberOf, datePartsOf, parseDayKey } from '#shared/journal/dates.ts';
import type { PlayingTime } from '#shared/analytics/playingTime.ts';
import { endOf } from '#shared/journal/needle.ts';
import { trackToPlay } from '#shared/journal/turntable.ts';
import { type WallTime, wallTime } from '#shared/journal/wallClock.ts';
import { OLDEST_MOMENT } from '#shared/primitives/moments.ts';
import type { TrackToPlay } from '$lib/library/index.ts';

/** How a person says when it was: by a word for it, or by a day and a time. */
export type Preset = 'now' | 'hour' | 'evening' | 'night' | 'time';

/** When something played, as a person says it. */
export interface When {
  preset: Preset;
  /** Whether that moment is its beginning or its end. */
  edge: 'start' | 'end';
  /** Of `time`: a local date, and two digits each. */
  day: string;
  hour: string;
  minute: string;
  /** Of a time that the clocks showed twice: the second one is meant. */
  second: boolean;
}

export const JUST_NOW: When = { preset: 'now', edge: 'start', day: '', hour: '', minute: '', second: false };

const HOUR = 3_600;
/** An evening's music begins about then, by the household's clocks. */
const EVENINGS = [20 * HOUR, 18 * HOUR];
const LAST_NIGHT = 21 * HOUR;

/** The moments that a word stands for at this time, in the order in which they are offered; one that is still to come is not. */
export function presetsAt(now: number, calendar: Calendar): { preset: Exclude<Preset, 'time'>; at: number }[] {
  const today = calendar.dayNumber(now);
  const tonight = EVENINGS.map((time) => calendar.instantOf(today, time)).find((at) => at <= now);
  return [
    { preset: 'now', at: now },
    { preset: 'hour', at: now - HOUR },
    ...(tonight === undefined ? [] : [{ preset: 'evening' as const, at: tonight }]),
    { preset: 'night', at: calendar.instantOf(today - 1, LAST_NIGHT) },
  ];
}

/** What a person's word for a moment comes to: the moment, or why it is none. Seconds since the epoch. */
export type ParsedMoment =
  | { at: number; twice: boolean }
  | { wrong: 'time' | 'future' | 'early' }
  | { wrong: 'never'; from: number; to: number };

/** @param now seconds since the epoch. */
export function momentOf(when: When, now: number, calendar: Calendar): ParsedMoment {
  if (when.preset !== 'time') {
    const word = presetsAt(now, calendar).find(({ preset }) => preset === when.preset);
    return word ? { at: word.at, twice: false } : { wrong: 'future' };
  }
  const seconds = secondsOfClock(when.hour, when.minute);
  if (seconds === undefined) return { wrong: 'time' };
  const wall: WallTime = wallTime(calendar, when.day, seconds);
  if (wall.kind === 'never') return { wrong: 'never', from: wall.from, to: wall.to };
  const at = wall.kind === 'twice' ? wall.at[when.second ? 1 : 0] : wall.at;
  if (at > now) return { wrong: 'future' };
  return at < OLDEST_MOMENT ? { wrong: 'early' } : { at, twice: wall.kind === 'twice' };
}

/** Seconds after midnight of a time by a clock of 24 hours; undefined where it is none. */
function secondsOfClock(hour: string, minute: string): number | undefined {
  if (!/^\d{1,2}$/.test(hour) || !/^\d{1,2}$/.test(minute)) return undefined;
  const [hours, minutes] = [Number(hour), Number(minute)];
  return hours < 24 && minutes < 60 ? hours * HOUR + minutes * 60 : undefined;
}

/** The same moment by its day and its time, to be changed from there. */
export function asTime(at: number, calendar: Calendar): Pick<When, 'day' | 'hour' | 'minute' | 'second'> {
  const { hour, minute } = calendar.localParts(at);
  const day = calendar.dayKey(at);
  const wall = wallTime(calendar, day, hour * HOUR + minute * 60);
  return { day, hour: two(hour), minute: two(minute), second: wall.kind === 'twice' && at >= wall.at[1] };
}

const two = (value: number): string => String(value).padStart(2, '0');

/** A track that is logged, or a whole record as one. */
export type ToLog = TrackToPlay & { whole?: true };

/** How long these play, and how much of that is only taken to be so. */
export function timeOf(tracks: readonly ToLog[]): PlayingTime {
  const timed = tracks.map(trackToPlay);
  const sum = (of: readonly { seconds: number }[]) => of.reduce((total, { seconds }) => total + seconds, 0);
  return { seconds: sum(timed), estimatedSeconds: sum(timed.filter(({ about }) => about)) };
}

/** When what is logged begins and ends, in seconds since the epoch. */
export interface Plan {
  start: number;
  end: number;
  /** It has ended: it is logged as it was. Otherwise it plays on from its beginning, with time to turn the record. */
  isOver: boolean;
  /** Nobody knows how long some of it is. */
  about: boolean;
  tracks: ToLog[];
}

/** How these tracks play so that they begin, or have ended, at a moment; none take no time. @param now seconds since the epoch. */
export function planOf(tracks: readonly ToLog[], at: number, edge: When['edge'], now: number): Plan {
  const { seconds: length, estimatedSeconds } = timeOf(tracks);
  const about = estimatedSeconds > 0;
  const straight = tracks.map(({ begins: _begins, ...track }) => track);
  if (edge === 'end' || tracks.length === 0)
    return { start: at - length, end: at, isOver: true, about, tracks: straight };
  const end = endOf({ playedAt: at, tracks: tracks.map(trackToPlay), moves: [] });
  return end <= now
    ? { start: at, end: at + length, isOver: true, about, tracks: straight }
    : { start: at, end, isOver: false, about, tracks: [...tracks] };
}

/** Those that sounded at some time of a span. All in seconds. */
export const overlapping = <L extends { playedAt: number }>(
  listens: readonly L[],
  secondsOf: (listen: L) => number,
  { start, end }: Pick<Plan, 'start' | 'end'>,
): L[] => listens.filter((listen) => listen.playedAt < end && listen.playedAt + secondsOf(listen) > start);

/** A week of days to choose from, the chosen one among them; none is still to come. All as `YYYY-MM-DD`. */
export function weekAround(day: string, today: string): string[] {
  const [chosen, newest] = [parseDayKey(day), parseDayKey(today)];
  const last = chosen > newest - 7 ? newest : Math.min(newest, chosen + 3);
  return Array.from({ length: 7 }, (_, index) => dayKeyOf(last - 6 + index));
}

/** The day before or after, as `YYYY-MM-DD`. */
export const dayBeside = (day: string, by: number): string => dayKeyOf(parseDayKey(day) + by);

/** A date as people write it, the day first (`21.11.2025`, `21/11/25`, `21 11 2025`) or the year (`2025-11-21`); undefined where it is none. */
function writtenDay(text: string): string | undefined {
  const numbers = text.trim().split(/[\s./-]+/);
  if (numbers.length !== 3 || numbers.some((part) => !/^\d{1,4}$/.test(part))) return undefined;
  const [year = '', month, day] = numbers[0]!.length === 4 ? numbers : [...numbers].reverse();
  const parts = { year: Number(year) + (year.length === 2 ? 2_000 : 0), month: Number(month), day: Number(day) };
  const number = dayNumberOf(parts.year, parts.month, parts.day);
  const same = datePartsOf(number);
  return (year.length === 2 || year.length === 4) &&
    same.year === parts.year &&
    same.month === parts.month &&
    same.day === parts.day
    ? dayKeyOf(number)
    : undefined;
}

/** 2002-01-01, the first day of which a listen can be. */
const OLDEST_DAY = dayKeyOf(Math.floor(OLDEST_MOMENT / 86_400));

/** The day of what was written, or why it is none that can be logged. @param today `YYYY-MM-DD`. */
export function readDay(text: string, today: string): { day: string } | { wrong: 'none' | 'future' | 'early' } {
  const day = writtenDay(text);
  if (day === undefined) return { wrong: 'none' };
  if (day > today) return { wrong: 'future' };
  return day < OLDEST_DAY ? { wrong: 'early' } : { day };
}

/** The nearest day to that one which can be logged. */
export const possibleDay = (day: string, today: string): string =>
  day > today ? today : day < OLDEST_DAY ? OLDEST_DAY : day;
