import { accessSync, constants, existsSync, statSync } from 'node:fs';

/** The user that AIME runs as may not write in a folder that it keeps things in. The message says what to do. */
export class FolderNotAllowed extends Error {
  override readonly name = 'FolderNotAllowed';
}

/** What a refusal of the operating system comes to when it is about this folder; any other error as it is. */
export function asNotAllowed(error: unknown, folder: string): unknown {
  const { code } = error as { code?: unknown };
  return code === 'EACCES' || code === 'EPERM'
    ? new FolderNotAllowed(`AIME may not write in ${folder}. ${remedy(folder)}`, { cause: error })
    : error;
}

/** @returns a message for people when nothing can be written in the folder; null when it can, or is not there yet. */
export function rightsMissing(folder: string): string | null {
  if (!existsSync(folder)) return null;
  try {
    accessSync(folder, constants.W_OK | constants.X_OK);
    return null;
  } catch {
    return remedy(folder);
  }
}

function remedy(folder: string): string {
  const [user, group] = [process.getuid?.(), process.getgid?.()];
  if (user === undefined) return 'Give the user that AIME runs as the right to write there.';
  const owner = existsSync(folder) ? `It belongs to user ${statSync(folder).uid}, and ` : '';
  return `${owner}AIME runs as user ${user}: give it the folder with "chown -R ${user}:${group} ${folder}" (of a container: the folder of the host that is mounted there), or run AIME as the folder's owner.`;
}
