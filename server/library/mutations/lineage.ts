import type { TargetKind } from '#shared/mutations/targets.ts';
import type { Core } from '../core.ts';
import { parseHighestIds } from '../identity/highestIds.ts';

/** Whether an id of another life of this database is the same thing today. */
export type IsShared = (kind: TargetKind, id: number) => boolean;

interface LibraryIdentity {
  parent: string | null;
  /** JSON: the highest id of each table up to which this life and its parent mean the same things. */
  common: string;
}

const TABLES: Record<TargetKind, string> = {
  listen: 'listening_history',
  track: 'tracks',
  album: 'albums',
  artist: 'artists',
  image: 'images',
  scrobble: 'scrobbles',
};

/** More restores than a library sees; a chain that is longer leads in a circle. */
const LONGEST_CHAIN = 10_000;

/**
 * What a device means by an id, given the life of the database that it followed. In this life every id is itself; in a former
 * one it is up to the highest id that all lives since share; of a life that is no ancestor of this one nothing is known.
 *
 * @param epoch undefined for a device that does not say: it may have followed any life, so only what all of them share is sure.
 */
export function sharedIds(core: Core, epoch: string | undefined): IsShared {
  if (epoch === core.feed.epoch) return () => true;
  const highest = new Map<TargetKind, number>();
  let at: string | null = core.feed.epoch;
  for (let steps = 0; at !== null && at !== epoch && steps < LONGEST_CHAIN; steps += 1) {
    const life = lifeOf(core, at);
    if (life === undefined) break;
    if (life.parent !== null) narrow(highest, life.common);
    at = life.parent;
  }
  if (epoch !== undefined && at !== epoch) return () => false;
  return (kind, id) => id <= (highest.get(kind) ?? Infinity);
}

/** Undefined for a life that nothing is written down of. */
function lifeOf(core: Core, epoch: string): LibraryIdentity | undefined {
  return core.db.get<LibraryIdentity>('SELECT parent, common FROM epochs WHERE epoch = ?', epoch);
}

function narrow(highest: Map<TargetKind, number>, common: string): void {
  const commonIds = parseHighestIds(common);
  for (const [kind, table] of Object.entries(TABLES) as [TargetKind, string][]) {
    highest.set(kind, Math.min(highest.get(kind) ?? Infinity, commonIds[table] ?? 0));
  }
}
