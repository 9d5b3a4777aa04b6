import { copyFileSync, existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { listenTo, openIn } from '../testing/library.ts';
import { system } from './fileIdentity.ts';

/** A folder for a library, and what the system says of files there, which a test changes. */
function folderForTest(says: { knowsBirth?: boolean; hasBirthTime?: boolean; type?: number } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'aime-identity-'));
  const stats = { knowsBirth: true, hasBirthTime: true, mount: 0, later: 0, ...says };
  const { file, open, typeOf } = system;
  type FileStats = ReturnType<typeof open>;
  const changed = (found: FileStats): FileStats => {
    const ctimeMs = found.ctimeMs + stats.later;
    return {
      ino: found.ino + stats.mount,
      ctimeMs,
      birthtimeMs: !stats.hasBirthTime ? 0 : stats.knowsBirth ? found.birthtimeMs : ctimeMs,
    };
  };
  const spies = [
    vi.spyOn(system, 'file').mockImplementation((path) => {
      const found = file(path);
      return found && changed(found);
    }),
    vi.spyOn(system, 'open').mockImplementation((descriptor) => changed(open(descriptor))),
    vi.spyOn(system, 'typeOf').mockImplementation((path) => stats.type ?? typeOf(path)),
  ];
  onTestFinished(() => {
    for (const spy of spies) spy.mockRestore();
    rmSync(folder, { recursive: true, force: true });
  });
  return { folder, stats };
}

let plays = 0;

/** Opens the library, writes to it and closes it. @returns its life. */
function used(folder: string): string {
  const library = openIn(folder);
  listenTo(library, { playedAt: 1_700_000_000 + (plays += 1) * 900 });
  const { epoch } = library.feed;
  library.close();
  return epoch;
}

/** As a backup of the whole folder would put the library back, byte by byte. */
function putBack(folder: string): void {
  for (const name of ['musique.db', 'library.json', 'library.json.former']) {
    const path = join(folder, name);
    if (!existsSync(path)) continue;
    copyFileSync(path, `${path}.copy`);
    rmSync(path);
    renameSync(`${path}.copy`, path);
  }
}

it('a library goes on where the system gives the time of the last change as a birth', () => {
  const { folder, stats } = folderForTest({ knowsBirth: false });
  const first = used(folder);
  // Whatever touches the files, as a backup program does.
  stats.later = 60_000;
  expect([used(folder), used(folder)]).toEqual([first, first]);
});

it('a library goes on when a system that gives births once does not the next time, and the other way', () => {
  const { folder, stats } = folderForTest();
  const first = used(folder);
  stats.knowsBirth = false;
  const second = used(folder);
  stats.knowsBirth = true;
  expect([second, used(folder)]).toEqual([first, first]);
});

const PASSING = {
  FAT: 0x4d44,
  exFAT: 0x2011bab0,
  CIFS: 0xff534d42,
  'SMB 3': 0xfe534d42,
  'CIFS on 32 bits': 0xff534d42 | 0,
  smbfs: 0x517b,
  '9P': 0x01021997,
  'WSL 1': 0x53464846,
  FUSE: 0x65735546,
  VirtualBox: 0x786f4256,
  VMware: 0xbacbacbc,
  Parallels: 0x7c7c6673,
  overlayfs: 0x794c7630,
  aufs: 0x61756673,
};

it.each(Object.entries(PASSING))('a library goes on where files have other numbers at each mount: %s', (_, type) => {
  const { folder, stats } = folderForTest({ type, hasBirthTime: false });
  const first = used(folder);
  stats.mount = 1_000;
  expect(used(folder)).toBe(first);
});

it.each([
  ['ext4', 0xef53],
  ['NFS', 0x6969],
])('a copy that was put in its place is noticed by its number: %s', (_, type) => {
  const { folder, stats } = folderForTest({ type, hasBirthTime: false });
  const first = used(folder);
  stats.mount = 1_000;
  expect(used(folder)).not.toBe(first);
});

it('a copy that was put in its place is noticed by its birth', () => {
  const { folder } = folderForTest();
  const first = used(folder);
  putBack(folder);
  expect(used(folder)).not.toBe(first);
});
