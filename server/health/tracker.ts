import type { HealthParts } from '#shared/api/health.ts';
import type { TrackerLag } from '../trackers/lastfm/trackerState.ts';

export type TrackerHealth = NonNullable<HealthParts['tracker']>;

/** However often it is asked: a reading of two weeks, or one slow answer, is not reported. Seconds. */
const LATE_AFTER = 120;
const FROZEN_AFTER = 300;
/** One request or one poll that failed does not count as down; a second in a row does, or a failure that lasted so many seconds. */
const UNREAD_POLLS = 2;
const UNREAD_AFTER = 60;

/**
 * Whether plays come in. Last.fm counts as `unread`, and every page says so, after the second poll in a row that failed, or 60 seconds after
 * the first failure that no good poll followed, whatever comes first. `late` and `frozen` go by the time alone, whatever the reason.
 *
 * @param lag null while nobody follows. @param intervalSeconds how often Last.fm would be asked.
 */
export function trackerHealth(lag: TrackerLag | null, intervalSeconds: number): TrackerHealth {
  if (lag === null) return { state: 'ok', code: 'off', lagSeconds: null, intervalSeconds };
  const details = { lagSeconds: lag.seconds, intervalSeconds: lag.intervalSeconds };
  if (lag.seconds > Math.max(FROZEN_AFTER, 4 * lag.intervalSeconds))
    return { state: 'failing', code: 'frozen', ...details };
  if (lag.failedPolls >= UNREAD_POLLS || (lag.failingSeconds ?? 0) >= UNREAD_AFTER)
    return { state: 'warning', code: 'unread', ...details };
  if (lag.seconds > Math.max(LATE_AFTER, 2 * lag.intervalSeconds))
    return { state: 'warning', code: 'late', ...details };
  return { state: 'ok', code: 'following', ...details };
}
