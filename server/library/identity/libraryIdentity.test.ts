import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Libsql from 'libsql';
import { describe, expect, test } from 'vitest';
import { untilFilesClosed } from '#server/library/testing/untilFilesClosed.ts';
import { systemClock } from '../../kit/clock.ts';
import { silentLog } from '../../kit/log.ts';
import { openDatabase } from '../database/database.ts';
import { lifePlace } from '../testing/lifePlace.ts';
import { openIdentity } from './libraryIdentity.ts';
import { formerMarkerPath } from './marker.ts';

const home = lifePlace();
const { fileIn, open, marker, listen } = home;

describe('the marker beside the database', () => {
  test('says after each commit how far the library has come, also to whoever finds it after a crash', () => {
    const library = open();
    for (let times = 0; times < 3; times += 1) {
      const id = listen(library);
      expect(marker()).toMatchObject({
        libraryId: library.life.libraryId,
        epoch: library.feed.epoch,
        lastSeq: library.feed.lastSeq(),
      });
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
    writeFileSync(
      join(home.folder, 'library.json'),
      readFileSync(join(home.folder, 'library.json'), 'utf8').replace('"lastSeq":', '"lastSeq":9'),
    );
    expect(marker()).toMatchObject({ epoch });
    await untilFilesClosed();
    for (const path of [join(home.folder, 'library.json'), formerMarkerPath(join(home.folder, 'library.json'))])
      rmSync(path, { force: true });
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
      await untilFilesClosed();
    }
  });

  test('does not count a commit that failed: the file is known again afterwards', async () => {
    const library = open();
    listen(library);
    library.close();
    await untilFilesClosed();
    const db = openDatabase(fileIn(home.folder));
    const life = openIdentity(db, { clock: systemClock, log: silentLog });
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
    await untilFilesClosed();
    expect(open().life).toMatchObject({ epoch, cause: 'new' });
  });
});

describe('a marker whose watermarks no library comes to', () => {
  const damage = (change: (text: string) => string) => {
    for (const path of [join(home.folder, 'library.json'), formerMarkerPath(join(home.folder, 'library.json'))]) {
      if (existsSync(path)) writeFileSync(path, change(readFileSync(path, 'utf8')).replace(/,"sum":\d+/, ''));
    }
  };

  test('is trusted in everything else: ids go on where the library is, and the marker is right again', async () => {
    const library = open();
    const id = listen(library);
    const { libraryId, epoch } = library.life;
    library.close();
    await untilFilesClosed();
    damage((text) =>
      text
        .replace(/"(tracks|albums|artists|listening_history)":\d+/g, `"$1":${2 ** 50}`)
        .replace(/"made":\d+/, `"made":${2 ** 50}`),
    );
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
    await untilFilesClosed();
    const db = new Libsql(fileIn(home.folder));
    db.exec("DELETE FROM listening_history; UPDATE sqlite_sequence SET seq = 0 WHERE name = 'listening_history'");
    db.close();
    expect(listen(open())).toBe(id + 1);
  });
});
