import type { HealthParts } from '#shared/api/health.ts';

export type TrackerHealth = NonNullable<HealthParts['tracker']>;

/** However often it is asked: a reading of two weeks, or one slow answer, is nothing to tell of. Seconds. */
const LATE_AFTER = 120;
const FROZEN_AFTER = 300;

/** Whether plays come in. @param lag null while nobody follows. @param intervalSeconds how often Last.fm is asked. */
export function trackerHealth(lag: { seconds: number; intervalSeconds: number } | null, intervalSeconds: number): TrackerHealth {
  if (lag === null) return { state: 'ok', code: 'off', lagSeconds: null, intervalSeconds };
  const told = { lagSeconds: lag.seconds, intervalSeconds: lag.intervalSeconds };
  if (lag.seconds > Math.max(FROZEN_AFTER, 4 * lag.intervalSeconds)) return { state: 'failing', code: 'frozen', ...told };
  if (lag.seconds > Math.max(LATE_AFTER, 2 * lag.intervalSeconds)) return { state: 'warning', code: 'late', ...told };
  return { state: 'ok', code: 'following', ...told };
}
