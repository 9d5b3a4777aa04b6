import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { programArguments } from '../kit/program.ts';
import { firstFolder, lastSecondFolder } from './backup/listing.ts';
import { isBackupName } from './backupNames.ts';

/**
 * A backup that a person chose to bring back while the server runs. It takes the library's place at the next start, before the
 * library is opened, and in a process of its own: no connection to the former file may outlive it.
 */
export interface RestorePlan {
  /** The backup's name; null when none is chosen. */
  chosen(): string | null;
  /** @returns false when another one is chosen already: that stands until it is cancelled. */
  choose(name: string): boolean;
  cancel(): void;
  /** Carries it out, once. @returns what the program said and whether it succeeded; null when nothing was chosen. */
  carryOut(): { name: string; succeeded: boolean; said: string } | null;
}

/** @param configDir where secrets are kept. */
export function restorePlan(dataDir: string, configDir: string): RestorePlan {
  const path = join(dataDir, 'restore-next');
  const chosen = () => {
    const name = statSync(path, { throwIfNoEntry: false })?.isFile() ? readFileSync(path, 'utf8').trim() : '';
    return isBackupName(name) ? name : null;
  };
  const cancel = () => rmSync(path, { force: true });
  return {
    chosen,
    cancel,
    choose(name) {
      const before = chosen();
      if (before !== null && before !== name) return false;
      writeFileSync(path, `${name}\n`, { mode: 0o600, flush: true });
      return true;
    },
    carryOut() {
      const name = chosen();
      if (name === null) return null;
      const { status, stdout, stderr } = spawnSync(
        process.execPath,
        [...programArguments('commands/restore.js', 'scripts/restore.ts'), backupPath(dataDir, name)],
        { encoding: 'utf8', env: { ...process.env, AIME_DATA_DIR: dataDir, AIME_CONFIG_DIR: configDir } },
      );
      cancel();
      return { name, succeeded: status === 0, said: `${stdout}${stderr}`.trim() };
    },
  };
}

/** Where a backup of this name is: in the first folder, or else in the second. It may be in neither. */
export function backupPath(dataDir: string, name: string): string {
  const [first, second] = [join(firstFolder(dataDir), name), lastSecondFolder(dataDir)];
  return existsSync(first) || second === null ? first : join(second, name);
}
