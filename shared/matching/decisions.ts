import type { Report } from './report.ts';

/** What a person said of two reports: one play or two. Sticks whenever the rule is applied again. */
export interface ManualDecision {
  kind: 'merge' | 'split';
  /** Keys of the two reports, in any order. */
  a: string;
  b: string;
  /** When it was decided, seconds since the epoch; where decisions contradict each other the latest holds. */
  decidedAt?: number;
}

/** Manual decisions applied to a set of reports. */
export interface ManualGroups {
  /** Groups of two or more reports that a person put together, as keys. */
  merged: ReadonlyMap<string, readonly string[]>;
  isSplit(a: string, b: string): boolean;
}

/**
 * Applies decisions, latest first, to the reports at hand. An older merge that would put together what a newer split
 * separates (or the other way round) is left out. A person may merge two reports of one source; the rule never does.
 */
export function applyDecisions(
  reports: ReadonlyMap<string, Report>,
  decisions: readonly ManualDecision[],
): ManualGroups {
  const groups = new Map<string, readonly string[]>();
  const splits = new Map<string, Set<string>>();
  const groupOf = (key: string) => groups.get(key) ?? [key];
  const isSplit = (a: string, b: string) => splits.get(a)?.has(b) === true;
  for (const { kind, a, b } of [...decisions].sort(latestFirst)) {
    if (a === b || !reports.has(a) || !reports.has(b) || groupOf(a).includes(b)) continue;
    if (kind === 'split') {
      note(splits, a, b);
      note(splits, b, a);
    } else if (!groupOf(a).some((one) => groupOf(b).some((other) => isSplit(one, other)))) {
      const joined = [...groupOf(a), ...groupOf(b)].sort();
      for (const key of joined) groups.set(key, joined);
    }
  }
  return { merged: groups, isSplit };
}

function note(splits: Map<string, Set<string>>, from: string, to: string): void {
  const known = splits.get(from) ?? new Set();
  splits.set(from, known.add(to));
}

/** Latest first; decisions of one moment in an order that does not depend on how they were handed over. */
function latestFirst(one: ManualDecision, other: ManualDecision): number {
  const later = (other.decidedAt ?? 0) - (one.decidedAt ?? 0);
  return later !== 0 ? later : pairName(one) < pairName(other) ? -1 : 1;
}

function pairName({ kind, a, b }: ManualDecision): string {
  return a < b ? `${kind} ${a} ${b}` : `${kind} ${b} ${a}`;
}
