import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, statSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RunningServer } from '#tests/kit/serverProcess.ts';
import type { SeededChance } from '#tests/simulators/catalogue/random.ts';

/** Where a server can run out of room. */
export interface ScarceRoom {
  /** In words. */
  about: string;
  /** What the server is started with. */
  environment: Record<string, string>;
  /** From now on there is hardly any room, or none. */
  fill(server: RunningServer, chance: SeededChance): void;
  /** Takes away what little was left, when a write has met the end. */
  fillUp(server: RunningServer): void;
  makeRoom(server: RunningServer): void;
  remove(): void;
}

/** A small disk of its own, which is filled to the last byte; null where this user may not mount one. */
export function smallDisk(megabytes = 48): ScarceRoom | null {
  const path = mkdtempSync(join(tmpdir(), 'aime-disk-'));
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', path]).status === 0;
  const remove = () => {
    if (mounted) spawnSync('umount', ['-l', path]);
    rmSync(path, { recursive: true, force: true });
  };
  if (!mounted) {
    remove();
    return null;
  }
  const filler = join(path, 'filler');
  return {
    about: `a tmpfs of ${megabytes} MB`,
    environment: { AIME_DATA_DIR: join(path, 'data') },
    fill: () => fillWith(filler),
    fillUp: () => undefined,
    makeRoom: () => rmSync(filler),
    remove,
  };
}

function fillWith(path: string): void {
  const file = openSync(path, 'w');
  try {
    for (let size = 1 << 20; size > 0;) {
      try {
        writeSync(file, Buffer.alloc(size));
      } catch {
        size >>= 1;
      }
    }
  } finally {
    closeSync(file);
  }
}

/**
 * A limit on the bytes that the server may write a file to, set while it runs, which needs no rights: the write that meets it ends in
 * the midst, every further one fails. @throws where the system knows no such limit of another process.
 */
export function limitedFiles(): ScarceRoom {
  const limit = ({ pid }: RunningServer, bytes: number | 'unlimited') => {
    // The soft limit alone: whoever lowers the hard one cannot raise it again.
    const { status, error, stderr } = spawnSync('prlimit', ['--pid', String(pid), `--fsize=${bytes}:`], {
      encoding: 'utf8',
    });
    if (status !== 0)
      throw new Error(`The room for a server’s files cannot be limited on this machine: ${error?.message ?? stderr}`);
  };
  return {
    about: 'a limit on the size of files',
    environment: {},
    fill: (server, chance) =>
      limit(server, statSync(join(server.dataDir, 'musique.db-wal')).size + chance.whole(0, 20_000)),
    fillUp: (server) => limit(server, 0),
    makeRoom: (server) => limit(server, 'unlimited'),
    remove: () => undefined,
  };
}
