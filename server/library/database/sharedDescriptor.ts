import { closeSync, fstatSync, openSync, readdirSync, statSync } from 'node:fs';

/**
 * Descriptors of databases' files. Whoever closes any descriptor of a file loses every POSIX lock that the process has on it: SQLite's
 * too, which learns nothing of it, and another program that closes the file then removes the log under it. So each file has one
 * descriptor for all readers, which is closed only when nothing else in this process has the file open.
 */
interface Held {
  descriptor: number;
  users: number;
}

const held = new Map<string, Held>();

export interface SharedDescriptor {
  /** For reading at positions; never to be closed. */
  readonly descriptor: number;
  letGo(): void;
}

/** @throws when there is no such file or it cannot be read. */
export function openSharedDescriptor(path: string): SharedDescriptor {
  closeUnused();
  const known = held.get(keyOf(statSync(path)));
  const file = known ?? { descriptor: openSync(path, 'r'), users: 0 };
  if (known === undefined) held.set(keyOf(fstatSync(file.descriptor)), file);
  file.users += 1;
  let done = false;
  return {
    descriptor: file.descriptor,
    letGo() {
      if (done) return;
      done = true;
      file.users -= 1;
      closeUnused();
    },
  };
}

/** Closes what nobody reads any more, unless a connection is left: it stays open until its statements are collected as garbage. */
export function closeUnused(): void {
  const unused = [...held].filter(([, { users }]) => users === 0);
  if (unused.length === 0) return;
  const open = descriptorsByFile();
  for (const [key, { descriptor }] of unused) {
    if ((open?.get(key) ?? 1) > 1) continue;
    held.delete(key);
    closeSync(descriptor);
  }
}

/** How many descriptors this process has of each file; null on Windows, which has no such list and no such locks. */
function descriptorsByFile(): Map<string, number> | null {
  if (process.platform === 'win32') return null;
  const counts = new Map<string, number>();
  for (const name of readdirSync('/dev/fd')) {
    const key = keyOfDescriptor(Number(name));
    if (key !== null) counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

function keyOfDescriptor(descriptor: number): string | null {
  try {
    return keyOf(fstatSync(descriptor));
  } catch {
    // The listing's own, which is closed by now.
    return null;
  }
}

const keyOf = ({ dev, ino }: { dev: number; ino: number }): string => `${dev} ${ino}`;
