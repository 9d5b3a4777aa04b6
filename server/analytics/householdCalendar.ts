import { type Calendar, createCalendar } from '#shared/journal/calendar.ts';
import type { Household } from '../library/api/household.ts';

/** The calendar of the zone the household lives in, made once for each zone. */
export function householdCalendar(household: Pick<Household, 'get'>): () => Calendar {
  let calendar: Calendar | null = null;
  return () => {
    const { timeZone } = household.get();
    return calendar?.timeZone === timeZone ? calendar : (calendar = createCalendar(timeZone));
  };
}
