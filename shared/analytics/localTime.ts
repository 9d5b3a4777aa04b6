import { DATE_UNKNOWN } from '../journal/listen.ts';
import type { Analysis } from './analysis.ts';

/** The hour of a listen whose date is unknown. */
export const NO_HOUR = 255;

/** For every listen of the journal its local day (counted from 1970-01-01) and hour; {@link NO_HOUR} at an unknown date. */
export interface LocalTime {
  day: Int32Array;
  hour: Uint8Array;
}

export function localTime(analysis: Analysis): LocalTime {
  return analysis.derive('localTime', () => {
    const { time, length } = analysis.journal;
    const day = new Int32Array(length);
    const hour = new Uint8Array(length);
    const { offset } = analysis.calendar;
    for (let row = 0; row < length; row++) {
      const seconds = time[row]!;
      const local = seconds + offset(seconds);
      const number = Math.floor(local / 86_400);
      day[row] = number;
      hour[row] = seconds === DATE_UNKNOWN ? NO_HOUR : Math.floor((local - number * 86_400) / 3_600);
    }
    return { day, hour };
  });
}
