import type { MonthlyRollup } from '#shared/analytics/rollup.ts';
import type { Calendar } from '#shared/journal/calendar.ts';
import type { Pace } from '../../kit/slices.ts';

export interface RollupsVerified {
  months: number;
  listens: number;
  /** Months whose rollup was missing or said something else. */
  repaired: number;
}

/** Monthly rollups: what is left in the figures of listens that are archived. Months are the household's. */
export interface Rollups {
  monthOf(seconds: number): string;
  /** Brings these months in line with what is archived, inside the transaction that archives or brings back. @returns how many changed. */
  refresh(months: Iterable<string>): number;
  /** The months that count any of these tracks, under these very ids, archived or given. */
  monthsOf(trackIds: readonly number[]): string[];
  /** Takes the figures of a month that come without their archive; what is archived here counts beside them. @returns false when the library has that month. */
  give(figures: MonthlyRollup): boolean;
  /** Changes what was given of months, by the household's calendar; null when nothing of one is left. */
  regive(
    change: (month: string, given: MonthlyRollup, calendar: Calendar) => MonthlyRollup | null,
    months: Iterable<string>,
  ): void;
  /** Holds every month against what is archived and mends what differs. @throws the signal's reason. */
  verify(pace: Pace): Promise<RollupsVerified>;
}
