import type { ScrobbleRow } from './evidence.ts';
import type { Belief } from './listens.ts';

/** Whose stamp, zone and length are believed: Roon measures, a person was there, Last.fm repeats what a client told it. */
const MEASURES = ['roon', 'manual', 'lastfm', 'import'];

const rank = ({ source }: ScrobbleRow): number => MEASURES.indexOf(source);
/** Orders witnesses by whose measures are believed, whatever order they arrived in. */
export const byMeasure = (one: ScrobbleRow, other: ScrobbleRow): number =>
  rank(one) - rank(other) || one.played_at - other.played_at || (one.source_key < other.source_key ? -1 : 1);

/** What the witnesses of one play come to, whatever order they arrived in. */
export function believed(rows: readonly ScrobbleRow[], trackId: number): Belief {
  const ordered = [...rows].sort(byMeasure);
  const first = ordered[0]!;
  const told = <T>(value: (row: ScrobbleRow) => T | null): T | null =>
    ordered.map(value).find((known) => known !== null) ?? null;
  return {
    trackId,
    playedAt: first.played_at,
    source: first.source,
    zone: told(({ zone }) => zone),
    endedAt: told(({ ended_at }) => ended_at),
    listenedSeconds: told(({ listened_seconds }) => listened_seconds),
    witnesses: rows.length,
    goneUpstream: rows.every(({ gone_upstream }) => gone_upstream === 1),
  };
}
