import type { RecoveryStatus } from '#shared/api/recovery.ts';

const SHOWN = 8;

/** What is the matter and what can be done, for the terminal. */
export function recoveryWords({ message, formerLife, backups, rebuilding }: RecoveryStatus, url: string): string {
  const day = (seconds: number) => new Date(seconds * 1000).toISOString().slice(0, 16).replace('T', ' ');
  const amount = ({ listens, albums }: { listens: number | null; albums: number | null }) => (listens === null ? 'cannot be read' : `${listens} listens, ${albums} albums`);
  const listed = backups.slice(0, SHOWN).map((backup) => `  ${backup.name}  ${day(backup.createdAt)} UTC, ${amount(backup)}${backup.folder === 'second' ? ', in the second folder' : ''}`);
  const newest = backups.find(({ listens }) => listens !== null);
  return [
    '',
    'AIME has no library to serve.',
    message ?? '',
    ...(formerLife === null ? [] : [`The library that was here had ${amount(formerLife)} on ${day(formerLife.writtenAt)} UTC.`]),
    ...(listed.length === 0 ? ['There is no backup in the folder.'] : ['Backups:', ...listed, ...(backups.length > SHOWN ? [`  and ${backups.length - SHOWN} older ones`] : [])]),
    'Nothing was changed. What you can do:',
    '  · if a disk is missing or the folder is the wrong one: stop AIME, connect it or set AIME_DATA_DIR, start again;',
    ...(newest === undefined ? [] : [`  · bring a backup back: npm run restore -- ${newest.name} (with AIME stopped), or on the page;`]),
    `  · bring the library back from a device that holds it: open ${url} there;${rebuilding === null ? '' : ' this has begun already;'}`,
    '  · begin an empty library: on the page.',
    '',
  ].join('\n');
}
