import type { MonthlyRollup } from './rollup.ts';

/**
 * A rollup without one of the plays that it counts.
 *
 * @param play the figures of that play alone, as `computeRollups` makes them of one listen of the same month.
 * @returns undefined where the rollup counts no play of that track, or none on that day at that hour.
 */
export function withoutPlay(rollup: MonthlyRollup, play: MonthlyRollup): MonthlyRollup | undefined {
  const counts = new Map(rollup.tracks);
  const isCounted =
    play.tracks.every(([id]) => counts.has(id)) &&
    play.days.every((count, day) => count <= (rollup.days[day] ?? 0)) &&
    play.weekHours.every((count, hour) => count <= (rollup.weekHours[hour] ?? 0));
  if (!isCounted) return undefined;
  return {
    id: rollup.id,
    listens: Math.max(0, rollup.listens - 1),
    seconds: Math.max(0, rollup.seconds - play.seconds),
    tracks: less(rollup.tracks, play.tracks),
    albums: less(rollup.albums, play.albums),
    artists: less(rollup.artists, play.artists),
    days: rollup.days.map((count, day) => count - (play.days[day] ?? 0)),
    weekHours: rollup.weekHours.map((count, hour) => count - (play.weekHours[hour] ?? 0)),
    sources: lessNamed(rollup.sources, Object.keys(play.sources), true),
    zones: lessNamed(rollup.zones, Object.keys(play.zones), false),
  };
}

/** Most first, as `computeRollups` has them. */
function less(counted: MonthlyRollup['tracks'], taken: MonthlyRollup['tracks']): MonthlyRollup['tracks'] {
  const away = new Map(taken);
  return counted
    .map(([id, count]): [number, number] => [id, count - (away.get(id) ?? 0)])
    .filter(([, count]) => count > 0)
    .sort((a, b) => b[1] - a[1] || a[0] - b[0]);
}

/** @param always takes one from the greatest where the name is not among them: a play may be counted for another source than the one it was resolved from. */
function lessNamed(counted: Record<string, number>, names: readonly string[], always: boolean): Record<string, number> {
  const left = { ...counted };
  for (const name of names) {
    const from = Object.hasOwn(left, name)
      ? name
      : always
        ? Object.keys(left).reduce((most, other) => (left[other]! > (left[most] ?? 0) ? other : most), '')
        : '';
    if (!Object.hasOwn(left, from)) continue;
    left[from]! -= 1;
    if (left[from]! <= 0) delete left[from];
  }
  return left;
}
