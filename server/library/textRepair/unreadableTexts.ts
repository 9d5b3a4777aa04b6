import { isUtf8 } from 'node:buffer';
import { pathToFileURL } from 'node:url';
import Libsql from 'libsql';
import type { SqlValue } from '../database/database.ts';
import { readOnce } from '../database/query.ts';

/** What texts are looked for in: the library that is open, or a file. */
export interface TextSource {
  all<R>(sql: string, ...values: SqlValue[]): R[];
  /** The one value of a query's one row, as bytes; null for NULL. */
  bytes(sql: string, ...values: SqlValue[]): Buffer | null;
}

/** A stored text and where it is. */
export interface StoredText {
  table: string;
  column: string;
  /** Null in a table without rowids: the bytes themselves identify the rows then. */
  rowid: number | null;
  bytes: Buffer;
}

interface TextTable {
  name: string;
  hasRowids: boolean;
  /** Those that may hold text. */
  columns: string[];
}

/** Rowids that are looked at together: enough that handing them over costs little, and a few megabytes at the most. */
const STRETCH = 2_000;

/**
 * The texts that are not UTF-8. SQLite stores whatever bytes it is given or a disk makes of them, and no check of its own looks at
 * them. 300,000 listens are looked through in about a second.
 */
export function* unreadableTexts(source: TextSource): Generator<StoredText> {
  for (const table of textTables(source)) {
    for (const where of stretches(source, table)) {
      // Any sign between two texts keeps half a character at the end of one from being made whole by the next.
      const [texts, of] = [
        `concat_ws(char(10), ${table.columns.map(quoted).join(', ')})`,
        `FROM ${quoted(table.name)} ${where}`,
      ];
      const together = source.bytes(`SELECT CAST(group_concat(${texts}, char(10)) AS BLOB) ${of}`);
      if (together === null || isUtf8(together)) continue;
      for (const column of table.columns)
        yield* textsWhere(source, table, column, `${of} AND typeof(${quoted(column)}) = 'text'`).filter(
          ({ bytes }) => !isUtf8(bytes),
        );
    }
  }
}

/** Whether what the file says of its tables and their columns is UTF-8. */
export const isSchemaReadable = (source: TextSource): boolean =>
  isUtf8(
    source.bytes(
      'SELECT CAST(group_concat(concat_ws(char(10), name, tbl_name, sql), char(10)) AS BLOB) FROM sqlite_schema',
    ) ?? Buffer.alloc(0),
  );

/** @param of `FROM` a table, and which of its rows. */
export function textsWhere(
  source: Pick<TextSource, 'all'>,
  table: TextTable,
  column: string,
  of: string,
  ...values: SqlValue[]
): StoredText[] {
  const rows = source.all<{ id: number | null; bytes: string }>(
    `SELECT ${table.hasRowids ? 'rowid' : 'NULL'} AS id, hex(${quoted(column)}) AS bytes ${of}`,
    ...values,
  );
  return rows.map(({ id, bytes }) => ({ table: table.name, column, rowid: id, bytes: Buffer.from(bytes, 'hex') }));
}

/** All tables but those that an index for searching keeps for itself, whose texts nobody reads. */
export function textTables(source: Pick<TextSource, 'all'>): TextTable[] {
  const tables = source.all<{ name: string; bare: number; strict: number }>(
    "SELECT name, wr AS bare, strict FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT IN ('sqlite_schema', 'sqlite_master')",
  );
  const found = tables.map(({ name, bare, strict }) => {
    const columns = source.all<{ name: string; type: string }>('SELECT name, type FROM pragma_table_info(?)', name);
    // In a table that is not strict text may be in any column, whatever it is declared as.
    return {
      name,
      hasRowids: bare === 0,
      columns: columns
        .filter(({ type }) => strict === 0 || type === 'TEXT' || type === 'ANY')
        .map((column) => column.name),
    };
  });
  return found.filter(({ columns }) => columns.length > 0);
}

function* stretches(source: TextSource, { name, hasRowids }: TextTable): Generator<string> {
  if (!hasRowids) {
    yield 'WHERE true';
    return;
  }
  for (let last = -Infinity; ;) {
    const [row] = source.all<{ next: number | null }>(
      `SELECT min(rowid) AS next FROM ${quoted(name)} ${last === -Infinity ? '' : 'WHERE rowid > ?'}`,
      ...(last === -Infinity ? [] : [last]),
    );
    const next = row?.next ?? null;
    // A number that is not exact any more would lead back to itself.
    if (next === null || next <= last) return;
    last = next + STRETCH - 1;
    yield `WHERE rowid BETWEEN ${next} AND ${last}`;
  }
}

export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** A file that is looked at once. */
export const textsOfFile = (db: Libsql.Database): TextSource => ({
  all: <R>(sql: string, ...values: SqlValue[]) => readOnce<R>(db, sql, values),
  bytes: (sql, ...values) => (db.prepare(sql).raw(true).get(values) as [Buffer | null])[0],
});

/** How many texts of a file are not UTF-8; nothing may be writing to it. */
export function countUnreadableTexts(file: string): number {
  const db = new Libsql(`${pathToFileURL(file).href}?immutable=1`);
  try {
    return [...unreadableTexts(textsOfFile(db))].length;
  } finally {
    db.close();
  }
}
