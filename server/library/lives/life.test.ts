import { copyFileSync, cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Libsql from 'libsql';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { HIGHEST_ID, LAST_ID } from '#shared/library/identifiers.ts';
import { letGoOfFiles } from '#tests/kit/letGoOfFiles.ts';
import { systemClock } from '../../kit/clock.ts';
import { silentLog } from '../../kit/log.ts';
import { copyAndCheck } from '../backup.ts';
import { restoreBackup } from '../backupRestore.ts';
import type { Library } from '../contract.ts';
import { openDatabase } from '../database.ts';
import { openLibrary } from '../index.ts';
import { migrate, migrations } from '../migrate.ts';
import { applied, listenTo, START } from '../testing/library.ts';
import { openLife } from './life.ts';
import { formerMarkerPath, readMarker } from './marker.ts';

let folder: string;
const fileIn = (place: string) => join(place, 'musique.db');
const open = (place = folder): Library => {
  const library = openLibrary({ file: fileIn(place), backupsDir: join(place, 'backups'), clock: systemClock, log: silentLog, timeZone: 'UTC' });
  onTestFinished(() => library.close());
  return library;
};
/** Closes it and copies its file as a person would. */
const keep = async (library: Library, name: string): Promise<string> => {
  library.close();
  await letGoOfFiles();
  copyFileSync(library.file, join(folder, name));
  return join(folder, name);
};
const marker = () => readMarker(join(folder, 'library.json'))!;
const lives = (file: string) => {
  const db = new Libsql(file);
  try {
    return db.prepare('SELECT epoch, parent, cause, common FROM epochs').all() as { epoch: string; parent: string | null; cause: string; common: string }[];
  } finally {
    db.close();
  }
};
let heard = 0;
const listen = (library: Library) => listenTo(library, { playedAt: START + 400 * (heard += 1), title: `Title ${heard}`, artist: `Artist ${heard}` });

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'aime-lives-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
});

describe('the marker beside the database', () => {
  test('says after each commit how far the library has come, also to whoever finds it after a crash', () => {
    const library = open();
    for (let times = 0; times < 3; times += 1) {
      const id = listen(library);
      expect(marker()).toMatchObject({ libraryId: library.life.libraryId, epoch: library.feed.epoch, lastSeq: library.feed.lastSeq() });
      expect(marker().highestIds['listening_history']).toBe(id);
    }
    library.close();
    expect(marker()).toMatchObject({ counts: { listens: 3, albums: 3 } });
  });

  test('that was torn gives way to the one before; without any the ids begin far away, in a new life', async () => {
    const library = open();
    listen(library);
    library.close();
    const { epoch } = library.feed;
    writeFileSync(join(folder, 'library.json'), readFileSync(join(folder, 'library.json'), 'utf8').replace('"lastSeq":', '"lastSeq":9'));
    expect(marker()).toMatchObject({ epoch });
    await letGoOfFiles();
    for (const path of [join(folder, 'library.json'), formerMarkerPath(join(folder, 'library.json'))]) rmSync(path, { force: true });
    const again = open();
    expect(again.life).toMatchObject({ libraryId: library.life.libraryId, cause: 'swap' });
    expect(again.feed.epoch).not.toBe(epoch);
    expect(listen(again)).toBeGreaterThan(1_000_000);
  });

  test('opened and closed any number of times it stays the same life', async () => {
    const { libraryId, epoch } = open().life;
    for (let times = 0; times < 3; times += 1) {
      const library = open();
      listen(library);
      expect(library.life).toMatchObject({ libraryId, epoch, cause: 'new' });
      library.close();
      await letGoOfFiles();
    }
  });

  test('does not count a commit that failed: the file is known again afterwards', async () => {
    const library = open();
    listen(library);
    library.close();
    await letGoOfFiles();
    const db = openDatabase(fileIn(folder));
    const life = openLife(db, { clock: systemClock, log: silentLog });
    const { epoch } = life;
    for (let times = 0; times < 2; times += 1) {
      // What is found out at the commit alone, as a full disk is.
      const fails = () => {
        db.exec('PRAGMA defer_foreign_keys = ON');
        db.run('UPDATE listening_history SET track_id = 999999');
      };
      expect(() => db.transaction(fails)).toThrow(/FOREIGN KEY/);
    }
    life.close();
    db.close();
    await letGoOfFiles();
    expect(open().life).toMatchObject({ epoch, cause: 'new' });
  });
});

describe('a marker whose marks no library comes to', () => {
  const damage = (change: (text: string) => string) => {
    for (const path of [join(folder, 'library.json'), formerMarkerPath(join(folder, 'library.json'))]) {
      if (existsSync(path)) writeFileSync(path, change(readFileSync(path, 'utf8')).replace(/,"sum":\d+/, ''));
    }
  };

  test('is believed in everything else: ids go on where the library is, and the marker is right again', async () => {
    const library = open();
    const id = listen(library);
    const { libraryId, epoch } = library.life;
    library.close();
    await letGoOfFiles();
    damage((text) => text.replace(/"(tracks|albums|artists|listening_history)":\d+/g, `"$1":${2 ** 50}`).replace(/"made":\d+/, `"made":${2 ** 50}`));
    const again = open();
    expect(again.life).toMatchObject({ libraryId, epoch, cause: 'new' });
    expect(listen(again)).toBe(id + 1);
    again.life.beginAgain();
    expect(listen(again)).toBeLessThan(2_000_000);
    expect(again.feed.pull('journal', 0, 10).documents).toMatchObject([{ n: 3 }]);
    expect(Math.max(...Object.values(marker().highestIds))).toBeLessThan(2_000_000);
  });

  test('below which the file’s own sequences were put gives no id a second time', async () => {
    const library = open();
    const id = listen(library);
    library.close();
    await letGoOfFiles();
    const db = new Libsql(fileIn(folder));
    db.exec("DELETE FROM listening_history; UPDATE sqlite_sequence SET seq = 0 WHERE name = 'listening_history'");
    db.close();
    expect(listen(open())).toBe(id + 1);
  });
});

describe('a file exchanged while AIME was stopped', () => {
  test('for an older copy begins a new life that knows what it shares, and gives no id again', async () => {
    const library = open();
    const shared = listen(library);
    const copy = await keep(library, 'copy.db');
    const before = open();
    const { epoch } = before.life;
    const lost = [listen(before), listen(before)];
    before.close();
    await letGoOfFiles();
    copyFileSync(copy, fileIn(folder));
    const after = open();
    expect(after.life).toMatchObject({ libraryId: before.life.libraryId, cause: 'swap' });
    expect(after.feed.epoch).not.toBe(epoch);
    expect(listen(after)).toBeGreaterThan(Math.max(...lost));
    const row = lives(after.file).find((life) => life.epoch === after.feed.epoch)!;
    expect(row).toMatchObject({ parent: epoch, cause: 'swap' });
    expect(JSON.parse(row.common)).toMatchObject({ listening_history: shared });
  });

  test('for a copy that came just as far is noticed too', async () => {
    const library = open();
    listen(library);
    const copy = await keep(library, 'copy.db');
    const before = open();
    listen(before);
    const { epoch } = before.feed;
    const seq = before.feed.lastSeq();
    before.close();
    await letGoOfFiles();
    copyFileSync(copy, fileIn(folder));
    const raised = new Libsql(fileIn(folder));
    raised.exec(`UPDATE library_state SET last_seq = ${seq}`);
    raised.close();
    expect(open().feed.epoch).not.toBe(epoch);
  });

  test('for another library is that library, in a new life', async () => {
    const library = open();
    const { libraryId } = library.life;
    const last = listen(library);
    library.close();
    const elsewhere = join(folder, 'elsewhere');
    const other = open(elsewhere);
    listen(other);
    other.close();
    await letGoOfFiles();
    copyFileSync(fileIn(elsewhere), fileIn(folder));
    const after = open();
    expect(after.life).toMatchObject({ libraryId: other.life.libraryId, cause: 'swap' });
    expect(after.life.libraryId).not.toBe(libraryId);
    expect(listen(after)).toBeGreaterThan(last);
  });
});

describe('a folder that was put back as a whole, its marker too', () => {
  const kept = () => join(folder, 'kept');
  const names = () => readdirSync(folder).filter((name) => /^(musique\.db|library\.json)/.test(name));
  const keepFolder = () => names().forEach((name) => cpSync(join(folder, name), join(kept(), name), { preserveTimestamps: true }));
  /** As `cp -a` does over what is there: the same files, other content. */
  const putOver = () => {
    for (const name of names()) {
      const { atime, mtime } = statSync(join(kept(), name));
      writeFileSync(join(folder, name), readFileSync(join(kept(), name)));
      utimesSync(join(folder, name), atime, mtime);
    }
  };
  const putAnew = () => {
    for (const name of names()) rmSync(join(folder, name));
    cpSync(kept(), folder, { recursive: true, preserveTimestamps: true });
  };
  /** As rsync does: each file is made beside and takes the other's name. */
  const putByName = () => {
    for (const name of names()) {
      copyFileSync(join(kept(), name), join(folder, `.${name}`));
      renameSync(join(folder, `.${name}`), join(folder, name));
    }
  };

  test.each([['made anew', putAnew], ['by name', putByName], ['over what is there', putOver]])('%s, begins a new life, whose ids are far from any that may have been given', async (_, put) => {
    const library = open();
    const shared = listen(library);
    library.close();
    await letGoOfFiles();
    keepFolder();
    const before = open();
    const { epoch, libraryId } = before.life;
    const lost = listen(before);
    before.close();
    await letGoOfFiles();
    put();
    const after = open();
    expect(after.life).toMatchObject({ libraryId, cause: 'swap' });
    expect(after.life.epoch).not.toBe(epoch);
    expect(listen(after)).toBeGreaterThan(lost + 1_000_000);
    const row = lives(after.file).find((life) => life.epoch === after.feed.epoch)!;
    expect(row).toMatchObject({ parent: epoch });
    expect(JSON.parse(row.common)).toMatchObject({ listening_history: shared });
  });

  test('is far from them also where a backup is brought back into it', async () => {
    const library = open();
    listen(library);
    const copy = await keep(library, 'copy.db');
    keepFolder();
    const before = open();
    const lost = listen(before);
    before.close();
    await letGoOfFiles();
    putAnew();
    await restoreBackup({ file: copy, dataDir: folder, configDir: join(folder, 'config'), clock: systemClock });
    expect(listen(open())).toBeGreaterThan(lost + 1_000_000);
  });

  test('on another machine is a new life with everything in it; a folder that was only renamed goes on', async () => {
    const library = open();
    listen(library);
    library.close();
    await letGoOfFiles();
    keepFolder();
    const moved = open(kept());
    expect(moved.life).toMatchObject({ libraryId: library.life.libraryId, cause: 'swap' });
    expect(moved.reads.listens({ page: 1, pageSize: 10 }).items).toHaveLength(1);
    moved.close();
    await letGoOfFiles();
    renameSync(kept(), join(folder, 'renamed'));
    expect(open(join(folder, 'renamed')).life.epoch).toBe(moved.life.epoch);
  });
});

describe('a copy of this very opening', () => {
  /** As another program does that has the file open, and as the library itself does now and then. */
  const checkpoint = () => {
    const db = new Libsql(fileIn(folder));
    db.exec('PRAGMA wal_checkpoint(PASSIVE)');
    db.close();
  };
  const copied = (name: string) => {
    copyFileSync(fileIn(folder), join(folder, name));
    return join(folder, name);
  };
  /** The same file with other content, as `cp` leaves it. */
  const over = (copy: string) => writeFileSync(fileIn(folder), readFileSync(copy));

  test('that is put in the place after the file went on is told from it, and nothing more is written', () => {
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
    expect(readFileSync(fileIn(folder)).equals(readFileSync(copy))).toBe(true);
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

  test('that was written in an order of its own is told from it, though the file has not gone on', () => {
    const library = open();
    listen(library);
    const db = new Libsql(fileIn(folder));
    db.exec(`VACUUM INTO '${join(folder, 'copy.db')}'`);
    db.close();
    over(join(folder, 'copy.db'));
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
    await letGoOfFiles();
    copyFileSync(copy, fileIn(folder));
    expect(open().feed.epoch).not.toBe(epoch);
  });

  test('that a backup holds is never taken for the file', () => {
    const library = open();
    listen(library);
    copyAndCheck(library.file, join(folder, 'copy.db'));
    const tokenOf = (file: string) => {
      const db = new Libsql(file);
      try {
        return (db.prepare('SELECT opening FROM library_state').all() as { opening: string }[])[0]!.opening;
      } finally {
        db.close();
      }
    };
    expect(tokenOf(join(folder, 'copy.db'))).not.toContain(library.life.opening);
    expect(tokenOf(library.file)).toContain(library.life.opening);
  });

  test('a file that somebody else reads at the start bears its token later, and is known meanwhile', async () => {
    const first = open();
    listen(first);
    first.close();
    await letGoOfFiles();
    const reader = new Libsql(fileIn(folder));
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

describe('a library that a second server has opened all the same', () => {
  test('is written by that one alone, and its marker too; the first is told whose it is', () => {
    const first = open();
    listen(first);
    const second = open();
    const kept = listen(second);
    expect(() => listen(first)).toThrow(/cannot be written/);
    expect(first.life.place()).toBe('taken');
    first.close();
    expect(listen(second)).toBe(kept + 1);
    expect(second.life.place()).toBe('itself');
    expect(marker()).toMatchObject({ opening: second.life.opening, highestIds: { listening_history: kept + 1 } });
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
    const db = new Libsql(fileIn(folder));
    db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    db.close();
    expect(first.life.place()).toBe('taken');
  });

  test('is not written by the first though nothing of it has come into the file yet', () => {
    const first = open();
    listen(first);
    const db = new Libsql(fileIn(folder));
    db.exec("UPDATE library_state SET opening = 'another:000000000999'");
    db.close();
    expect(() => listen(first)).toThrow(/Another program/);
    expect(first.reads.listens({ page: 1, pageSize: 10 }).total).toBe(1);
    expect(first.life.place()).toBe('taken');
  });
});

describe('a backup brought back', () => {
  const restore = (file: string) => restoreBackup({ file, dataDir: folder, configDir: join(folder, 'config'), clock: systemClock });

  test('begins one new life, whose ids go on where the former ended', async () => {
    const library = open();
    const shared = listen(library);
    const copy = await keep(library, 'copy.db');
    const before = open();
    const { epoch } = before.life;
    const lost = listen(before);
    before.close();
    await letGoOfFiles();
    await restore(copy);
    const after = open();
    expect(after.life).toMatchObject({ libraryId: before.life.libraryId, cause: 'restore' });
    expect(listen(after)).toBeGreaterThan(lost);
    const row = lives(after.file).find((life) => life.epoch === after.feed.epoch)!;
    expect(row.parent).toBe(epoch);
    expect(JSON.parse(row.common)).toMatchObject({ listening_history: shared });
    after.close();
    await letGoOfFiles();
    // A second one shares no more with it than the two that lie between.
    await restore(copy);
    const second = open();
    const chain = lives(second.file);
    const last = chain.find((life) => life.epoch === second.feed.epoch)!;
    expect(last.parent).toBe(after.feed.epoch);
    expect(chain.find((life) => life.epoch === last.parent)).toMatchObject({ parent: epoch });
    expect(JSON.parse(last.common)).toMatchObject({ listening_history: shared });
  });

  test('goes on where what two lives share cannot be read any more', async () => {
    const before = open();
    const { epoch } = before.life;
    before.close();
    await letGoOfFiles();
    const db = new Libsql(before.file);
    db.exec(`UPDATE epochs SET common = '{"listening_history":'`);
    db.close();
    const after = open();
    expect(after.life.epoch).toBe(epoch);
    expect(listen(after)).toBeGreaterThan(0);
  });

  test('from before there were lives is brought to today’s schema, as the same library', async () => {
    const before = open();
    const lost = listen(before);
    before.close();
    const copy = join(folder, 'old.db');
    const old = openDatabase(copy);
    migrate(old, { backupsDir: join(folder, 'backups'), clock: systemClock, log: silentLog, steps: migrations.filter(({ number }) => number < 3) });
    old.run('INSERT INTO library_state (only, epoch, last_seq) VALUES (1, ?, 0)', before.feed.epoch);
    old.close();
    await letGoOfFiles();
    await restore(copy);
    const after = open();
    expect(after.life).toMatchObject({ libraryId: before.life.libraryId, cause: 'restore' });
    expect(listen(after)).toBeGreaterThan(lost);
  });

  test('where nothing is known of what was given, goes on far away', async () => {
    const library = open();
    listen(library);
    const copy = await keep(library, 'copy.db');
    for (const name of ['musique.db', 'library.json', 'library.json.former']) rmSync(join(folder, name), { force: true });
    await restore(copy);
    const after = open();
    expect(after.life.cause).toBe('restore');
    expect(listen(after)).toBeGreaterThan(1_000_000);
    expect(existsSync(join(folder, 'library.json'))).toBe(true);
  });
});

describe('what devices have seen', () => {
  test('raises the ids of the same library, and of no other', () => {
    const library = open();
    const id = listen(library);
    const { libraryId, epoch } = library.life;
    expect(library.life.seen({ libraryId: 'another', epoch, seq: 1, highest: { listening_history: id + 5_000 } })).toBe(false);
    expect(listen(library)).toBe(id + 1);
    expect(library.life.seen({ libraryId, epoch, seq: 1, highest: { listening_history: id + 5_000 } })).toBe(true);
    expect(listen(library)).toBe(id + 5_001);
    expect(library.feed.epoch).toBe(epoch);
  });

  test('beyond what an id can be is passed over, whatever table it is of: what comes next can be pulled and acted upon', () => {
    const library = open();
    const id = listen(library);
    const { libraryId, epoch } = library.life;
    for (const far of [2 ** 50, Number.MAX_SAFE_INTEGER, 2 ** 31]) {
      const highest = { artists: far, albums: far, tracks: far, images: far, scrobbles: far, listening_history: far };
      expect(library.life.seen({ libraryId, epoch, seq: 1, highest })).toBe(true);
    }
    expect(listen(library)).toBe(id + 1);
    expect(library.feed.pull('journal', 0, 10).documents).toMatchObject([{ n: 2 }]);
    const [row] = library.reads.listens({ page: 1, pageSize: 1 }).items;
    expect(applied(library, { kind: 'love-track', trackId: row!.track.id, loved: true })).toMatchObject({ state: 'applied' });
    expect(Math.max(...Object.values(marker().highestIds))).toBeLessThan(1_000);
  });

  test('a device may be ahead by what a library that lost its marks leaves out, and no further at a time', () => {
    const library = open();
    const id = listen(library);
    const { libraryId, epoch } = library.life;
    library.life.seen({ libraryId, epoch, seq: 1, highest: { listening_history: id + 900_000 } });
    expect(listen(library)).toBe(id + 900_001);
    library.life.seen({ libraryId, epoch, seq: 1, highest: { listening_history: 100_000_000 } });
    expect(listen(library)).toBe(id + 1_900_002);
  });

  test('however often it is told, thousands of further lives have ids to give', async () => {
    const library = open();
    listen(library);
    const { libraryId, epoch } = library.life;
    library.life.seen({ libraryId, epoch, seq: 1, highest: { tracks: HIGHEST_ID, albums: HIGHEST_ID } }, Infinity);
    for (let times = 0; times < 20; times += 1) library.life.beginAgain();
    listen(library);
    const copy = await keep(library, 'copy.db');
    for (let times = 0; times < 3; times += 1) {
      for (const name of ['musique.db', 'library.json', 'library.json.former']) rmSync(join(folder, name), { force: true });
      copyFileSync(copy, fileIn(folder));
      const again = open();
      listen(again);
      expect(again.feed.pull('journal', 0, 10).documents).toMatchObject([{ n: 3 + times }]);
      await keep(again, 'copy.db');
    }
    expect(LAST_ID - marker().highestIds['tracks']!).toBeGreaterThan(1_500 * 1_000_000);
  });

  test('that is ahead of this very life begins a new one', () => {
    const library = open();
    listen(library);
    const { libraryId, epoch } = library.life;
    library.life.seen({ libraryId, epoch, seq: library.feed.lastSeq() + 1, highest: {} });
    expect(library.feed.epoch).not.toBe(epoch);
    expect(marker().epoch).toBe(library.feed.epoch);
  });
});
