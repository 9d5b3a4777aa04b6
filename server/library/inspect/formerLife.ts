import { existsSync, lstatSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { formerMarkerPath, markerPath, readMarker, type Marker } from '../identity/marker.ts';

/** What a data folder shows of a library that was there. */
export interface FormerLife {
  marker: Marker | null;
  /** What was found, as messages for people; empty for a folder that never held a library. */
  signs: string[];
}

/** A first start that was cut off leaves this alone. */
export const LOG_SIGN = 'its write-ahead log';
/** The ends of names under which a library is put aside, or built anew. */
const ASIDE = /^\.(?:rebuilding$|(?:missing|empty|damaged|newer|replaced|left|exchanged)-\d{4})/;

/** Folders that only a library fills. */
const FOLDERS = { backups: 'backups', archive: 'archived listens', covers: 'cached covers' } as const;

/** Looks for signs of a library other than its database. */
export function formerLife(file: string, dataDir: string): FormerLife {
  const marker = readMarker(markerPath(file));
  const log = existsSync(`${file}-wal`) ? [LOG_SIGN] : [];
  const filled = Object.entries(FOLDERS)
    .filter(([folder]) => holdsFiles(join(dataDir, folder)))
    .map(([, message]) => message);
  // A marker that cannot be read is a sign too, as is a link whose disk is away.
  const marked = [markerPath(file), formerMarkerPath(markerPath(file))].some((path) => existsSync(path))
    ? ['its marker']
    : [];
  const linked =
    lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink() && !existsSync(file)
      ? ['a link to it that leads nowhere']
      : [];
  return { marker, signs: [...marked, ...log, ...filled, ...linked, ...leftBeside(file, dataDir)] };
}

/** Files that only a library's server leaves: what was put aside of one, or made ready to take its place, and what services gave it. */
function leftBeside(file: string, dataDir: string): string[] {
  const names = namesIn(dataDir);
  const aside = names.some((name) => name.startsWith(basename(file)) && ASIDE.test(name.slice(basename(file).length)));
  const staged = names.some((name) => name.startsWith('restoring.unreadable-'));
  return [
    ...(aside ? ['a library that was put aside'] : []),
    ...(staged ? ['what a restore had made ready'] : []),
    ...(names.includes('roon-tokens.json') ? ['Roon’s approval'] : []),
  ];
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** Half-written files and hidden ones say nothing. */
function holdsFiles(folder: string): boolean {
  try {
    return readdirSync(folder, { withFileTypes: true }).some(
      (entry) => entry.isDirectory() || !/^\.|\.partial|^second-folder$/.test(entry.name),
    );
  } catch {
    return false;
  }
}
