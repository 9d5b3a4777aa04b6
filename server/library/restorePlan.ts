import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { Problem } from '#shared/api/errors.ts';
import { readJson } from '#shared/text/json.ts';
import { cut } from '#shared/text/cut.ts';
import { wellFormed } from '#shared/text/wellFormed.ts';
import { firstFolder, lastSecondFolder } from './backup/listing.ts';
import { isBackupName } from './backupNames.ts';
import { failureOfStatus } from './restoreRefusal.ts';
import { restoreCommand, restoreInProcess } from './restoreProcess.ts';

/** A chosen restore that did not take place; what was there is still there. */
export const RestoreFailure = v.object({
  name: v.string(),
  /** Seconds since the epoch. */
  at: v.number(),
  /** In words. */
  reason: v.string(),
  /** The same as a case that a page has words for; not in what an earlier version kept. */
  problem: v.optional(Problem),
});
export type RestoreFailure = v.InferOutput<typeof RestoreFailure>;

/**
 * A backup that a person chose to bring back while the server runs. It takes the library's place at the next start, before the
 * library is opened, and in a process of its own: no connection to the former file may outlive it.
 */
export interface RestorePlan {
  /** The backup's name; null when none is chosen. */
  chosen(): string | null;
  /**
   * Reads it as a restore would, every digest and the database inside, before it is chosen.
   *
   * @param instead the one that gives way to it once it is found good; until then that stays chosen.
   * @returns false when another one is chosen already: that stands until it is cancelled. @throws in words when it cannot be brought back.
   */
  choose(name: string, instead?: string): Promise<boolean>;
  /** Nothing is chosen any more, and a failure is known to whom it was told. */
  cancel(): void;
  /** What became of the one that was chosen last, when it failed; null when nothing is to be told. */
  failure(): RestoreFailure | null;
  /** Carries it out, once. @returns what the program said and whether it succeeded; null when nothing was chosen. */
  carryOut(): { name: string; succeeded: boolean; said: string } | null;
}

const LONGEST_REASON = 1_000;

/** @param configDir where secrets are kept. */
export function restorePlan(dataDir: string, configDir: string): RestorePlan {
  const path = join(dataDir, 'restore-next');
  const failurePath = join(dataDir, 'restore-failed.json');
  const said = () => (statSync(path, { throwIfNoEntry: false })?.isFile() ? readFileSync(path, 'utf8').trim() : null);
  const chosen = () => {
    const name = said();
    return name !== null && isBackupName(name) ? name : null;
  };
  const write = (file: string, text: string) => writeFileSync(file, text, { mode: 0o600, flush: true });
  const cancel = () => [path, failurePath].forEach((file) => rmSync(file, { force: true }));
  const fail = (name: string, reason: string, problem: Problem) => {
    cancel();
    const failure: RestoreFailure = {
      name,
      at: Math.floor(Date.now() / 1000),
      reason: cut(wellFormed(reason), LONGEST_REASON),
      problem,
    };
    write(failurePath, JSON.stringify(failure));
    return { name, succeeded: false, said: reason };
  };
  return {
    chosen,
    cancel,
    async choose(name, instead) {
      const isOther = () => ![null, name, instead].includes(chosen());
      if (isOther()) return false;
      await restoreInProcess(['--check', backupPath(dataDir, name)], { dataDir, configDir });
      // Somebody may have chosen while it was read.
      if (isOther()) return false;
      // Renamed over the one that gives way: either the one or the other is chosen.
      write(`${path}.new`, `${name}\n`);
      renameSync(`${path}.new`, path);
      rmSync(failurePath, { force: true });
      return true;
    },
    failure() {
      try {
        return v.parse(RestoreFailure, readJson(readFileSync(failurePath, 'utf8')));
      } catch {
        // There is none, or it was torn: then the log alone has it.
        return null;
      }
    },
    carryOut() {
      const name = chosen();
      if (name === null)
        return said() === null
          ? null
          : fail('restore-next', 'What was chosen to be brought back cannot be read any more. Choose it again.', {
              code: 'backup-unfit',
            });
      const command = restoreCommand([backupPath(dataDir, name)], { dataDir, configDir });
      const { status, stdout, stderr, error } = spawnSync(process.execPath, command.args, {
        encoding: 'utf8',
        env: command.env,
      });
      const words = `${stdout ?? ''}${stderr ?? ''}`.trim() || (error?.message ?? '');
      if (status !== 0) {
        const { message, problem } = failureOfStatus(status, words);
        return fail(name, message, problem);
      }
      cancel();
      return { name, succeeded: true, said: words };
    },
  };
}

/** Where a backup of this name is: in the first folder, or else in the second. It may be in neither. */
export function backupPath(dataDir: string, name: string): string {
  const [first, second] = [join(firstFolder(dataDir), name), lastSecondFolder(dataDir)];
  return existsSync(first) || second === null ? first : join(second, name);
}
