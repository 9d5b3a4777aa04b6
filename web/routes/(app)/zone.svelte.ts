import { createCalendar, type Calendar } from '#shared/journal/calendar.ts';
import { household } from '$lib/library/index.ts';

let made: Calendar | undefined;

/** The household's calendar: days and hours are reckoned in its time zone, wherever this device is. Reactive. */
export const zone = {
  get calendar(): Calendar {
    const { timeZone } = household.current;
    if (made?.timeZone !== timeZone) made = createCalendar(timeZone);
    return made;
  },
};
