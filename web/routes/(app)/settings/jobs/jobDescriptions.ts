import type { Calendar } from '#shared/journal/calendar.ts';
import { isJobId } from '#shared/jobs/jobId.ts';
import { bytes, capital, dateAt, list, minutes, moment, time, weekdays } from '$lib/i18n/format.svelte.ts';
import { problemMessage } from '$lib/i18n/errorText.ts';
import { lookUp, t } from '$lib/i18n/index.svelte.ts';
import { results, type Summary } from './results.ts';
import { rhythmOf } from './rhythm.ts';
import type { Job, JobRun } from '#shared/api/jobs.ts';

export const nameOf = (id: string): string => (isJobId(id) ? t(`job.${id}`) : id);

/** When it runs: "Every day at 02:00". */
export function scheduleLabel(cron: string): string {
  const rhythm = rhythmOf(cron);
  switch (rhythm?.every) {
    case undefined:
      return t('schedule.other', { rule: cron });
    case 'hour':
      return rhythm.minute === 0 ? t('schedule.hour') : t('schedule.hourAt', { minute: rhythm.minute });
    case 'day':
      return t('schedule.day', { time: rhythm.time });
    case 'week':
      return t('schedule.week', { weekday: weekdays('long')[rhythm.weekday] ?? '', time: rhythm.time });
    case 'month':
      return t('schedule.month', { day: rhythm.day, time: rhythm.time });
  }
}

/** A moment to come, by the household's clocks: "today at 02:00", "tomorrow at 02:00", a weekday, else the date. Milliseconds for `now`. */
function dueLabel(seconds: number, { dayNumber, timeZone }: Calendar, now: number): string {
  const at = time(seconds, timeZone);
  const days = dayNumber(seconds) - dayNumber(now / 1000);
  if (days <= 0) return t('due.today', { time: at });
  if (days === 1) return t('due.tomorrow', { time: at });
  return days < 7
    ? t('when.weekday', { day: dateAt(seconds, timeZone, 'weekday'), time: at })
    : dateAt(seconds, timeZone, 'long');
}

/** A moment that was: "today at 20:50", "yesterday at 20:50", a weekday, else the date. Milliseconds for `now`. */
export function pastLabel(seconds: number, { dayNumber, timeZone }: Calendar, now: number): string {
  const isToday = dayNumber(seconds) === dayNumber(now / 1000);
  return isToday ? t('due.today', { time: time(seconds, timeZone) }) : moment(seconds, timeZone, now);
}

/** How it stands: when it runs, and when next. */
export function jobStatusText(job: Job, calendar: Calendar, now: number): string {
  const schedule = scheduleLabel(job.schedule);
  if (!job.enabled) return t('job.off', { schedule });
  return job.nextRun === null
    ? `${schedule}.`
    : t('job.next', { schedule, when: dueLabel(job.nextRun, calendar, now) });
}

/** A run in one sentence or two: when, how long, how it ended, what it did. `last`: said of the last one, outside a list. */
export function runDescription(id: string, run: JobRun, calendar: Calendar, now: number, last = false): string {
  const when = pastLabel(run.startedAt, calendar, now);
  if (run.endedAt === null) return t('run.going', { when });
  const duration = lasted(run.endedAt - run.startedAt);
  return `${last ? t('run.last', { when, duration }) : capital(t('run.when', { when, duration }))} ${ending(id, run, calendar.timeZone)}`;
}

function lasted(seconds: number): string {
  if (seconds < 1) return t('run.short');
  return seconds < 60 ? t('interval.seconds', { n: seconds }) : minutes(seconds / 60);
}

function ending(id: string, { outcome, summary, problem }: JobRun, timeZone: string): string {
  if (outcome === 'done' || outcome === 'waiting') return did(id, (summary ?? {}) as Summary, timeZone);
  const said = lookUp(`outcome.${outcome}`) ?? '';
  const why = outcome === 'failed' ? problemMessage(problem) : undefined;
  return why === undefined ? said : `${said} ${why}`;
}

/** What a run did, from the counts it left. */
function did(id: string, summary: Summary, timeZone: string): string {
  // A job of another version of the server: that it came to its end is all that is known of it.
  if (!isJobId(id)) return t('outcome.done');
  return results[id](summary, { t, bytes, list, time: (seconds) => time(seconds, timeZone) });
}
