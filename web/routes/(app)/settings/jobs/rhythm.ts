/** How often a job runs, as far as a person can choose it here. Times are `HH:MM`; weekdays count from Monday, 0 to 6. */
export type Rhythm =
  | { every: 'hour'; minute: number }
  | { every: 'day'; time: string }
  | { every: 'week'; weekday: number; time: string }
  | { every: 'month'; day: number; time: string };

export const everies = ['hour', 'day', 'week', 'month'] as const;

const within = (field: string, least: number, most: number): number | null =>
  /^\d{1,2}$/.test(field) && Number(field) >= least && Number(field) <= most ? Number(field) : null;
const twoDigits = (count: number) => String(count).padStart(2, '0');

/** Reads five cron fields; null for a rule that is none of these. */
export function rhythmOf(cron: string): Rhythm | null {
  const [minuteField = '', hourField = '', dayField = '', month = '', weekdayField = '', ...more] = cron
    .trim()
    .split(/\s+/);
  const minute = within(minuteField, 0, 59);
  if (minute === null || month !== '*' || more.length > 0) return null;
  if (hourField === '*') return dayField === '*' && weekdayField === '*' ? { every: 'hour', minute } : null;
  const hour = within(hourField, 0, 23);
  if (hour === null) return null;
  const time = `${twoDigits(hour)}:${twoDigits(minute)}`;
  if (dayField === '*' && weekdayField === '*') return { every: 'day', time };
  const weekday = within(weekdayField, 0, 7);
  // Cron's week begins on Sunday, which is both 0 and 7.
  if (dayField === '*' && weekday !== null) return { every: 'week', weekday: (weekday + 6) % 7, time };
  const day = within(dayField, 1, 31);
  return day !== null && weekdayField === '*' ? { every: 'month', day, time } : null;
}

/** The five cron fields of a rhythm. */
export function cronOf(rhythm: Rhythm): string {
  if (rhythm.every === 'hour') return `${rhythm.minute} * * * *`;
  const [hour, minute] = rhythm.time.split(':').map(Number);
  switch (rhythm.every) {
    case 'day':
      return `${minute} ${hour} * * *`;
    case 'week':
      return `${minute} ${hour} * * ${(rhythm.weekday + 1) % 7}`;
    case 'month':
      return `${minute} ${hour} ${rhythm.day} * *`;
  }
}
