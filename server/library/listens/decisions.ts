import type { ManualDecision } from '#shared/matching/decisions.ts';
import { nowSeconds } from '../../kit/clock.ts';
import type { Core } from '../core.ts';

interface DecisionRow {
  one: string;
  other: string;
  verdict: 'same' | 'different';
  created_at: number;
}

/** What a person said of which reports are one play. */
export function manualDecisions(core: Core): ManualDecision[] {
  return core.db
    .all<DecisionRow>('SELECT one, other, verdict, created_at FROM witness_decisions')
    .map(({ one, other, verdict: result, created_at }) => ({
      kind: result === 'same' ? 'merge' : 'split',
      a: one,
      b: other,
      decidedAt: created_at,
    }));
}

/** Stores a person's decision on two reports, by their keys; it replaces an earlier one. */
export function decide(core: Core, a: string, b: string, decision: DecisionRow['verdict']): void {
  keep(core, { one: a, other: b, verdict: decision, created_at: nowSeconds(core.clock) });
}

/** Forgets what a person said of two reports: the rule decides again. */
export function forgetDecision(core: Core, a: string, b: string): void {
  const [first, second] = [a, b].sort() as [string, string];
  core.db.run('DELETE FROM witness_decisions WHERE one = ? AND other = ?', first, second);
}

/** A source names a report anew when its spelling is corrected there; what a person said of it still holds. */
export function renameDecided(core: Core, former: string, key: string): void {
  if (former === key) return;
  const rows = core.db.all<DecisionRow>(
    'DELETE FROM witness_decisions WHERE one = ?1 OR other = ?1 RETURNING one, other, verdict, created_at',
    former,
  );
  for (const { one, other, ...decision } of rows)
    keep(core, { one: key, other: one === former ? other : one, ...decision });
}

function keep(core: Core, { one, other, verdict: result, created_at }: DecisionRow): void {
  const [first, second] = [one, other].sort() as [string, string];
  core.db.run(
    'INSERT OR REPLACE INTO witness_decisions (one, other, verdict, created_at) VALUES (?, ?, ?, ?)',
    first,
    second,
    result,
    created_at,
  );
}
