import { ranked } from '#shared/analytics/computeRollups.ts';
import type { MonthlyRollup } from '#shared/analytics/rollup.ts';
import { isPossibleMonth } from '#shared/primitives/moments.ts';
import { CodedFailure } from '../../kit/codedFailure.ts';
import type { Rollups } from '../api/rollups.ts';
import type { ForeignIds } from './ids.ts';

/**
 * Figures of a month whose listens are archived: the archive itself is not in a replica, so they stand by themselves from now on.
 * Tracks that no document named keep their ids; an album or artist that no document named is left out, since its id may be another's here.
 *
 * @returns true when the library has none of that month. @throws with a message for people for a month that cannot be.
 */
export function takeRollup(rollups: Rollups, ids: ForeignIds, figures: MonthlyRollup): boolean {
  if (!isPossibleMonth(figures.id)) throw new CodedFailure({ code: 'month-impossible', params: { month: figures.id } });
  const ours = (counted: MonthlyRollup['albums'], of: (theirs: number) => number | undefined) => {
    const counts = new Map<number, number>();
    for (const [theirs, listens] of counted) {
      const id = of(theirs);
      if (id !== undefined) counts.set(id, (counts.get(id) ?? 0) + listens);
    }
    return ranked(counts);
  };
  return rollups.give({
    ...figures,
    tracks: ours(figures.tracks, ids.track),
    albums: ours(figures.albums, (id) => ids.of('album', id)),
    artists: ours(figures.artists, (id) => ids.of('artist', id)),
  });
}
