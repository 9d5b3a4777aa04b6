/** A row that is lifted, by hand or by keys, and where it would stand. Places count from 0. */
export interface Lift {
  entry: string;
  from: number;
  to: number;
}

/** The list as it would stand with the lifted row at its place. */
export function withLift<T extends { entry: string }>(rows: readonly T[], lift: Lift | null): readonly T[] {
  if (!lift || lift.from === lift.to) return rows;
  const moved = rows[lift.from];
  if (!moved || moved.entry !== lift.entry) return rows;
  const rest = rows.filter((_, index) => index !== lift.from);
  return [...rest.slice(0, lift.to), moved, ...rest.slice(lift.to)];
}

/** Before which entry the moved one comes to stand; null for the end. */
export function entryBefore<T extends { entry: string }>(rows: readonly T[], lift: Lift): string | null {
  const rest = rows.filter((_, index) => index !== lift.from);
  return rest[lift.to]?.entry ?? null;
}
