import { DATE_UNKNOWN } from '../primitives/moments.ts';
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
    // The journal is in order of time: until midnight, or the clocks' change, one reckoning serves all.
    let [number, midnight, until] = [0, 0, -Infinity];
    for (let row = 0; row < length; row++) {
      const seconds = time[row]!;
      if (seconds >= until) {
        const east = offset(seconds);
        number = Math.floor((seconds + east) / 86_400);
        midnight = number * 86_400 - east;
        until = offset(midnight + 86_399) === east ? midnight + 86_400 : seconds + 1;
      }
      day[row] = number;
      hour[row] = seconds === DATE_UNKNOWN ? NO_HOUR : Math.floor((seconds - midnight) / 3_600);
    }
    return { day, hour };
  });
}
