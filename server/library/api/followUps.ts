import type { Pace } from '../../kit/slices.ts';

/** Doing what was noted. */
export interface FollowUps {
  /**
   * Does all that is noted, and what follows from that, and makes keys anew that an earlier rule made. Cut off anywhere, the next run goes on.
   *
   * @throws the signal's reason, and {@link DatabaseUnavailable}; once the rest is done, the error that prevented a follow-up: that one stays noted.
   */
  run(pace: Pace): Promise<void>;
  /** Called after each commit that noted something. */
  onNoted(listener: () => void): void;
}
