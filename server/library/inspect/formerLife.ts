import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { markerPath, readMarker, type Marker } from '../lives/marker.ts';

/** What a data folder shows of a library that was there. */
export interface FormerLife {
  marker: Marker | null;
  /** What was found, in words; empty for a folder that never held a library. */
  signs: string[];
}

/** Folders that only a library fills. */
const FOLDERS = { backups: 'backups', archive: 'archived listens', covers: 'cached covers' } as const;

/** Looks for signs of a library other than its database. */
export function formerLife(file: string, dataDir: string): FormerLife {
  const marker = readMarker(markerPath(file));
  const log = existsSync(`${file}-wal`) ? ['its write-ahead log'] : [];
  const filled = Object.entries(FOLDERS).filter(([folder]) => holdsFiles(join(dataDir, folder))).map(([, words]) => words);
  // A marker that cannot be read is a sign too.
  const marked = existsSync(markerPath(file)) ? ['its marker'] : [];
  return { marker, signs: [...marked, ...log, ...filled] };
}

/** Half-written files and hidden ones say nothing. */
function holdsFiles(folder: string): boolean {
  try {
    return readdirSync(folder, { withFileTypes: true }).some((entry) => entry.isDirectory() || !/^\.|\.partial|^second-folder$/.test(entry.name));
  } catch {
    return false;
  }
}
