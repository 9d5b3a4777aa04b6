import type { Reason, Verdict } from './reasons.ts';

/** A verdict on two names, and what led to it. */
export interface Judgement {
  verdict: Verdict;
  reasons: Reason[];
}
