import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import { moveAside } from '../inspect/foreignLog.ts';
import { formerMarkerPath, markerPath } from '../identity/marker.ts';

/** What AIME keeps in a data folder, by the kind of thing that it must be. A link counts as what it leads to, or may again when a disk is back. */
const FOLDERS = ['backups', 'archive', 'covers', 'restoring'];
const FILES = ['server.lock', 'restore-next', 'roon-tokens.json'];

/**
 * Moves what has the name of something of AIME's in a data folder and is of another kind out of the way, as a file named `backups`
 * that keeps every backup from being made. The library's own file is not among it: what is in its place is for a person to decide.
 *
 * @param notify is called with a message about what was found and where it went.
 */
export function moveObstaclesAside(dataDir: string, notify: (message: string) => void): void {
  const marker = markerPath(join(dataDir, 'musique.db'));
  const files = [...FILES.map((name) => join(dataDir, name)), marker, formerMarkerPath(marker)];
  const misplaced = [
    ...FOLDERS.map((name) => join(dataDir, name))
      .filter((path) => lstatSync(path, { throwIfNoEntry: false })?.isFile())
      .map((path) => ({ path, kind: 'a file, and no folder' })),
    ...files
      .filter((path) => lstatSync(path, { throwIfNoEntry: false })?.isDirectory())
      .map((path) => ({ path, kind: 'a folder, and no file' })),
  ];
  for (const { path, kind } of misplaced) {
    const [aside] = moveAside([path], 'in-the-way', Date.now());
    notify(`${path} was ${kind}. It was kept as ${aside}, and AIME goes on without it.`);
  }
}
