import type { Analysis } from '#shared/analytics/analysis.ts';
import type { ChosenPeriod } from './chosenPeriod.ts';

/** What is looked at: everything heard, the period of it, and what day it is. */
export interface View {
  analysis: Analysis;
  chosen: ChosenPeriod;
  /** The first second of today. */
  now: number;
  today: string;
}
