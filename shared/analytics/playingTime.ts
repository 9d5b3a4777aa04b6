/** How long music plays: a total, and how much of it is estimated, since nothing says how long those tracks are. Seconds. */
export interface PlayingTime {
  seconds: number;
  estimatedSeconds: number;
}

/** A total of which a larger part than this is estimated is shown as an estimate. */
const TOLERATED = 0.02;
const MINUTE = 60;
/** Less than this is estimated where one track is. */
const A_TRACK = 5 * MINUTE;
const HOUR = 60 * MINUTE;

export const isEstimate = ({ seconds, estimatedSeconds }: PlayingTime): boolean =>
  estimatedSeconds > seconds * TOLERATED;

export function addTimes(times: Iterable<PlayingTime>): PlayingTime {
  let [seconds, estimatedSeconds] = [0, 0];
  for (const time of times) {
    seconds += time.seconds;
    estimatedSeconds += time.estimatedSeconds;
  }
  return { seconds, estimatedSeconds };
}

/**
 * An estimate to no more than it is worth, in seconds: under an hour to five minutes, under ten hours to a quarter, above to
 * the hour. Where all but a track of it is known, it is worth the minute: a session that ends with a track of unknown length would
 * else seem longer than a longer one. Never nothing of something.
 */
export function roundedEstimate({ seconds, estimatedSeconds }: PlayingTime): number {
  const ofLength = seconds < HOUR ? 5 * MINUTE : seconds < 10 * HOUR ? 15 * MINUTE : HOUR;
  const step = estimatedSeconds < Math.min(A_TRACK, seconds) ? MINUTE : ofLength;
  return seconds > 0 ? Math.max(step, Math.round(seconds / step) * step) : 0;
}
