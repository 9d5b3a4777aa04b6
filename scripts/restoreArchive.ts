import { basename, join } from 'node:path';
import { loadConfig } from '#server/config.ts';
import { systemClock } from '#server/kit/clock.ts';
import { silentLog } from '#server/kit/log.ts';
import { ArchiveFileError } from '#server/library/api/archive.ts';
import { holdDataFolder, openLibrary } from '#server/library/index.ts';

const USAGE = `npm run restore-archive -- FILE|all

Brings archived listens back into the journal. FILE is the name of a file in the archive folder. Stop AIME before;
while it runs, Settings does the same.`;

/** @returns the process's exit status. */
async function main(args: readonly string[]): Promise<number> {
  const [given, ...more] = args;
  if (given === undefined || more.length > 0 || given.startsWith('-')) {
    console.error(USAGE);
    return 2;
  }
  const config = loadConfig();
  const dataDir = config.get('dataDir');
  const lock = holdDataFolder(dataDir, (message) => console.error(message));
  try {
    const library = openLibrary({
      file: join(dataDir, 'musique.db'),
      backupsDir: join(dataDir, 'backups'),
      timeZone: config.get('timezone'),
      clock: systemClock,
      log: silentLog,
    });
    try {
      const names = given === 'all' ? (await library.archive.list()).map(({ name }) => name) : [basename(given)];
      if (names.length === 0) console.log('The archive is empty.');
      const failed = [];
      for (const name of names) {
        try {
          const { listens, recorded, known } = await library.archive.restore(name, {});
          console.log(`${name}: ${listens + recorded} listens are back, ${known} were there already.`);
        } catch (error) {
          if (!(error instanceof ArchiveFileError)) throw error;
          console.error(error.message);
          failed.push(name);
        }
      }
      return failed.length === 0 ? 0 : 1;
    } finally {
      library.close();
    }
  } finally {
    lock.letGo();
  }
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
