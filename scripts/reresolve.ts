import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { loadConfig } from '#server/config.ts';
import { systemClock } from '#server/kit/clock.ts';
import { createLog } from '#server/kit/log.ts';
import { copyAndCheck, backupName, holdDataFolder, openLibrary } from '#server/library/index.ts';
import type { Reresolution } from '#server/library/api/reresolve.ts';

const USAGE = `npm run reresolve [-- --apply]

Applies today's rule for "the same listen" to the whole history. Without --apply it works on a copy and says what would
change; AIME may go on running. With --apply the library is saved first and then changed; stop AIME before.`;

/** @returns the process's exit status. */
async function main(args: readonly string[]): Promise<number> {
  const applies = args[0] === '--apply';
  if (args.length > (applies ? 1 : 0)) {
    console.error(USAGE);
    return 2;
  }
  const config = loadConfig();
  const dataDir = config.get('dataDir');
  const file = join(dataDir, 'musique.db');
  if (!existsSync(file)) throw new Error(`There is no library in ${resolve(dataDir)}`);
  return applies ? apply(dataDir, file, config.get('timezone')) : dryRun(dataDir, file, config.get('timezone'));
}

/** On a copy beside the library: there is room for backups there, and it is the owner's alone. */
async function dryRun(dataDir: string, file: string, timeZone: string): Promise<number> {
  const folder = mkdtempSync(join(dataDir, 'reresolve-'));
  try {
    const copy = join(folder, 'musique.db');
    copyAndCheck(file, copy);
    report(await work(copy, folder, timeZone), 'would be');
    console.log('Nothing was changed. `npm run reresolve -- --apply` does it, while AIME is stopped.');
    return 0;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function apply(dataDir: string, file: string, timeZone: string): Promise<number> {
  const lock = holdDataFolder(dataDir, (message) => console.error(message));
  try {
    const backupsDir = join(dataDir, 'backups');
    const saved = join(backupsDir, backupName('by-hand', systemClock.now()));
    copyAndCheck(file, saved);
    console.log(`The library is saved as ${saved}`);
    report(await work(file, backupsDir, timeZone), 'are');
    return 0;
  } finally {
    lock.letGo();
  }
}

async function work(file: string, backupsDir: string, timeZone: string): Promise<Reresolution> {
  const library = openLibrary({ file, backupsDir, timeZone, clock: systemClock, log: createLog() });
  const shows = process.stdout.isTTY;
  try {
    return await library.reresolve({
      onProgress: (done, total) => shows && process.stdout.write(`\r${Math.floor((100 * done) / total)} %`),
    });
  } finally {
    if (shows) process.stdout.write('\r      \r');
    library.close();
  }
}

function report(
  { reports, listensBefore, listensAfter, joined, separated, refiled, corrected }: Reresolution,
  verb: string,
): void {
  console.log(`${reports} reports: ${listensBefore} listens before, ${listensAfter} after.`);
  const kinds = [
    [joined, `${verb} joined to others`],
    [separated, `${verb} separated from others`],
    [refiled, `${verb} filed under another track`],
    [corrected, `${verb} given another time, source, zone or number of source reports`],
  ] as const;
  for (const [{ count, examples }, what] of kinds) {
    console.log(`${count} listens ${what}${count > 0 ? ':' : ''}`);
    for (const example of examples) console.log(`  ${example}`);
    if (count > examples.length) console.log(`  … and ${count - examples.length} more`);
  }
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
