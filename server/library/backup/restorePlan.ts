import { RestoreFailure, type RestorePlan } from '../api/restore.ts';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import type { Problem } from '#shared/errors/errors.ts';
import { readJson } from '#shared/text/json.ts';
import { cut } from '#shared/text/cut.ts';
import { wellFormed } from '#shared/text/wellFormed.ts';
import { firstFolder, lastSecondFolder } from './listing.ts';
import { isBackupName } from '../files/backupNames.ts';
import { failureOfStatus } from '../api/restoreRefusal.ts';
import { restoreCommand, restoreInProcess } from './restoreProcess.ts';

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
      const output = `${stdout ?? ''}${stderr ?? ''}`.trim() || (error?.message ?? '');
      if (status !== 0) {
        const { message, problem } = failureOfStatus(status, output);
        return fail(name, message, problem);
      }
      cancel();
      return { name, succeeded: true, said: output };
    },
  };
}

/** Where a backup of this name is: in the first folder, or else in the second. It may be in neither. */
export function backupPath(dataDir: string, name: string): string {
  const [first, second] = [join(firstFolder(dataDir), name), lastSecondFolder(dataDir)];
  return existsSync(first) || second === null ? first : join(second, name);
}
