import type { HealthParts } from '#shared/api/health.ts';
import type { BackupStatus } from '#shared/api/backups.ts';

/** How well the library is backed up. @param now seconds since the epoch. */
export function backupHealth(
  { lastGoodAt, secondLastGoodAt, lastBytes, problem }: BackupStatus,
  now: number,
): NonNullable<HealthParts['backup']> {
  const details = {
    lastGoodAt,
    ageSeconds: lastGoodAt === null ? null : Math.max(0, now - lastGoodAt),
    bytes: lastBytes,
    secondLastGoodAt,
  };
  if (problem !== null) return { state: 'failing', code: problem.code, ...details };
  return { state: 'ok', code: lastGoodAt === null ? 'not-yet' : 'good', ...details };
}
