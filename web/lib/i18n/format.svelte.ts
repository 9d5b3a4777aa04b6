import { isEstimate, roundedEstimate, type PlayingTime } from '#shared/analytics/playingTime.ts';
import { current, t } from './index.svelte.ts';

/** Formatters cost a hundred times more to make than to use. */
const dateFormats = new Map<string, Intl.DateTimeFormat>();
const numberFormats = new Map<string, Intl.NumberFormat>();

function dateFormat(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = current.locale + JSON.stringify(options);
  let format = dateFormats.get(key);
  if (!format) dateFormats.set(key, (format = new Intl.DateTimeFormat(current.locale, options)));
  return format;
}

function numberFormat(options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = current.locale + JSON.stringify(options);
  let format = numberFormats.get(key);
  if (!format) numberFormats.set(key, (format = new Intl.NumberFormat(current.locale, options)));
  return format;
}

/** 118,204 or 118 204. */
export const number = (value: number): string => numberFormat({}).format(value);

/** `share` from 0 to 1: 62% or 62 %. */
export const percent = (share: number): string =>
  numberFormat({ style: 'percent', maximumFractionDigits: 0 }).format(share);

/** Bytes as people read them: 188 MB or 188 Mo. */
export function bytes(count: number): string {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;
  const step = count < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(count) / 3));
  const value = count / 1000 ** step;
  const maximumFractionDigits = step === 0 || value >= 10 ? 0 : 1;
  return numberFormat({ style: 'unit', unit: units[step]!, unitDisplay: 'short', maximumFractionDigits }).format(value);
}

const dateStyles = {
  /** Sunday 22 November 2026 */
  full: { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' },
  /** Sunday 22 November */
  weekdayDay: { weekday: 'long', day: 'numeric', month: 'long' },
  /** Sun 22 Nov 2026 */
  fullShort: { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' },
  /** 22 November 2026 */
  long: { day: 'numeric', month: 'long', year: 'numeric' },
  /** 22 November */
  dayMonth: { day: 'numeric', month: 'long' },
  /** 22 Nov */
  short: { day: 'numeric', month: 'short' },
  /** 22 Nov 2026 */
  shortYear: { day: 'numeric', month: 'short', year: 'numeric' },
  /** Sunday */
  weekday: { weekday: 'long' },
  /** November 2026 */
  month: { month: 'long', year: 'numeric' },
  /** November */
  monthName: { month: 'long' },
  /** Nov */
  monthShort: { month: 'short' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;
export type DateStyle = keyof typeof dateStyles;

/** A local date `2026-11-22` in words, whatever the reader's own time zone. */
export function date(local: string, style: DateStyle): string {
  return ordinalFirst(
    dateFormat({ ...dateStyles[style], timeZone: 'UTC' })
      .format(new Date(`${local}T12:00:00Z`))
      .replace(',', ''),
  );
}

/** A local date beside a name: its year is shown where it is not that of today, a local date too. */
export const dateBeside = (local: string, today: string): string =>
  date(local, local.slice(0, 4) === today.slice(0, 4) ? 'short' : 'shortYear');

/** The day of a local date in its month, as a sentence counts it: (the) 1st, 28th; (le) 1er, 28. */
export function dayOfMonth(local: string): string {
  const day = Number(local.slice(8));
  if (current.language === 'fr') return day === 1 ? '1er' : String(day);
  const endings: Partial<Record<Intl.LDMLPluralRule, string>> = { one: 'st', two: 'nd', few: 'rd' };
  return `${day}${endings[new Intl.PluralRules(current.locale, { type: 'ordinal' }).select(day)] ?? 'th'}`;
}

/** Two local dates, both named days among them: 16 – 22 November 2026, 28 December 2026 – 3 January 2027. */
export function dateRange(first: string, last: string, style: 'long' | 'shortYear'): string {
  const format = dateFormat({ ...dateStyles[style], timeZone: 'UTC' });
  const written = format.formatRange(new Date(`${first}T12:00:00Z`), new Date(`${last}T12:00:00Z`));
  return ordinalFirst(written.replace(/\s*–\s*/u, ' – '));
}

/** The date of an instant (seconds) in a time zone. */
export function dateAt(seconds: number, timeZone: string, style: DateStyle): string {
  return ordinalFirst(
    dateFormat({ ...dateStyles[style], timeZone })
      .format(new Date(seconds * 1000))
      .replace(',', ''),
  );
}

/** 21:38, in the household's time zone. */
export function time(seconds: number, timeZone: string): string {
  return dateFormat({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone }).format(
    new Date(seconds * 1000),
  );
}

/** The local date `2026-11-22` of an instant (seconds). */
function localDate(seconds: number, timeZone: string): string {
  const key = `iso ${timeZone}`;
  let format = dateFormats.get(key);
  if (!format) {
    format = new Intl.DateTimeFormat('en-CA', { year: 'numeric', month: '2-digit', day: '2-digit', timeZone });
    dateFormats.set(key, format);
  }
  return format.format(new Date(seconds * 1000));
}

/** A duration in minutes: 42 min, 2 h 04. */
export function minutes(count: number): string {
  const whole = Math.round(count);
  if (whole < 60) return `${whole}\u00a0min`;
  const hours = Math.floor(whole / 60);
  return `${number(hours)}\u00a0h\u00a0${String(whole % 60).padStart(2, '0')}`;
}

/** How long music plays: 42 min, 2 h 04; about 45 min, about 2 h, about 412 h where too much of it is estimated to be shown as known. */
export function playing(time: PlayingTime): string {
  if (!isEstimate(time)) return minutes(time.seconds / 60);
  const rounded = roundedEstimate(time) / 60;
  return t('time.about', {
    time: rounded >= 60 && rounded % 60 === 0 ? `${number(rounded / 60)}\u00a0h` : minutes(rounded),
  });
}

/** A track's length: 4:12, 1:02:03. */
export function clock(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const tail = String(whole % 60).padStart(2, '0');
  if (whole < 3600) return `${Math.floor(whole / 60)}:${tail}`;
  return `${Math.floor(whole / 3600)}:${String(Math.floor((whole % 3600) / 60)).padStart(2, '0')}:${tail}`;
}

const ages = [
  ['year', 31_557_600],
  ['month', 2_629_800],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
] as const;
const relativeFormats = new Map<string, Intl.RelativeTimeFormat>();

/** How long ago (or how soon) an instant is from another, both in milliseconds: "4 minutes ago", "in 2 hours", "just now". */
export function ago(at: number, now: number): string {
  let format = relativeFormats.get(current.locale);
  if (!format)
    relativeFormats.set(current.locale, (format = new Intl.RelativeTimeFormat(current.locale, { numeric: 'auto' })));
  const seconds = (at - now) / 1000;
  const [unit, length] = ages.find(([, size]) => Math.abs(seconds) >= size) ?? ['second', 1];
  return unit === 'second' ? t('time.justNow') : format.format(Math.trunc(seconds / length), unit);
}

/**
 * A moment as it stands behind since, after, before: "22:10" today, "yesterday at 22:10", "Friday at 22:10" within a week, else the
 * date, in French with its article. Milliseconds for `now`.
 */
export function moment(seconds: number, timeZone: string, now: number): string {
  const at = time(seconds, timeZone);
  const daysAgo = daysBetween(seconds, now / 1000, timeZone);
  if (daysAgo === 0) return at;
  if (daysAgo === 1) return t('when.yesterday', { time: at });
  if (daysAgo > 1 && daysAgo < 7) return t('when.weekday', { day: dateAt(seconds, timeZone, 'weekday'), time: at });
  return t('when.date', { date: dateAt(seconds, timeZone, 'long') });
}

/** When something was or will be, as a sentence says it without another word: "at 22:10" today, "yesterday at 22:10", "on Friday at 22:10", "on 22 November 2026". */
export function momentOn(seconds: number, timeZone: string, now: number): string {
  const at = time(seconds, timeZone);
  const daysAgo = daysBetween(seconds, now / 1000, timeZone);
  if (daysAgo === 0) return t('when.onToday', { time: at });
  if (daysAgo === 1) return t('when.yesterday', { time: at });
  if (daysAgo > 1 && daysAgo < 7) return t('when.onWeekday', { day: dateAt(seconds, timeZone, 'weekday'), time: at });
  return t('when.onDate', { date: dateAt(seconds, timeZone, 'long') });
}

/** Local days from one instant to another, both in seconds. */
const daysBetween = (from: number, to: number, timeZone: string): number =>
  Math.round((Date.parse(localDate(to, timeZone)) - Date.parse(localDate(from, timeZone))) / 86_400_000);

/** A list in words: "A, B and C". */
export function list(items: readonly string[]): string {
  return new Intl.ListFormat(current.locale, { type: 'conjunction' }).format(items);
}

/** Weekday names from Monday on; short ones as they head a column: Mon, Lun. */
export function weekdays(style: 'long' | 'short' | 'narrow'): string[] {
  const format = dateFormat({ weekday: style, timeZone: 'UTC' });
  const names = Array.from({ length: 7 }, (_, day) => format.format(new Date(Date.UTC(2024, 0, 1 + day))));
  return style === 'short' ? names.map((name) => capital(name.replace('.', ''))) : names;
}

/** The first letter as a sentence begins. */
export const capital = (text: string): string => text.charAt(0).toLocaleUpperCase(current.locale) + text.slice(1);

/** French says "1er novembre" where CLDR says "1 novembre". */
function ordinalFirst(text: string): string {
  return current.language === 'fr' ? text.replace(/(^|[^\d])1 (?=[a-zéû–])/g, '$11er ') : text;
}
