import { parseDayKey } from '#shared/journal/dates.ts';

/** How many days lie between two local dates, the newer first; none beside an unknown date or the end of a list. */
export function daysBetween(newer: string | null | undefined, older: string | null | undefined): number {
  return newer && older ? Math.max(0, parseDayKey(newer) - parseDayKey(older) - 1) : 0;
}
