import { getTimeline } from '#shared/api/history.ts';
import type { Calendar } from '#shared/journal/calendar.ts';
import { DATE_UNKNOWN } from '#shared/primitives/moments.ts';
import { nowSeconds, type Clock } from '../../kit/clock.ts';
import type { Library } from '../../library/api/library.ts';
import { route } from '../route.ts';

/** A day of the journal by the hours its clock showed: 24, and 23 or 25 where the clocks change. */
export const timelineRoutes = (library: Library, calendar: () => Calendar, clock: Clock) => [
  route(getTimeline, ({ query }) => {
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
  }),
];
