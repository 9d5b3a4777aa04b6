import type { Calendar } from '#shared/journal/calendar.ts';
import { dateAt, time } from '$lib/i18n/format.svelte.ts';
import { t } from '$lib/i18n/index.svelte.ts';
import type { JournalListen, Library } from '$lib/library/index.ts';
import { dayBeside, overlapping, type Plan, type ParsedMoment } from './logMoment.ts';

/** From when to when it plays, in a sentence; its end is about then where nobody knows its length, or a record has to be turned. */
export function spanMessage(
  { start, end, isOver, about, tracks: { length } }: Plan,
  { timeZone, dayKey }: Calendar,
): string {
  const [from, to] = [time(start, timeZone), time(end, timeZone)];
  if (!isOver) return t('log.willPlay', { n: length, from, to });
  const [day, dayTo] = [dateAt(start, timeZone, 'weekdayDay'), dateAt(end, timeZone, 'weekdayDay')];
  const until = about ? t('time.about', { time: to }) : to;
  return dayKey(start) === dayKey(end)
    ? t('log.span', { from, to: until, day })
    : t('log.spanOver', { from, day, to: until, dayTo });
}

/**
 * What is in the journal for that time already; undefined as long as it is not known: before the journal is here, and of what has
 * not begun. @param now seconds since the epoch.
 */
export function overlapMessage(
  plan: Plan,
  now: number,
  calendar: Calendar,
  { journal, tracks }: Pick<Library, 'journal' | 'tracks'>,
): string | undefined {
  const span = { start: plan.start, end: Math.min(plan.end, now) };
  if (!journal.complete || span.end <= span.start) return undefined;
  const days: string[] = [];
  // A track that began the evening before may still have sounded.
  for (let day = dayBeside(calendar.dayKey(span.start), -1); day <= calendar.dayKey(span.end); day = dayBeside(day, 1))
    days.push(day);
  const secondsOf = ({ trackId }: JournalListen) => tracks.playingTime(trackId).seconds;
  const [first, ...others] = overlapping(
    days.flatMap((day) => journal.onDate(day)),
    secondsOf,
    span,
  );
  if (!first) return t('log.nothingElse');
  const at = time(first.playedAt, calendar.timeZone);
  return t('log.overlaps', { n: others.length + 1, title: tracks.of(first)?.title ?? t('title.unknown'), at });
}

/** Why what was said is no moment; undefined where it is one, and for digits that are still being typed. */
export function momentErrorMessage(moment: ParsedMoment, day: string): string | undefined {
  if (!('wrong' in moment) || moment.wrong === 'time') return undefined;
  if (moment.wrong === 'never')
    return t('log.never', { day: dayLabel(day), from: clockTime(moment.from), to: clockTime(moment.to) });
  return moment.wrong === 'future' ? t('log.future') : t('log.early');
}

const dayLabel = (day: string): string => dateAt(Date.parse(`${day}T12:00:00Z`) / 1000, 'UTC', 'weekdayDay');

/** 02:00, of seconds after midnight; midnight of the next day is 24:00. */
const clockTime = (seconds: number): string =>
  [seconds / 3_600, (seconds % 3_600) / 60].map((part) => String(Math.floor(part)).padStart(2, '0')).join(':');
