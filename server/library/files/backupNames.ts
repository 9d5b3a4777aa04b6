import type { BackupKind } from '../api/backups.ts';
import type { Calendar } from '#shared/journal/calendar.ts';

const PREFIXES: [prefix: string, kind: BackupKind][] = [
  ['musique-', 'scheduled'],
  ['by-hand-', 'by-hand'],
  ['before-schema-', 'before-migration'],
  ['before-mending-', 'before-mending'],
  ['before-restore-', 'before-restore'],
];
/** `.zip` holds everything; `.db`, as backups were before and copies from before a migration are, the library alone. */
const SAFE_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,199}\.(?:db|zip)$/;
const STAMP = /(\d{4,6}-\d{2}-\d{2}T\d{2})-(\d{2})-(\d{2})-(\d{3})Z\.(?:db|zip)$/;

/** True for what can be a backup's name: a plain file name, no path. */
export const isBackupName = (name: string): boolean => SAFE_NAME.test(name) && !/\.\.|\.partial/.test(name);

export const backupKind = (name: string): BackupKind =>
  PREFIXES.find(([prefix]) => name.startsWith(prefix))?.[1] ?? 'other';

/** What a backup that was cut off leaves behind. */
export const isLeftover = (name: string): boolean => /\.(?:db|zip)\.partial(?:[.-][a-z.-]+)?$/.test(name);

/** @param at milliseconds since the epoch */
export function backupName(kind: 'scheduled' | 'by-hand' | 'before-restore', at: number): string {
  const [prefix] = PREFIXES.find(([, of]) => of === kind)!;
  return `${prefix}${new Date(at).toISOString().replace(/[:.]/g, '-')}.zip`;
}

/** Of a copy of the library alone, made before something is done to it. @param at milliseconds since the epoch */
export const copyName = (prefix: `before-${'schema' | 'mending'}-${string}`, at: number): string =>
  `${prefix}${new Date(at).toISOString().replace(/[:.]/g, '-')}.db`;

/** When a backup was made, by its name, in seconds since the epoch; null when the name does not say. */
export function backupTime(name: string): number | null {
  const [, hour, minute, second, ms] = STAMP.exec(name) ?? [];
  const time = hour === undefined ? NaN : Date.parse(`${hour}:${minute}:${second}.${ms}Z`);
  return Number.isNaN(time) ? null : Math.floor(time / 1000);
}

/** How many days, weeks and months keep a backup. */
export const RETENTION = { daily: 7, weekly: 4, monthly: 12 } as const;

/**
 * The backups to keep: the last one of each of the newest days, weeks (Monday first) and months that have one, by the
 * household's calendar. The newest is always among them.
 */
export function backupsToKeep<T extends { createdAt: number }>(
  backups: readonly T[],
  calendar: Calendar,
  retention: { daily: number; weekly: number; monthly: number } = RETENTION,
): Set<T> {
  const newestFirst = [...backups].sort((one, other) => other.createdAt - one.createdAt);
  const keep = new Set<T>();
  const keepLastOf = (period: (seconds: number) => number | string, most: number) => {
    const seen = new Set<number | string>();
    for (const backup of newestFirst) {
      const key = period(backup.createdAt);
      if (seen.has(key)) continue;
      if (seen.size === most) return;
      seen.add(key);
      keep.add(backup);
    }
  };
  keepLastOf((seconds) => calendar.dayNumber(seconds), retention.daily);
  keepLastOf((seconds) => calendar.weekStart(seconds), retention.weekly);
  keepLastOf((seconds) => calendar.monthKey(seconds), retention.monthly);
  return keep;
}
