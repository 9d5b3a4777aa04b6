import type Libsql from 'libsql';

type Values = readonly (string | number | null | undefined)[];

export interface Query {
  columns: readonly string[];
  /** Rows as arrays, in the order of the columns. */
  read(values: Values): unknown[][];
}

/** What only reads can be asked for as one text; `INSERT … RETURNING` and pragmas cannot. */
const READS = /^\s*(?:SELECT|WITH)\b/i;
const RETURNING = /\bRETURNING\s+(.+)$/is;

/**
 * Prepares a query whose answers never end the process: libsql does on a stored text that is not UTF-8, as a flipped bit or another
 * program leaves it, and it cannot be caught. Answers come as the bytes of JSON, and what is no character in them is read as U+FFFD.
 *
 * They come as one text for all rows too: libsql hands rows over one call each, which takes longer than finding them. They are
 * materialised first, so that a column that holds JSON stays the text it is.
 *
 * @param most `one` row or `all` of them.
 */
export function prepareQuery(db: Libsql.Database, sql: string, most: 'one' | 'all' = 'all'): Query {
  const direct = db.prepare(sql);
  const described = direct.columns();
  const columns = described.map(({ name }) => name);
  if (!READS.test(sql)) return { columns, read: rowsOfWrite(db, sql, direct) };
  const names = columns.map((_, index) => `c${index}`).join(', ');
  const values = described
    .map(({ type }, index) => (type !== null && NEVER_REAL.has(type) ? `c${index}` : exact(`c${index}`)))
    .join(', ');
  const some = most === 'all' ? sql : `SELECT * FROM (${sql}) LIMIT 1`;
  const whole = db
    .prepare(
      `WITH answer (${names}) AS MATERIALIZED (${some}) SELECT CAST(json_group_array(json_array(${values})) AS BLOB) FROM answer`,
    )
    .raw(true);
  return { columns, read: (values) => parsed((whole.get(values) as [Buffer])[0]) as unknown[][] };
}

function rowsOfWrite(db: Libsql.Database, sql: string, direct: Libsql.Statement): Query['read'] {
  const returned = RETURNING.exec(sql);
  if (returned === null) {
    direct.raw(true);
    return (values) => direct.all(values) as unknown[][];
  }
  const statement = db
    .prepare(
      `${sql.slice(0, returned.index)}RETURNING CAST(json_array(${expressionsOf(returned[1]!).map(exact).join(', ')}) AS BLOB)`,
    )
    .raw(true);
  return (values) => (statement.all(values) as [Buffer][]).map(([row]) => parsed(row) as unknown[]);
}

/** Columns of strict tables hold nothing but what they say. */
const NEVER_REAL = new Set(['INTEGER', 'TEXT']);

/** JSON in SQLite keeps 15 digits of a real number; 17 distinguish each from every other. An infinite one it writes itself. */
const exact = (value: string): string =>
  `CASE WHEN typeof(${value}) = 'real' AND abs(${value}) <= 1.7976931348623157e308 THEN json(printf('%!.17g', ${value})) ELSE ${value} END`;

/** What stands between the commas of a RETURNING, without the names that are given to it. */
function expressionsOf(list: string): string[] {
  const pieces = list.match(/'(?:[^']|'')*'|"(?:[^"]|"")*"|[(),]|[^'"(),]+/g) ?? [];
  const expressions = [''];
  let depth = 0;
  for (const piece of pieces) {
    depth += piece === '(' ? 1 : piece === ')' ? -1 : 0;
    if (piece === ',' && depth === 0) expressions.push('');
    else expressions.push(expressions.pop()! + piece);
  }
  return expressions.map((expression) => expression.replace(/\s+AS\s+(?:"(?:[^"]|"")*"|\w+)\s*$/i, '').trim());
}

const parsed = (bytes: Buffer): unknown => JSON.parse(bytes.toString('utf8'));

export const named = <R>(columns: readonly string[], row: readonly unknown[]): R =>
  Object.fromEntries(columns.map((column, index) => [column, row[index]])) as R;

/** The rows of one query of a file that is looked at once; texts that are not UTF-8 as {@link prepareQuery} reads them. */
export function readOnce<R>(db: Libsql.Database, sql: string, values: Values = []): R[] {
  const { columns, read } = prepareQuery(db, sql);
  return read(values).map((row) => named<R>(columns, row));
}
