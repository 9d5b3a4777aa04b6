import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Libsql from 'libsql';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../kit/clock.ts';
import { silentLog } from '../../kit/log.ts';
import { firstFlaw, writeVerifiedCopy } from '../database/verifiedCopy.ts';
import { openDatabase } from '../database/database.ts';
import { LibraryFileError, migrate, type Migration, migrations } from './migrate.ts';
import { libraryForTest, listenTo, openIn } from '../testing/library.ts';

const open = (folder: string, name = 'musique.db') => openIn(folder, { file: join(folder, name) });

/** A closed library with one listen, its file opened by itself, and the number of the next migration. */
function withListen() {
  const { library, folder } = libraryForTest();
  listenTo(library);
  library.close();
  const db = openDatabase(join(folder, 'musique.db'));
  const next = (migrations.at(-1)?.number ?? 0) + 1;
  const migrateBy = (steps: readonly Migration[]) =>
    migrate(db, {
      backupsDir: join(folder, 'backups'),
      clock: systemClock,
      log: silentLog,
      steps: [...migrations, ...steps],
    });
  return { folder, db, next, migrateBy };
}

describe('opening the file', () => {
  it('makes it for its owner alone, and finds everything again', () => {
    const { library, folder } = libraryForTest();
    const listenId = listenTo(library);
    const { epoch } = library.feed;
    library.close();
    expect(statSync(join(folder, 'musique.db')).mode & 0o077).toBe(0);
    const again = open(folder);
    expect(again.feed.epoch).toBe(epoch);
    expect(again.reads.listen(listenId)).toMatchObject({ track: { title: 'Bris' } });
    again.close();
    expect(existsSync(join(folder, 'backups'))).toBe(false);
  });

  it('refuses a file of a newer version in words', () => {
    const { library, folder } = libraryForTest();
    library.close();
    const db = new Libsql(join(folder, 'musique.db'));
    db.exec('PRAGMA user_version = 9999');
    db.close();
    expect(() => open(folder)).toThrow(/newer AIME.*9999/);
  });

  it('refuses somebody else’s database, and what is none', () => {
    const { folder } = libraryForTest();
    const db = new Libsql(join(folder, 'other.db'));
    db.exec('CREATE TABLE notes (text TEXT)');
    db.close();
    expect(() => open(folder, 'other.db')).toThrow(LibraryFileError);
    writeFileSync(
      join(folder, 'text.db'),
      'this is no database, only a text that is long enough to be read as one'.repeat(20),
    );
    expect(() => open(folder, 'text.db')).toThrow(/is no database/);
  });

  it('puts right what pending steps will read before the first of them, and only in a file that was there', () => {
    const { library, folder } = libraryForTest();
    library.close();
    const db = openDatabase(join(folder, 'musique.db'));
    const done: string[] = [];
    const newest = migrations.at(-1)!.number;
    const steps = [
      {
        number: newest + 1,
        name: 'reads',
        schema:
          "INSERT INTO settings (key, value, updated_at) VALUES ('repaired', (SELECT count(*) FROM pragma_table_info('ready')), '')",
      },
      {
        number: newest + 2,
        name: 'repairs',
        schema: '',
        before: (file: typeof db) => {
          file.exec('CREATE TABLE ready (one, two)');
          done.push('repaired');
        },
      },
    ];
    migrate(db, {
      backupsDir: join(folder, 'backups'),
      clock: systemClock,
      log: silentLog,
      steps: [...migrations, ...steps],
    });
    expect(db.get("SELECT value FROM settings WHERE key = 'repaired'")).toEqual({ value: '2' });
    expect(done).toEqual(['repaired']);
    db.close();
  });

  it('keeps one verified copy before an update, from before the first of its steps', () => {
    const { db, folder, next, migrateBy } = withListen();
    const steps = ['more', 'most'].map((name, index) => ({
      number: next + index,
      name,
      schema: `CREATE TABLE ${name} (id INTEGER PRIMARY KEY)`,
    }));
    migrateBy(steps);
    migrateBy(steps);
    const [copy, ...others] = readdirSync(join(folder, 'backups'));
    expect(others).toEqual([]);
    expect(copy).toContain(`before-schema-${next}-`);
    const before = new Libsql(join(folder, 'backups', copy!), { readonly: true });
    expect(before.prepare("SELECT name FROM sqlite_master WHERE name IN ('more', 'most')").all()).toEqual([]);
    before.close();
    expect(firstFlaw(join(folder, 'backups', copy!))).toBeNull();
    db.close();
  });

  it('takes a failing migration back, leaves no copy of each try, and keeps the file as it was', () => {
    const { db, folder, next, migrateBy } = withListen();
    const broken = { number: next, name: 'broken', schema: 'CREATE TABLE more (id INTEGER); SELECT * FROM nowhere' };
    for (let tries = 0; tries < 3; tries += 1) expect(() => migrateBy([broken])).toThrow(/nowhere/);
    expect(readdirSync(join(folder, 'backups'))).toEqual([]);
    db.close();
    const again = open(folder);
    expect(again.reads.counts().listens).toBe(1);
    again.close();
  });

  it('moves data with the schema or not at all, and goes on where it was cut off', () => {
    const { db, next, migrateBy } = withListen();
    let isCutOff = true;
    const steps: Migration[] = [
      { number: next, name: 'first', schema: 'CREATE TABLE moved (title TEXT NOT NULL) STRICT' },
      {
        number: next + 1,
        name: 'moves',
        schema: 'ALTER TABLE moved ADD COLUMN length INTEGER',
        data(file) {
          for (const [title] of file.rows<[string]>('SELECT title FROM tracks')) {
            file.run('INSERT INTO moved (title, length) VALUES (?, ?)', title.toUpperCase(), title.length);
            if (isCutOff) throw new Error('cut off');
          }
        },
      },
    ];
    expect(() => migrateBy(steps)).toThrow('cut off');
    expect(db.get('PRAGMA user_version')).toEqual({ user_version: next });
    expect(db.all('SELECT title FROM moved')).toEqual([]);
    isCutOff = false;
    migrateBy(steps);
    expect(db.all('SELECT title, length FROM moved')).toEqual([{ title: 'BRIS', length: 4 }]);
    expect(db.get('PRAGMA user_version')).toEqual({ user_version: next + 1 });
    db.close();
  });

  it('says what is wrong with a copy, and leaves none behind that is not sound', () => {
    const { library, folder } = libraryForTest();
    listenTo(library);
    expect(firstFlaw(join(folder, 'nothing.db'))).toMatch(/no such file/);
    const db = openDatabase(join(folder, 'musique.db'));
    db.exec('PRAGMA foreign_keys = OFF; UPDATE listening_history SET track_id = 999');
    expect(() => writeVerifiedCopy(db, join(folder, 'copy.db'))).toThrow(/refers to nothing/);
    expect(readdirSync(folder).filter((name) => name.startsWith('copy'))).toEqual([]);
    db.close();
  });
});

describe('transactions', () => {
  it('take everything back when an inner one failed, even if that was caught', () => {
    const { folder } = libraryForTest();
    const db = openDatabase(join(folder, 'plain.db'));
    db.exec('CREATE TABLE t (id INTEGER)');
    const swallow = () => {
      try {
        db.transaction(() => {
          db.run('INSERT INTO t VALUES (2)');
          throw new Error('inner');
        });
      } catch {
        db.run('INSERT INTO t VALUES (3)');
      }
    };
    expect(() => db.transaction(swallow)).toThrow(/none of it/);
    expect(db.all('SELECT id FROM t')).toEqual([]);
    db.transaction(() => db.transaction(() => db.run('INSERT INTO t VALUES (1)')));
    expect(db.all('SELECT id FROM t')).toEqual([{ id: 1 }]);
    expect(db.get('SELECT ? AS a, ? AS b', undefined, true as unknown as number)).toEqual({ a: null, b: 1 });
    db.close();
  });
});
