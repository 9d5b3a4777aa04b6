import { join } from 'node:path';
import { silentLog } from '../../kit/log.ts';
import { type BackupsOptions, openBackups } from '../backup/backups.ts';
import type { Library } from '../api/library.ts';

/** A clock that stands. @param seconds since the epoch */
export const clockAt = (seconds: number) => ({
  now: () => seconds * 1000,
  elapsed: () => seconds * 1000,
  sleep: () => Promise.resolve(),
});

/** The backups of a library at a moment, which packs and keeps them as is said. */
export const openBackupsAt = (
  library: Library,
  folder: string,
  at: number,
  more: Partial<BackupsOptions>,
): ReturnType<typeof openBackups> =>
  openBackups({
    library,
    configDir: join(folder, 'config'),
    secondFolder: () => null,
    clock: clockAt(at),
    log: silentLog,
    timeZone: () => 'Europe/Zurich',
    ...more,
  });
