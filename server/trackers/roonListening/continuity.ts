import { isSameItem, type Item } from './item.ts';
import type { Play, Trace } from './state.ts';

/** Seconds from a track's start within which it counts as begun, not resumed. */
export const BEGINNING_SECONDS = 3;
/** Seconds before a track's end from which a jump to its beginning is the next round, not a seek. */
const ENDING_SECONDS = 10;
/** How far two positions of one play may differ when it moves from zone to zone. */
const NEAR_SECONDS = 5;

/**
 * Whether a zone that shows the same item again has begun it anew: its position fell to the beginning from near the
 * end, or fell while the Core was away for longer than the track still had. Any other step back is a seek.
 */
export function isNextRound(trace: Trace, item: Item, position: number | null, at: number): boolean {
  const last = trace.position;
  if (last === null || position === null || item.durationSeconds === null || position >= last) return false;
  const left = item.durationSeconds - last;
  if (trace.stale && at - trace.seenAt >= left) return true;
  return position <= BEGINNING_SECONDS && left <= ENDING_SECONDS;
}

/** A zone that has just begun to show an item. */
export interface NewItem {
  item: Item;
  position: number | null;
  outputIds: string[];
}

/**
 * How well a new item continues a play that was traced in another zone, or in the same one before it fell silent:
 * 0 for not at all. Roon regroups by removing zones and adding others, and names no track, so lines, position and
 * shared speakers have to do.
 * @param zoneGone the trace's zone no longer exists, as when zones are grouped or ungrouped
 */
export function continuity(newItem: NewItem, trace: Trace, play: Play, zoneGone: boolean, at: number): number {
  if (!isSameItem(newItem.item, play.item)) return 0;
  const shared = newItem.outputIds.some((id) => trace.outputIds.includes(id));
  const { position } = newItem;
  if (position === null || trace.position === null) return zoneGone && shared ? 1 : 0;
  // At its beginning a track is begun, unless it was only carried from one grouping to another.
  if (position <= BEGINNING_SECONDS && !(zoneGone && shared)) return 0;
  const away = trace.playing ? Math.max(0, at - trace.seenAt) : 0;
  const step = position - trace.position;
  if (step < -NEAR_SECONDS || step > NEAR_SECONDS + away) return 0;
  return shared ? 2 : 1;
}
