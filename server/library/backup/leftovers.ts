import { existsSync, lstatSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { isLeftover } from '../files/backupNames.ts';
import { firstFolder } from './listing.ts';

/** For how long nothing may have come into a folder for looking at things before it is taken for forgotten, in milliseconds. */
const FORGOTTEN_MS = 3_600_000;
const LOOK = /^\.look-[A-Za-z0-9]{6}$/;

/** A folder beside the library in which something is unpacked or copied to be looked at. */
export const lookFolder = (dataDir: string): string => mkdtempSync(join(dataDir, '.look-'));

/** Removes such folders of programs that were killed. One that another program may be filling stays. */
function removeLookFolders(dataDir: string, now: number): void {
  for (const name of readdirSync(dataDir).filter((each) => LOOK.test(each))) {
    const folder = join(dataDir, name);
    const found = lstatSync(folder);
    const isOurs = found.isDirectory() && (process.getuid === undefined || found.uid === process.getuid());
    if (!isOurs || now - newestIn(folder) < FORGOTTEN_MS) continue;
    rmSync(folder, { recursive: true, force: true });
  }
}

/** When something was last written in a folder, milliseconds since the epoch. */
const newestIn = (folder: string): number =>
  Math.max(
    ...[folder, ...readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name))].map(
      (path) => lstatSync(path).mtimeMs,
    ),
  );

/** Removes what backups and the archive left half written when they were cut off. Nothing may be writing them. */
export function removeLeftovers(dataDir: string): void {
  removeLookFolders(dataDir, Date.now());
  const folders: [string, (name: string) => boolean][] = [
    [firstFolder(dataDir), isLeftover],
    [join(dataDir, 'archive'), (name) => name.endsWith('.jsonl.partial')],
  ];
  for (const [folder, isLeft] of folders) {
    const left = (existsSync(folder) ? readdirSync(folder, { withFileTypes: true }) : []).filter(
      (entry) => !entry.isDirectory() && isLeft(entry.name),
    );
    for (const { name } of left) rmSync(join(folder, name), { force: true });
  }
}
