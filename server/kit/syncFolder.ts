import { closeSync, fsyncSync, openSync } from 'node:fs';

/** Makes sure that what was named, renamed or removed in a folder stays so. Windows has no such thing and needs none. */
export function syncFolder(path: string): void {
  if (process.platform === 'win32') return;
  const folder = openSync(path, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
