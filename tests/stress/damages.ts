import {
  closeSync,
  existsSync,
  openSync,
  readFileSync,
  readSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { pathToFileURL } from 'node:url';
import Libsql from 'libsql';
import type { SeededChance } from '#tests/simulators/catalogue/random.ts';

/** Something that happens to a library's file while nobody has it open. */
export interface Damage {
  about: string;
  /** `part`: the file is AIME's and not all of it is whole. `log`: the same of its log. `other`: it is no library of AIME's any more. */
  of: 'part' | 'log' | 'other';
  do(file: string, chance: SeededChance): void;
}

const PAGE = 4_096;

/** Changes bytes in place; as often as not so that the system notices no change, as a disk does that loses bits. */
function changed(path: string, chance: SeededChance, change: (descriptor: number, bytes: number) => void): void {
  const { atimeMs, mtimeMs, size } = statSync(path);
  const descriptor = openSync(path, 'r+');
  try {
    change(descriptor, size);
  } finally {
    closeSync(descriptor);
  }
  if (chance.happens(0.5)) utimesSync(path, atimeMs / 1000, mtimeMs / 1000);
}

function flip(descriptor: number, at: number, chance: SeededChance): void {
  const byte = Buffer.alloc(1);
  readSync(descriptor, byte, 0, 1, at);
  byte[0] = byte[0]! ^ chance.whole(1, 255);
  writeSync(descriptor, byte, 0, 1, at);
}

const flipped = (from: number, to: (bytes: number) => number, most: number) => (path: string, chance: SeededChance) =>
  changed(path, chance, (descriptor, bytes) => {
    for (let times = chance.whole(1, most); times > 0; times -= 1)
      flip(descriptor, chance.whole(from, Math.min(bytes, to(bytes)) - 1), chance);
  });

/** The first bytes of a page say what it is and where its rows are. */
function flippedPageHeads(path: string, chance: SeededChance): void {
  changed(path, chance, (descriptor, bytes) => {
    for (let times = chance.whole(1, 3); times > 0; times -= 1)
      flip(descriptor, chance.whole(1, Math.floor(bytes / PAGE) - 1) * PAGE + chance.whole(0, 40), chance);
  });
}

/** The last bytes of an index's page belong to one of its entries: the page stays well-formed, and no row is found by that entry any more. */
function flippedEntry(path: string, chance: SeededChance): void {
  const db = new Libsql(`${pathToFileURL(path).href}?immutable=1`);
  const rows = db
    .prepare(
      "SELECT rootpage AS root FROM sqlite_master WHERE type = 'index' AND tbl_name IN ('listening_history', 'scrobbles', 'tracks')",
    )
    .all() as { root: number }[];
  db.close();
  changed(path, chance, (descriptor) => flip(descriptor, chance.one(rows).root * PAGE - chance.whole(1, 3), chance));
}

const READ = [
  'tracks.title',
  'tracks.created_at',
  'albums.title',
  'artists.name',
  'artists.sort_name',
  'scrobbles.payload',
  'listening_history.created_at',
] as const;

/** The highest bit of a letter of texts that are read: what comes is no UTF-8, and SQLite looks at no text. In one place of the file, or wherever the text is. */
function flippedTexts(path: string, chance: SeededChance): void {
  const db = new Libsql(`${pathToFileURL(path).href}?immutable=1`);
  const texts = Array.from({ length: chance.whole(1, 3) }, () => {
    const [table, column] = chance.one(READ).split('.');
    return (db.prepare(`SELECT ${column} AS text FROM ${table} ORDER BY rowid`).all() as { text: string }[]).map(
      ({ text }) => text,
    );
  });
  db.close();
  const bytes = readFileSync(path);
  changed(path, chance, (descriptor) => {
    for (const text of texts.flatMap((column) => (column.length > 0 ? [chance.one(column)] : []))) {
      const [letter, places] = [chance.whole(0, Buffer.byteLength(text) - 1), [] as number[]];
      for (let at = bytes.indexOf(text); at >= 0; at = bytes.indexOf(text, at + 1)) places.push(at + letter);
      for (const at of chance.happens(0.5) || places.length === 0 ? places : [chance.one(places)])
        writeSync(descriptor, Buffer.from([bytes[at]! ^ 0x80]), 0, 1, at);
    }
  });
}

function zeroed(path: string, chance: SeededChance): void {
  changed(path, chance, (descriptor, bytes) => {
    const length = Math.min(bytes, chance.one([512, PAGE, 5 * PAGE, 100_000]));
    const at = chance.happens(0.5)
      ? Math.floor(chance.whole(0, bytes - length) / 512) * 512
      : chance.whole(0, bytes - length);
    writeSync(descriptor, Buffer.alloc(length), 0, length, at);
  });
}

const cut = (path: string, chance: SeededChance): void => truncateSync(path, chance.whole(1, statSync(path).size - 1));

/** Puts a database of somebody else's in the place. */
function database(path: string, ...statements: string[]): void {
  for (const part of ['', '-wal', '-shm']) rmSync(path + part, { force: true });
  const db = new Libsql(path);
  for (const statement of statements) db.exec(statement);
  db.close();
}

function foreignLog(file: string): void {
  const other = `${file}.other`;
  const db = new Libsql(other);
  db.exec('PRAGMA journal_mode = WAL');
  db.exec('CREATE TABLE notes (text TEXT)');
  db.exec(`INSERT INTO notes VALUES ('${'x'.repeat(20_000)}')`);
  const log = readFileSync(`${other}-wal`);
  db.close();
  writeFileSync(`${file}-wal`, log);
  for (const part of ['', '-wal', '-shm']) rmSync(other + part, { force: true });
}

const logOf = (damage: (path: string, chance: SeededChance) => void) => (file: string, chance: SeededChance) => {
  if (existsSync(`${file}-wal`) && statSync(`${file}-wal`).size > PAGE) damage(`${file}-wal`, chance);
  else foreignLog(file);
};

export const DAMAGES: readonly Damage[] = [
  { about: 'bytes of the header', of: 'part', do: flipped(0, () => 100, 4) },
  { about: 'bytes anywhere', of: 'part', do: flipped(100, (bytes) => bytes, 12) },
  { about: 'heads of pages', of: 'part', do: flippedPageHeads },
  { about: 'a byte', of: 'part', do: flipped(100, (bytes) => bytes, 1) },
  { about: 'the highest bits of letters', of: 'part', do: flippedTexts },
  { about: 'an entry of an index', of: 'part', do: flippedEntry },
  { about: 'zeros', of: 'part', do: zeroed },
  { about: 'cut off', of: 'part', do: cut },
  { about: 'bytes of the log', of: 'log', do: logOf(flipped(0, (bytes) => bytes, 6)) },
  { about: 'the log cut off', of: 'log', do: logOf(cut) },
  { about: 'another’s log', of: 'log', do: foreignLog },
  { about: 'nothing', of: 'other', do: (file) => truncateSync(file, 0) },
  {
    about: 'a text',
    of: 'other',
    do: (file) => writeFileSync(file, 'Dear diary, today nothing was heard.\n'.repeat(40)),
  },
  {
    about: 'a picture',
    of: 'other',
    do: (file, chance) =>
      writeFileSync(
        file,
        Buffer.from(Array.from({ length: 9_000 }, (_, at) => [0xff, 0xd8, 0xff, 0xe0][at] ?? chance.whole(0, 255))),
      ),
  },
  {
    about: 'a database of something else',
    of: 'other',
    do: (file) => database(file, 'CREATE TABLE notes (text TEXT)', "INSERT INTO notes VALUES ('one')"),
  },
  {
    about: 'the library of the Python AIME',
    of: 'other',
    do: (file) =>
      database(
        file,
        'CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)',
        'CREATE TABLE service_states (service_name VARCHAR NOT NULL PRIMARY KEY)',
        'CREATE TABLE listening_history (id INTEGER NOT NULL PRIMARY KEY, track_id INTEGER NOT NULL, timestamp INTEGER NOT NULL)',
      ),
  },
];
