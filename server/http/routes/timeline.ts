import * as v from 'valibot';
import type { Calendar } from '#shared/journal/calendar.ts';
import { DATE_UNKNOWN } from '#shared/journal/listen.ts';
import { nowSeconds, type Clock } from '../../kit/clock.ts';
import type { Library } from '../../library/contract.ts';
import { DayQuery } from '../periods.ts';
import { defineRoute } from '../route.ts';
import { ListenAnswer } from './history.ts';

/** A day of the journal by the hours its clock showed: 24, and 23 or 25 where the clocks change. */
export const timelineRoutes = (library: Library, calendar: () => Calendar, clock: Clock) => [
  defineRoute({
    method: 'get',
    path: '/history/timeline',
    tag: 'History',
    summary: "A day's listens by the hour of the household's clock; today without a date",
    query: { date: v.optional(DayQuery) },
    answer: v.object({
      date: v.string(),
      timezone: v.string(),
      hours: v.array(v.object({ hour: v.number(), start: v.number(), listens: v.array(ListenAnswer) })),
    }),
    handle({ query }) {
      const { timeZone, dayKey, dayStart, dayEnd, hoursOfDay } = calendar();
      const date = query.date ?? dayKey(nowSeconds(clock));
      // Plays of an unknown date stand at a stamp that is no time of any day.
      const listens = library.reads
        .listensBetween(dayStart(date), dayEnd(date))
        .filter(({ playedAt }) => playedAt !== DATE_UNKNOWN);
      const hours = hoursOfDay(date).map(({ hour, start, end }) => ({
        hour,
        start,
        listens: listens.filter(({ playedAt }) => playedAt >= start && playedAt < end),
      }));
      return { date, timezone: timeZone, hours };
    },
  }),
];
