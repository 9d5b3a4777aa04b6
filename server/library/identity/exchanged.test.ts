import {
  copyFileSync,
  cpSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import Libsql from 'libsql';
import { describe, expect, test } from 'vitest';
import { untilFilesClosed } from '#server/library/testing/untilFilesClosed.ts';
import { systemClock } from '../../kit/clock.ts';
import { restoreBackup } from '../backup/restore.ts';
import { lifePlace } from '../testing/lifePlace.ts';

const home = lifePlace();
const { fileIn, open, keep, lives, listen } = home;

describe('a file exchanged while AIME was stopped', () => {
  test('for an older copy begins a new life that knows what it shares, and gives no id again', async () => {
    const library = open();
    const shared = listen(library);
    const copy = await keep(library, 'copy.db');
    const before = open();
    const { epoch } = before.life;
    const lost = [listen(before), listen(before)];
    before.close();
    await untilFilesClosed(fileIn(home.folder));
    copyFileSync(copy, fileIn(home.folder));
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
    await untilFilesClosed(fileIn(home.folder));
    copyFileSync(copy, fileIn(home.folder));
    const raised = new Libsql(fileIn(home.folder));
    raised.exec(`UPDATE library_state SET last_seq = ${seq}`);
    raised.close();
    expect(open().feed.epoch).not.toBe(epoch);
  });

  test('for another library is that library, in a new life', async () => {
    const library = open();
    const { libraryId } = library.life;
    const last = listen(library);
    library.close();
    const elsewhere = join(home.folder, 'elsewhere');
    const other = open(elsewhere);
    listen(other);
    other.close();
    await untilFilesClosed(fileIn(home.folder));
    copyFileSync(fileIn(elsewhere), fileIn(home.folder));
    const after = open();
    expect(after.life).toMatchObject({ libraryId: other.life.libraryId, cause: 'swap' });
    expect(after.life.libraryId).not.toBe(libraryId);
    expect(listen(after)).toBeGreaterThan(last);
  });
});

describe('a folder that was put back as a whole, its marker too', () => {
  const copy = () => join(home.folder, 'kept');
  const names = () => readdirSync(home.folder).filter((name) => /^(musique\.db|library\.json)/.test(name));
  const keepFolder = () =>
    names().forEach((name) => cpSync(join(home.folder, name), join(copy(), name), { preserveTimestamps: true }));
  /** As `cp -a` does over what is there: the same files, other content. */
  const putOver = () => {
    for (const name of names()) {
      const { atime, mtime } = statSync(join(copy(), name));
      writeFileSync(join(home.folder, name), readFileSync(join(copy(), name)));
      utimesSync(join(home.folder, name), atime, mtime);
    }
  };
  const putAnew = () => {
    for (const name of names()) rmSync(join(home.folder, name));
    cpSync(copy(), home.folder, { recursive: true, preserveTimestamps: true });
  };
  /** As rsync does: each file is made beside and takes the other's name. */
  const putByName = () => {
    for (const name of names()) {
      copyFileSync(join(copy(), name), join(home.folder, `.${name}`));
      renameSync(join(home.folder, `.${name}`), join(home.folder, name));
    }
  };

  test.each([
    ['made anew', putAnew],
    ['by name', putByName],
    ['over what is there', putOver],
  ])('%s, begins a new life, whose ids are far from any that may have been given', async (_, put) => {
    const library = open();
    const shared = listen(library);
    library.close();
    await untilFilesClosed(fileIn(home.folder));
    keepFolder();
    const before = open();
    const { epoch, libraryId } = before.life;
    const lost = listen(before);
    before.close();
    await untilFilesClosed(fileIn(home.folder));
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
    await untilFilesClosed(fileIn(home.folder));
    putAnew();
    await restoreBackup({
      file: copy,
      dataDir: home.folder,
      configDir: join(home.folder, 'config'),
      clock: systemClock,
    });
    expect(listen(open())).toBeGreaterThan(lost + 1_000_000);
  });

  test('on another machine is a new life with everything in it; a folder that was only renamed goes on', async () => {
    const library = open();
    listen(library);
    library.close();
    await untilFilesClosed(fileIn(home.folder));
    keepFolder();
    const moved = open(copy());
    expect(moved.life).toMatchObject({ libraryId: library.life.libraryId, cause: 'swap' });
    expect(moved.reads.listens({ page: 1, pageSize: 10 }).items).toHaveLength(1);
    moved.close();
    await untilFilesClosed(fileIn(home.folder));
    renameSync(copy(), join(home.folder, 'renamed'));
    expect(open(join(home.folder, 'renamed')).life.epoch).toBe(moved.life.epoch);
  });
});
