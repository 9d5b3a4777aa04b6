import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { loadConfig } from '#server/config.ts';
import { systemClock } from '#server/kit/clock.ts';
import { restoreBackup } from '#server/library/backupRestore.ts';
import { holdDataFolder } from '#server/library/dataLock.ts';

const USAGE = `npm run restore -- FILE

Brings a backup back in the place of today's library, which is saved first. FILE is a path, or the name of a
file in the backups folder. Stop AIME before, and start it again after.`;

/** @returns the process's exit status. */
function main(args: readonly string[]): number {
  const [given, ...more] = args;
  if (given === undefined || more.length > 0 || given.startsWith('-')) {
    console.error(USAGE);
    return 2;
  }
  const dataDir = loadConfig().get('dataDir');
  const backupsDir = join(dataDir, 'backups');
  const file = existsSync(given) ? resolve(given) : join(backupsDir, given);
  const letGo = holdDataFolder(dataDir);
  try {
    const { listens, albums, saved, wasDamaged } = restoreBackup({ file, library: join(dataDir, 'musique.db'), backupsDir, clock: systemClock });
    console.log(`Restored ${file}: ${listens} listens, ${albums} albums.`);
    if (saved !== null) console.log(wasDamaged ? `The library there was is damaged; it was set aside as ${saved}` : `The library there was is saved as ${saved}`);
    console.log('Start AIME again. Devices that know more than this backup will offer it by themselves.');
    return 0;
  } finally {
    letGo();
  }
}

try {
  process.exitCode = main(process.argv.slice(2));
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
