import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Libsql from 'libsql';
import { describe, expect, test } from 'vitest';
import { untilFilesClosed } from '#server/library/testing/untilFilesClosed.ts';
import { copyAndCheck } from '../database/verifiedCopy.ts';
import { lifePlace } from '../testing/lifePlace.ts';

const home = lifePlace();
const { fileIn, open, marker, listen } = home;

describe('a copy of this very opening', () => {
  /** As another program does that has the file open, and as the library itself does now and then. */
  const checkpoint = () => {
    const db = new Libsql(fileIn(home.folder));
    db.exec('PRAGMA wal_checkpoint(PASSIVE)');
    db.close();
  };
  const copied = (name: string) => {
    copyFileSync(fileIn(home.folder), join(home.folder, name));
    return join(home.folder, name);
  };
  /** The same file with other content, as `cp` leaves it. */
  const over = (copy: string) => writeFileSync(fileIn(home.folder), readFileSync(copy));

  test('that is put in the place after the file went on is distinguished from it, and nothing more is written', () => {
    const library = open();
    listen(library);
    checkpoint();
    const copy = copied('copy.db');
    listen(library);
    checkpoint();
    expect(library.life.place()).toBe('itself');
    over(copy);
    expect(() => listen(library)).toThrow(/cannot be written/);
    expect(library.life.place()).toBe('another');
    expect(readFileSync(fileIn(home.folder)).equals(readFileSync(copy))).toBe(true);
  });

  test('that says what the file says changes nothing', () => {
    const library = open();
    listen(library);
    const copy = copied('copy.db');
    over(copy);
    expect(library.life.place()).toBe('itself');
    listen(library);
    library.close();
    expect(marker()).toMatchObject({ counts: { listens: 2 } });
  });

  test('that was written in an order of its own is distinguished from it, though the file has not gone on', () => {
    const library = open();
    listen(library);
    const db = new Libsql(fileIn(home.folder));
    db.exec(`VACUUM INTO '${join(home.folder, 'copy.db')}'`);
    db.close();
    over(join(home.folder, 'copy.db'));
    expect(library.life.place()).toBe('another');
  });

  test('is noticed after a stop, also where the feed has come no further since', async () => {
    const library = open();
    listen(library);
    checkpoint();
    const copy = copied('copy.db');
    const { epoch } = library.feed;
    library.settings.set('language', 'fr');
    library.close();
    await untilFilesClosed();
    copyFileSync(copy, fileIn(home.folder));
    expect(open().feed.epoch).not.toBe(epoch);
  });

  test('that a backup holds is never taken for the file', () => {
    const library = open();
    listen(library);
    copyAndCheck(library.file, join(home.folder, 'copy.db'));
    const tokenOf = (file: string) => {
      const db = new Libsql(file);
      try {
        return (db.prepare('SELECT opening FROM library_state').all() as { opening: string }[])[0]!.opening;
      } finally {
        db.close();
      }
    };
    expect(tokenOf(join(home.folder, 'copy.db'))).not.toContain(library.life.opening);
    expect(tokenOf(library.file)).toContain(library.life.opening);
  });

  test('a file that somebody else reads at the start has its token later, and is known meanwhile', async () => {
    const first = open();
    listen(first);
    first.close();
    await untilFilesClosed();
    const reader = new Libsql(fileIn(home.folder));
    reader.exec('BEGIN');
    reader.prepare('SELECT count(*) FROM artists').all();
    const library = open();
    expect(library.life).toMatchObject({ cause: 'new' });
    expect(library.life.place()).toBe('itself');
    listen(library);
    checkpoint();
    expect(library.life.place()).toBe('itself');
    reader.exec('COMMIT');
    reader.close();
    checkpoint();
    listen(library);
    expect(library.life.place()).toBe('itself');
  });
});

test('is in the marker as soon as the library is open, before anything is written', () => {
  const library = open();
  expect(marker()).toMatchObject({ opening: library.life.opening });
});

describe('a library that a second server has opened all the same', () => {
  test('is written by that one alone, and its marker too; the first is notified whose it is', () => {
    const first = open();
    listen(first);
    const second = open();
    const last = listen(second);
    expect(() => listen(first)).toThrow(/cannot be written/);
    expect(first.life.place()).toBe('taken');
    first.close();
    expect(listen(second)).toBe(last + 1);
    expect(second.life.place()).toBe('itself');
    expect(marker()).toMatchObject({ opening: second.life.opening, highestIds: { listening_history: last + 1 } });
    second.close();
    const { life, reads } = open();
    expect(life.epoch).toBe(second.life.epoch);
    expect(reads.listens({ page: 1, pageSize: 10 }).total).toBe(3);
  });

  test('is known as such by the first though it wrote nothing, also where all that was written has come into the file', () => {
    const first = open();
    listen(first);
    const second = open();
    listen(second);
    const db = new Libsql(fileIn(home.folder));
    db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    db.close();
    expect(first.life.place()).toBe('taken');
  });

  test('is not written by the first though nothing of it has come into the file yet', () => {
    const first = open();
    listen(first);
    const db = new Libsql(fileIn(home.folder));
    db.exec("UPDATE library_state SET opening = 'another:000000000999'");
    db.close();
    expect(() => listen(first)).toThrow(/Another program/);
    expect(first.reads.listens({ page: 1, pageSize: 10 }).total).toBe(1);
    expect(first.life.place()).toBe('taken');
  });
});
