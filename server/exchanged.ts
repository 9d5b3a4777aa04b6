import { existsSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { App } from './app.ts';
import { type Round, waitInRounds } from './kit/background/waitInRounds.ts';
import type { Clock } from './kit/clock.ts';
import type { Log } from './kit/log.ts';
import { backupName, type DataFolder, untilDatabasesClosed, expectAnotherFile, markerPath } from './library/index.ts';
import type { LibraryIdentity } from './library/api/libraryIdentity.ts';
import { syncFolder } from './kit/syncFolder.ts';

/**
 * Closes an app whose library's file was exchanged or removed under it. What was open is saved first, as a backup, and where nothing
 * took its place it takes it again. What was put there is protected from what closing does. Where the folder or the disk is away, nothing
 * is written anywhere: the file is on it still.
 *
 * @returns what was found; `itself` where it is there again, and the app stays open. @throws when the former file cannot be released: then only another process may open what is there.
 */
export async function leaveExchanged(
  app: App,
  { folder, clock, log }: { folder: DataFolder; clock: Clock; log: Log },
): Promise<ReturnType<LibraryIdentity['place']>> {
  const { library } = app;
  await stillness(folder.library, clock, log);
  const found = library.life.place();
  if (found === 'itself') return found;
  const isAway = found === 'away';
  if (isAway)
    log.error('library.away', {
      file: folder.library,
      why: 'the folder of the library, or its disk, is away: it is opened when it is back',
    });
  else
    log.error('library.exchanged', {
      file: folder.library,
      found,
      why: 'the library’s file was exchanged under AIME: what is there now is opened',
    });
  const saved = isAway
    ? null
    : save(app, join(folder.backups, backupName('before-restore', clock.now()).replace(/\.zip$/, '.db')), log);
  const restoreLog = library.life.abandon(
    `${folder.library}.exchanged-${new Date(clock.now()).toISOString().replace(/[:.]/g, '-')}`,
  );
  await app.close().catch((error: unknown) => log.warn('app not closed', { error }));
  library.close();
  if (!(await untilDatabasesClosed(folder.library)))
    throw new Error('The former library’s file cannot be let go of. Start AIME again.');
  restoreLog();
  if (found === 'nothing' && saved !== null && !existsSync(folder.library)) {
    renameSync(saved, folder.library);
    expectAnotherFile(markerPath(folder.library));
    syncFolder(folder.path);
    log.warn('library.put-back', { file: folder.library });
  }
  return found;
}

/** How long a file must be as it is to be taken for whole, and how long that is waited for, in milliseconds. */
const STILL_MS = 1_000;
const PATIENCE_MS = 600_000;
const LOOK_MS = 200;

/** Waits until whoever writes a file has come to its end. */
async function stillness(file: string, clock: Clock, log: Log): Promise<void> {
  const stamp = () => {
    const found = statSync(file, { throwIfNoEntry: false });
    return found && `${found.ino} ${found.size} ${found.mtimeMs}`;
  };
  const begun = clock.elapsed();
  let [last, still] = [stamp(), 0];
  const round = (): Round<true> => {
    const now = stamp();
    still = now === last ? still + LOOK_MS : 0;
    last = now;
    return still >= STILL_MS || clock.elapsed() - begun >= PATIENCE_MS ? { found: true } : { pauseMs: LOOK_MS };
  };
  await waitInRounds({ name: 'stillness of the library’s file', clock, log, firstPauseMs: LOOK_MS, round });
}

/** @returns where; null when what is open cannot be read any more. */
function save({ library }: App, target: string, log: Log): string | null {
  try {
    library.copyTo(target);
    log.warn('library.saved', { target });
    return target;
  } catch (error) {
    log.error('library.not-saved', { error });
    return null;
  }
}
