/** Stretches of a track that were heard, as [from, to) in seconds: sorted and disjoint. */
export type Coverage = readonly (readonly [from: number, to: number])[];

/** What was heard before and the stretch now; the same passage again adds nothing. */
export function cover(heard: Coverage, from: number, to: number): Coverage {
  const before = heard.filter(([, end]) => end < from);
  const after = heard.filter(([start]) => start > to);
  const joined = heard.filter(([start, end]) => end >= from && start <= to);
  const start = Math.min(from, ...joined.map(([each]) => each));
  const end = Math.max(to, ...joined.map(([, each]) => each));
  return [...before, [start, end], ...after];
}

/** Seconds heard at least once. */
export const coveredSeconds = (heard: Coverage): number => heard.reduce((sum, [from, to]) => sum + to - from, 0);
