import { openSync, closeSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import Libsql from 'libsql';
import { expect, onTestFinished, test } from 'vitest';
import { silentLog } from '../../kit/log.ts';
import { openProbe } from './probe.ts';
import type { Probed } from '../api/probe.ts';
import { libraryForTest, listenTo } from '../testing/library.ts';
import { DatabaseUnavailable } from '../api/unavailable.ts';

/** A library whose clock goes on so far that the next look finds out anew. */
function lookedAt() {
  const { library, setTime } = libraryForTest();
  listenTo(library);
  let second = 1_700_000_000;
  const look = async (): Promise<Probed['code']> => {
    setTime((second += 61));
    return (await library.probe.look()).code;
  };
  return { library, look, setTime };
}

/** Writes something else over a part of a file, as a failing disk does. */
function writeOver(file: string, from: number, bytes: number): void {
  const opened = openSync(file, 'r+');
  writeSync(opened, Buffer.alloc(bytes, 0xa5), 0, bytes, from);
  closeSync(opened);
}

/** Brings what the log holds into the file, as another program does that reads it. */
function checkpoint(file: string): void {
  const db = new Libsql(file);
  db.exec('PRAGMA wal_checkpoint(PASSIVE)');
  db.close();
}

test('a library is written to for real, and asking again within seconds writes nothing', async () => {
  const { library, look } = lookedAt();
  const log = () => statSync(`${library.file}-wal`).mtimeMs + statSync(`${library.file}-wal`).size;
  const before = log();
  expect(await look()).toBe('writable');
  const after = log();
  expect(after).not.toBe(before);
  for (let times = 0; times < 20; times += 1) await library.probe.look();
  expect(log()).toBe(after);
});

test('one that another program holds is busy within a second or so, and writable again when it is released', async () => {
  const { library, look } = lookedAt();
  const other = new Libsql(library.file);
  onTestFinished(() => void other.close());
  other.exec('BEGIN EXCLUSIVE');
  expect(await look()).toBe('database-busy');
  expect(library.reads.counts().listens).toBe(1);
  other.exec('ROLLBACK');
  expect(await look()).toBe('writable');
});

test('one whose file was removed is missing', async () => {
  const { library, look } = lookedAt();
  rmSync(library.file);
  expect(await look()).toBe('missing');
});

test('one whose log was removed is no more whole than that: what is written is lost in a crash', async () => {
  const { library, look } = lookedAt();
  const log = `${library.file}-wal`;
  expect(await look()).toBe('writable');
  renameSync(log, `${log}.aside`);
  expect(library.probe.flaw()).toBe('log-gone');
  expect(await look()).toBe('missing');
  renameSync(`${log}.aside`, log);
  expect(library.probe.flaw()).toBeNull();
  expect(await look()).toBe('writable');
});

test('one that was written over from its beginning is not taken for itself', async () => {
  const { library, look } = lookedAt();
  checkpoint(library.file);
  writeOver(library.file, 0, statSync(library.file).size);
  expect(['exchanged', 'damaged']).toContain(await look());
});

test('one whose first bytes are something else is damaged', async () => {
  const { library, look } = lookedAt();
  checkpoint(library.file);
  expect(await look()).toBe('writable');
  writeOver(library.file, 0, 16);
  expect(await look()).toBe('damaged');
});

test('damage in the midst of the file is found by reading it whole, once it was touched by somebody else, and is over when the file is sound again', async () => {
  const { library, setTime } = lookedAt();
  let touched = 0;
  let read = 0;
  let passing = false;
  let flaw: string | null = 'a page is torn';
  const probe = openProbe({
    db: { file: library.file, onDamaged: () => undefined },
    availability: library.availability,
    life: { place: () => 'itself', touched: () => touched },
    clock: { now: () => second * 1000, elapsed: () => second * 1000, sleep: () => Promise.resolve() },
    log: silentLog,
    checkFile: () => {
      read += 1;
      const found = passing ? 'a page is torn' : flaw;
      passing = false;
      return Promise.resolve({ flaw: found, busy: false });
    },
  });
  let second = 1_700_000_000;
  const look = async () => {
    setTime((second += 61));
    await probe.look();
    setTime((second += 4));
    return (await probe.look()).code;
  };
  expect(await look()).toBe('writable');
  expect(read).toBe(0);
  touched += 1;
  expect(await look()).toBe('damaged');
  // Read once more, since what was being written may have looked like damage.
  expect(read).toBe(2);
  expect(await look()).toBe('damaged');
  flaw = null;
  expect(await look()).toBe('writable');
  const before = read;
  expect(await look()).toBe('writable');
  expect(read).toBe(before);
  // A page that looks torn while it is being written.
  touched += 1;
  passing = true;
  expect(await look()).toBe('writable');
  expect(read).toBe(before + 2);
});

test('what SQLite finds damaged is damaged from then on, and what the disk refuses has its name', async () => {
  let found = (_error: unknown): void => undefined;
  let why: DatabaseUnavailable | null = null;
  let elapsed = 0;
  const { library } = libraryForTest();
  const probe = openProbe({
    db: { file: library.file, onDamaged: (listener) => void (found = listener) },
    availability: { tried: () => Promise.resolve(why) },
    life: { place: () => 'itself', touched: () => 0 },
    clock: { now: () => 0, elapsed: () => elapsed, sleep: () => Promise.resolve() },
    log: silentLog,
  });
  const look = async () => {
    elapsed += 3_000;
    return (await probe.look()).code;
  };
  for (const code of ['disk-full', 'disk-failing', 'database-busy'] as const) {
    why = new DatabaseUnavailable(code);
    expect(await look()).toBe(code);
  }
  why = null;
  expect(await look()).toBe('writable');
  found(Object.assign(new Error('database disk image is malformed'), { code: 'SQLITE_CORRUPT' }));
  expect(await look()).toBe('damaged');
  expect(probe.flaw()).toBe('damaged');
});
