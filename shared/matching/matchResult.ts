import type { Reason, MatchDecision } from './reasons.ts';

/** A verdict on two names, and what led to it. */
export interface MatchResult {
  decision: MatchDecision;
  reasons: Reason[];
}
