import type { Join } from '#shared/matching/resolveReports.ts';
import type { ScrobbleRow, ScrobbleState } from './evidence.ts';

/** Scrobbles of one play, and the listen that they are. */
export interface Group {
  rows: ScrobbleRow[];
  joins: Join[];
  /** Null for a listen that is yet to be made. */
  listenId: number | null;
  state: ScrobbleState;
}

/**
 * Gives each group its listen. A listen stays with the group that has most of its reports. A play that was deleted or
 * archived stays so when another report of it arrives; but where a play that was deleted as a double joins one that
 * stands, that one stays and the double's report remains deleted beside it.
 */
export function chooseListens(groups: readonly Group[]): Group[] {
  const split = groups.flatMap(splitByState);
  const claims = split
    .flatMap((group) => claimsOf(group))
    .sort((one, other) => other.count - one.count || one.listenId - other.listenId);
  const taken = new Set<number>();
  for (const { group, listenId } of claims) {
    if (group.listenId !== null || taken.has(listenId)) continue;
    group.listenId = listenId;
    taken.add(listenId);
  }
  return split;
}

function splitByState(group: Group): Group[] {
  const current = group.rows.filter((row) => row.state === 'resolved' && row.listen_id !== null);
  const ended = group.rows.filter((row) => row.state !== 'resolved');
  if (ended.length === 0) return [group];
  if (current.length === 0) return [{ ...group, state: ended[0]!.state }];
  const resolved = group.rows.filter((row) => row.state === 'resolved');
  const keys = new Set(resolved.map(({ source, source_key }) => `${source}:${source_key}`));
  return [
    { ...group, rows: resolved, joins: group.joins.filter(({ a, b }) => keys.has(a) && keys.has(b)) },
    ...ended.map((row) => ({ rows: [row], joins: [], listenId: row.listen_id, state: row.state })),
  ];
}

function claimsOf(group: Group): { group: Group; listenId: number; count: number }[] {
  const counts = new Map<number, number>();
  for (const { listen_id: id } of group.rows) if (id !== null) counts.set(id, (counts.get(id) ?? 0) + 1);
  return [...counts].map(([listenId, count]) => ({ group, listenId, count }));
}
