import type { Reason, MatchDecision } from './reasons.ts';

/** The result of comparing two names, and what led to it. */
export interface MatchResult {
  decision: MatchDecision;
  reasons: Reason[];
}
