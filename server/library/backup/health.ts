import type { BackupStatus } from '#shared/api/backups.ts';
import type { Backup, BackupProblem } from '../api/backups.ts';
import { nowSeconds, type Clock } from '../../kit/clock.ts';
import type { Problem } from '#shared/errors/errors.ts';
import type { ServiceStates } from '../api/settings.ts';
import type { WriteFailure } from '../files/durableFile.ts';

const STATE = 'backups';
const DAY = 86_400;
/** The newest backup may be this old; one is made every night. */
const OLD_AFTER = 2 * DAY;
/** So many files are listed by their names. */
const NAMED = 3;

interface Failure {
  /** Seconds since the epoch. */
  at: number;
  reason: string;
  /** Not of one that an earlier version noted. */
  problem?: Problem;
}
interface Failures {
  first?: Failure;
  second?: Failure;
}

/** What went wrong last; stored in the library when it can be written, and here in any case. */
export class BackupFailures {
  readonly #states: ServiceStates;
  readonly #clock: Clock;
  #last: Failures;

  constructor(states: ServiceStates, clock: Clock) {
    this.#states = states;
    this.#clock = clock;
    this.#last = states.get<Failures>(STATE) ?? {};
  }

  get last(): Failures {
    return this.#last;
  }

  note(where: keyof Failures, failure: WriteFailure | null): void {
    if (failure === null && this.#last[where] === undefined) return;
    const { [where]: _, ...rest } = this.#last;
    this.#last = failure === null ? rest : { ...rest, [where]: { at: nowSeconds(this.#clock), ...failure } };
    try {
      this.#states.set(STATE, Object.keys(this.#last).length === 0 ? undefined : this.#last);
    } catch {
      // The disk may be full, which is why the backup failed.
    }
  }
}

/**
 * How well the library is backed up, by the files that are there.
 *
 * @param backups of this library alone, newest first.
 * @param begunAt when the library got its first content, seconds since the epoch; null while it is empty.
 */
export function backupStatus({
  backups,
  hasSecond,
  failures,
  begunAt,
  now,
}: {
  backups: readonly Backup[];
  hasSecond: boolean;
  failures: Failures;
  begunAt: number | null;
  now: number;
}): BackupStatus {
  // One that was made under a clock set wrong says nothing of today: it would be the newest for years.
  const good = backups.filter(({ flaw, createdAt }) => flaw === null && createdAt <= now + DAY);
  const newest = good.find(({ folder }) => folder === 'first') ?? null;
  const second = good.find(({ folder }) => folder === 'second') ?? null;
  return {
    lastGoodAt: newest?.createdAt ?? null,
    secondLastGoodAt: second?.createdAt ?? null,
    lastBytes: newest?.bytes ?? null,
    problem: problem(),
  };

  function problem(): BackupProblem | null {
    if (begunAt === null) return null;
    if (failures.first !== undefined && failures.first.at >= (newest?.createdAt ?? 0))
      return { code: 'failed', reason: failures.first.reason, problem: failures.first.problem };
    if (newest === null) return now - begunAt > OLD_AFTER ? { code: 'none', reason: null } : null;
    if (now - newest.createdAt > OLD_AFTER) return { code: 'old', reason: null };
    if (hasSecond && (second === null || second.createdAt < newest.createdAt))
      return { code: 'second', reason: failures.second?.reason ?? null, problem: failures.second?.problem };
    return newest.lacks.length > 0 ? { code: 'archive', ...lacking(newest.lacks) } : null;
  }
}

function lacking(names: readonly string[]): WriteFailure {
  const files = names.slice(0, NAMED).join(', ');
  const more = names.length - NAMED;
  if (more <= 0) return { reason: files, problem: { code: 'archive-lacks', params: { files } } };
  return { reason: `${files}, and ${more} more`, problem: { code: 'archive-lacks-more', params: { files, more } } };
}
