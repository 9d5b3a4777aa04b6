import type { ScrobbleRow } from './evidence.ts';
import type { ResolvedListen } from './listens.ts';
import { MEASURE_ORDER } from './sourcePrecedence.ts';

const rank = ({ source }: ScrobbleRow): number => MEASURE_ORDER.indexOf(source);
/** Orders reports by the precedence of their measures, whatever order they arrived in. */
export const byMeasure = (one: ScrobbleRow, other: ScrobbleRow): number =>
  rank(one) - rank(other) || one.played_at - other.played_at || (one.source_key < other.source_key ? -1 : 1);

/** Resolves the reports of one play to a listen, whatever order they arrived in. */
export function resolveListen(rows: readonly ScrobbleRow[], trackId: number): ResolvedListen {
  const ordered = [...rows].sort(byMeasure);
  const first = ordered[0]!;
  const firstKnown = <T>(value: (row: ScrobbleRow) => T | null): T | null =>
    ordered.map(value).find((known) => known !== null) ?? null;
  return {
    trackId,
    playedAt: first.played_at,
    source: first.source,
    zone: firstKnown(({ zone }) => zone),
    endedAt: firstKnown(({ ended_at }) => ended_at),
    listenedSeconds: firstKnown(({ listened_seconds }) => listened_seconds),
    witnesses: rows.length,
    goneUpstream: rows.every(({ gone_upstream }) => gone_upstream === 1),
  };
}
