import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { loadConfig } from '#server/config.ts';
import { systemClock } from '#server/kit/clock.ts';
import { restoreBackup, verifyBackup, holdDataFolder, backupPath, restorePlan } from '#server/library/index.ts';
import { BY_REASON, statusOfFailure } from '#server/library/api/restoreRefusal.ts';

const USAGE = `npm run restore -- [--check] FILE

Brings a backup back in the place of today's library, which is saved first. FILE is a path, or the name of a
file in one of the folders of backups. Stop AIME before, and start it again after.
--check reads it as a restore does and changes nothing; AIME may run meanwhile.`;

const missingListensMessage = (listens: number): string =>
  `${listens} of its archived listens have no file of the archive that can be read: charts count them, and they cannot be brought back.`;

/** @returns the process's exit status. */
async function main(args: readonly string[]): Promise<number> {
  const checks = args[0] === '--check';
  const [given, ...more] = checks ? args.slice(1) : args;
  if (given === undefined || more.length > 0 || given.startsWith('-')) {
    console.error(USAGE);
    return 2;
  }
  const config = loadConfig();
  const dataDir = config.get('dataDir');
  const file = existsSync(given) ? resolve(given) : backupPath(dataDir, given);
  if (checks) {
    const { listens, albums, unheld } = await verifyBackup(file, dataDir);
    console.log(`${file} can be brought back: ${listens} listens, ${albums} albums.`);
    if (unheld > 0) console.log(missingListensMessage(unheld));
    return 0;
  }
  const lock = holdDataFolder(dataDir, (message) => console.error(message));
  try {
    const { listens, albums, archived, unheld, playlists, saved, wasDamaged, unreadableTexts } = await restoreBackup({
      file,
      dataDir,
      configDir: config.directory,
      clock: systemClock,
    });
    restorePlan(dataDir, config.directory).cancel();
    console.log(
      `Restored ${file}: ${listens} listens, ${albums} albums, ${playlists} playlists, ${archived} archived listens.`,
    );
    if (unheld > 0) console.log(missingListensMessage(unheld));
    if (unreadableTexts > 0)
      console.log(`${unreadableTexts} texts in it are not UTF-8; AIME mends them when it starts.`);
    if (saved !== null)
      console.log(
        wasDamaged
          ? `The library there was is damaged; it was set aside as ${saved}`
          : `The library there was is saved as ${saved}`,
      );
    console.log('Start AIME again. Devices that know more than this backup will offer it by themselves.');
    return 0;
  } finally {
    lock.letGo();
  }
}

const isAskedWhy = process.argv[2] === BY_REASON;
const args = process.argv.slice(isAskedWhy ? 3 : 2);
try {
  process.exitCode = await main(args);
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = isAskedWhy ? statusOfFailure(error) : 1;
}
