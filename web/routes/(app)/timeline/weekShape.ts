import { isRecord, partsBegun, type PartName } from './dayParts.ts';
import type { ClockHour } from './columnLayout.ts';
import type { Heard, Stretch } from './dayShape.ts';

/** Pixels a minute of a block's height, and the least there is: two lines and a cover. */
const MINUTE = 1.2;
const LEAST = 43;

/** What began in one part of one day: records by themselves, single tracks gathered. */
export interface WeekCell<T> {
  records: Stretch<T>[];
  singles: Stretch<T>[];
}

/** A part of the day through the week. */
export interface WeekRow<T> {
  name: PartName;
  /** One for each day. */
  cells: WeekCell<T>[];
}

/** Days in columns, parts of the day in rows; the night only where one of them has music in it. Every stretch is in one cell. */
export function weekRows<T extends Heard>(
  days: readonly { hours: readonly ClockHour[]; stretches: readonly Stretch<T>[] }[],
): WeekRow<T>[] {
  const begun = days.map(({ hours, stretches }) => partsBegun(hours, stretches));
  return (begun[0] ?? [])
    .map(({ name }, part) => ({
      name,
      cells: begun.map((parts) => {
        const { stretches } = parts[part]!;
        return { records: stretches.filter(isRecord), singles: stretches.filter((stretch) => !isRecord(stretch)) };
      }),
    }))
    .filter(
      ({ name, cells }) =>
        name !== 'night' || cells.some(({ records, singles }) => records.length + singles.length > 0),
    );
}

/** How high a record's block stands, in pixels, for so many seconds of music. */
export const blockHeight = (seconds: number): number => Math.max(LEAST, Math.round((seconds / 60) * MINUTE));
