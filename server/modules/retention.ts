import type { RetentionStatus, SeenQuestion } from '#shared/api/retention.ts';
import type { Config } from '../config.ts';
import type { Library } from '../library/api/library.ts';
import type { FallingOut } from '../library/api/retention.ts';

/** Seconds. */
const DAY = 86_400;

/** How long listens stay in the journal, and a person's decision on it. */
export interface Retention {
  /** 0 is for ever. */
  days(): number;
  status(): RetentionStatus;
  /**
   * @param seen null where no question was shown.
   * @returns false, and nothing is decided, when the question is another by now. @throws ConfigError when the setting is fixed elsewhere.
   */
  decide(days: number, seen: SeenQuestion | null): boolean;
}

export function createRetention(
  config: Config,
  { retention, household }: Pick<Library, 'retention' | 'household'>,
): Retention {
  const current = () => config.get('retention.days');
  return {
    days: current,
    status: () => ({
      days: current(),
      decided: retention.isDecided(current()),
      waiting: retention.waiting(current()),
    }),
    decide(days, seen) {
      if (seen !== null && (seen.days !== current() || (days > 0 && isMore(retention.waiting(days), seen))))
        return false;
      config.change({ 'retention.days': days });
      retention.decide(days);
      household.update({ retentionQuestion: null });
      return true;
    },
  };
}

/** Whether more leaves the journal than a person was shown, or by a clock that they were not shown. */
function isMore(now: FallingOut | null, seen: SeenQuestion): boolean {
  if (now === null) return false;
  return (
    now.listens > seen.listens ||
    now.oldest < seen.oldest ||
    (now.clock !== undefined && (seen.clock === undefined || now.clock - seen.clock > DAY))
  );
}
