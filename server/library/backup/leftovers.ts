import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { isLeftover } from '../backupNames.ts';
import { firstFolder } from './listing.ts';

/** Removes what backups and the archive left half written when they were cut off. Nothing may be writing them. */
export function sweepLeftovers(dataDir: string): void {
  const folders: [string, (name: string) => boolean][] = [
    [firstFolder(dataDir), isLeftover],
    [join(dataDir, 'archive'), (name) => name.endsWith('.jsonl.partial')],
  ];
  for (const [folder, isLeft] of folders) {
    for (const name of existsSync(folder) ? readdirSync(folder).filter(isLeft) : []) rmSync(join(folder, name), { force: true });
  }
}
