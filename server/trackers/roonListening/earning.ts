import { enoughOf } from '#shared/journal/scrobbleRule.ts';
import { coveredSeconds } from './coverage.ts';
import type { Play } from './state.ts';

/** The longest forward step between two positions that was listened to and not skipped, in seconds. */
export const LISTENED_STEP = 3;
/** A track must be longer than this, and a radio's item, whose length nobody knows, heard for longer. */
const SHORTEST_SECONDS = 30;

/** The field's rule: longer than 30 s, and half of it or 4 minutes heard. */
export function hasEarned({ item, heard }: Play): boolean {
  const seconds = coveredSeconds(heard);
  if (item.durationSeconds === null) return seconds > SHORTEST_SECONDS;
  return item.durationSeconds > SHORTEST_SECONDS && seconds >= enoughOf(item.durationSeconds);
}
