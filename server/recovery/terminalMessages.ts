import type { RecoveryStatus } from '#shared/api/recovery.ts';
import type { DatabaseUnavailable, UnavailableCode } from '../library/api/unavailable.ts';

const SHOWN = 8;

/** What is the matter and what can be done, for the terminal. */
export function recoveryMessage({ message, formerLife, backups, rebuilding }: RecoveryStatus, url: string): string {
  const day = (seconds: number) => new Date(seconds * 1000).toISOString().slice(0, 16).replace('T', ' ');
  const amount = ({ listens, albums }: { listens: number | null; albums: number | null }) =>
    listens === null ? 'cannot be read' : `${listens} listens, ${albums} albums`;
  const listed = backups
    .slice(0, SHOWN)
    .map(
      (backup) =>
        `  ${backup.name}  ${day(backup.createdAt)} UTC, ${amount(backup)}${backup.folder === 'second' ? ', in the second folder' : ''}`,
    );
  const newest = backups.find(({ listens }) => listens !== null);
  return [
    '',
    'AIME has no library to serve.',
    message ?? '',
    ...(formerLife === null
      ? []
      : [`The library that was here had ${amount(formerLife)} on ${day(formerLife.writtenAt)} UTC.`]),
    ...(listed.length === 0
      ? ['There is no backup in the folder.']
      : ['Backups:', ...listed, ...(backups.length > SHOWN ? [`  and ${backups.length - SHOWN} older ones`] : [])]),
    'Nothing was changed. What you can do:',
    '  · if a disk is missing or the folder is the wrong one: stop AIME, connect it or set AIME_DATA_DIR, start again;',
    ...(newest === undefined
      ? []
      : [`  · bring a backup back: npm run restore -- ${newest.name} (with AIME stopped), or on the page;`]),
    `  · bring the library back from a device that holds it: open ${url} there;${rebuilding === null ? '' : ' this has begun already;'}`,
    '  · begin an empty library: on the page.',
    '',
  ].join('\n');
}

const WAITING: Record<UnavailableCode, (file: string, cause: string) => string> = {
  'database-busy': (file) =>
    `Another program, an editor perhaps, is writing to ${file} and has not finished: save or close it there.`,
  'disk-full': (file) => `The disk that holds ${file} is full: make room on it.`,
  'disk-failing': (file, cause) =>
    `${file} cannot be opened (${cause}): see whether its disk is well and AIME may write there.`,
};

/** What keeps a library from being opened at the moment, and what to do, for the terminal. */
export const unavailableMessage = (file: string, { code, cause }: DatabaseUnavailable): string =>
  `${WAITING[code](file, (cause as Error | undefined)?.message ?? '')} AIME opens the library by itself then.`;

/** That a chosen backup did not take the library's place. @param reason in words */
export const restoreFailedMessage = (name: string, reason: string): string =>
  `The backup ${name} that was chosen did not come back. What was there is still there. ${reason}`;
