import type { MonthlyRollup } from '#shared/analytics/rollup.ts';
import { isPossibleMonth } from '#shared/library/moments.ts';
import { type Core, isoNow } from '../core.ts';
import type { ForeignIds, Kind } from './ids.ts';

/**
 * Figures of a month whose listens are archived: the archive itself is not in a replica, so they stand by themselves from now on.
 *
 * @returns true when the library has none of that month. @throws in words for a month that cannot be.
 */
export function takeRollup(core: Core, ids: ForeignIds, rollup: MonthlyRollup): boolean {
  if (!isPossibleMonth(rollup.id)) throw new Error(`Nobody can have heard anything in ${rollup.id}`);
  const known = core.db.get('SELECT 1 FROM rollups WHERE id = ?', rollup.id);
  if (known !== undefined) return false;
  const ours = (kind: Kind) => ([id, count]: [number, number]): [number, number] => [(kind === 'track' ? ids.track(id) : ids.of(kind, id)) ?? id, count];
  const document = JSON.stringify({ ...rollup, tracks: rollup.tracks.map(ours('track')), albums: rollup.albums.map(ours('album')), artists: rollup.artists.map(ours('artist')) });
  core.db.run('INSERT INTO rollups (id, document, base, updated_at) VALUES (?1, ?2, ?2, ?3)', rollup.id, document, isoNow(core));
  core.feed.touch('rollups', rollup.id);
  return true;
}
