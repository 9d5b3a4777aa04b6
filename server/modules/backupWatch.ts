import type { BackupStatus } from '#shared/api/backups.ts';
import type { HouseholdDocument } from '#shared/library/household.ts';
import type { Clock } from '../kit/clock.ts';
import type { Log } from '../kit/log.ts';
import { BackgroundLoop } from '../kit/background/loop.ts';
import type { Backups } from '../library/api/backups.ts';

const HOUR_MS = 3_600_000;

/** Keeps the household's document in step with how well the library is backed up, so that every device shows it. */
export interface BackupWatch {
  /** Looks at the folders now and every hour. */
  start(): void;
  /** Looks at the folders anew, soon: something has happened to them. */
  look(): void;
  /** What the folders hold now. */
  status(): Promise<BackupStatus>;
  close(): Promise<void>;
}

/** @param publish writes what every device is to know. */
export function watchBackups(
  backups: Backups,
  publish: (backup: NonNullable<HouseholdDocument['backup']>) => void,
  clock: Clock,
  log: Log,
): BackupWatch {
  const closing = new AbortController();
  let looking: Promise<unknown> = Promise.resolve();

  async function lookNow(): Promise<void> {
    const { lastGoodAt, problem } = await backups.status();
    // What the archive lacks no backup can mend: Settings and health show it, not every device on every page.
    const pressing =
      problem !== null && problem.code !== 'archive' ? { code: problem.code, reason: problem.reason } : null;
    if (!closing.signal.aborted) publish({ lastGoodAt, problem: pressing });
  }
  /** One after another, so that what is announced last is the newest. */
  const next = () => (looking = looking.catch(() => undefined).then(lookNow));
  const hourly = new BackgroundLoop({
    name: 'backups',
    clock,
    log,
    async round() {
      await next();
      return HOUR_MS;
    },
  });
  return {
    start() {
      const cleaned = backups.cleanUp().catch((error: unknown) => log.warn('leftovers of backups stay', { error }));
      void cleaned.then(() => closing.signal.aborted || hourly.start());
    },
    look: () => void next().catch((error: unknown) => log.warn('backups could not be looked at', { error })),
    status: () => backups.status(),
    async close() {
      closing.abort();
      await hourly.stop();
      await looking.catch(() => undefined);
    },
  };
}
