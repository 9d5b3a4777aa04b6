import type { SeededChance } from '../catalogue/random.ts';

/** When an invented person puts music on: the start in seconds since local midnight, and for how long. */
export interface Sitting {
  startsAt: number;
  minutes: number;
}

const HOUR = 3_600;

/** A way to spend a part of a day: how likely, from when to when it begins, and how long it lasts, in hours and minutes. */
type Habit = [probability: number, earliest: number, latest: number, least: number, most: number];

const WORKDAY: Habit[] = [
  [0.55, 6.7, 7.8, 15, 50],
  [0.12, 12.1, 13, 15, 40],
  [0.3, 17.2, 18.5, 20, 60],
  [0.72, 19.8, 21.5, 30, 130],
];
const FREE_DAY: Habit[] = [
  [0.7, 8.5, 10.5, 30, 100],
  [0.55, 14, 16.5, 30, 140],
  [0.75, 19, 21, 50, 190],
  [0.12, 22.8, 23.6, 30, 90],
];

/** The sittings of one day, in order and without overlap. @param weekday 0 is Sunday. */
export function sittingsOf(weekday: number, chance: SeededChance): Sitting[] {
  const habits = weekday === 0 || weekday === 6 ? FREE_DAY : WORKDAY;
  const planned = habits
    .filter(([probability]) => chance.happens(probability))
    .map(([, earliest, latest, least, most]) => ({
      startsAt: Math.round((earliest + chance.next() * (latest - earliest)) * HOUR),
      minutes: chance.whole(least, most),
    }));
  return planned.filter(({ startsAt }, position) => {
    const before = planned[position - 1];
    return before === undefined || before.startsAt + (before.minutes + 15) * 60 <= startsAt;
  });
}

/** Seconds since the epoch of a day's midnight in a time zone. @param day days since the epoch. */
export function localMidnight(day: number, timeZone: string): number {
  const utc = day * 86_400;
  const shown = new Intl.DateTimeFormat('en-CA', { timeZone, timeZoneName: 'longOffset' }).formatToParts(utc * 1000);
  const offset = /GMT(?:([+-])(\d\d):(\d\d))?/.exec(shown.find(({ type }) => type === 'timeZoneName')?.value ?? '');
  const seconds = offset?.[1] ? (Number(offset[2]) * 60 + Number(offset[3])) * 60 * (offset[1] === '-' ? -1 : 1) : 0;
  return utc - seconds;
}
