import { readJson } from '#shared/text/json.ts';
import { wellFormed } from '#shared/text/wellFormed.ts';
import type { Database } from './database.ts';

const TABLES = `SELECT name, sql LIKE '%WITHOUT ROWID%' AS bare FROM sqlite_master
  WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' AND name NOT LIKE 'search\\_%' ESCAPE '\\' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'`;

/**
 * Makes every stored text well-formed. Earlier versions could write half of a surrogate pair, whose bytes are no UTF-8: libsql
 * ends the process when it reads them, so texts are looked for as bytes and read as hexadecimal digits.
 *
 * @returns how many texts were repaired.
 */
export function repairTexts(db: Database): number {
  const tables = db.all<{ name: string; bare: number }>(TABLES);
  return tables.reduce((repaired, { name, bare }) => repaired + repairTable(db, name, bare === 1), 0);
}

function repairTable(db: Database, table: string, bare: boolean): number {
  const columns = db.all<{ name: string; type: string }>(`SELECT name, type FROM pragma_table_info('${table}')`).filter(({ type }) => type === 'TEXT');
  return columns.reduce((repaired, { name }) => repaired + repairColumn(db, table, name, bare), 0);
}

/** What a column may hold that must not stay: bytes of half a pair, control characters, and both as escapes in JSON. */
const suspect = (column: string) =>
  `instr(CAST(${column} AS BLOB), x'ED') > 0 OR instr(CAST(${column} AS BLOB), x'00') > 0 OR ${column} GLOB ?1
   OR ${column} LIKE '%\\ud%' OR ${column} LIKE '%\\u00%'`;
const CONTROLS = '*[\u0001-\u0008\u000b-\u001f]*';

function repairColumn(db: Database, table: string, column: string, bare: boolean): number {
  const found = db.all<{ id: number; bytes: string }>(
    `SELECT ${bare ? '0' : 'rowid'} AS id, hex(${column}) AS bytes FROM ${table} WHERE ${suspect(column)}`,
    CONTROLS,
  );
  const place = bare ? `hex(${column}) = ?2` : `rowid = ?3 AND hex(${column}) = ?2`;
  let repaired = 0;
  for (const { id, bytes } of found) {
    const before = Buffer.from(bytes, 'hex');
    let after = repairedText(before);
    if (Buffer.from(after).equals(before)) continue;
    // A name that must be the only one of its kind gets a further sign when another has it already.
    while (db.run(`UPDATE OR IGNORE ${table} SET ${column} = ?1 WHERE ${place}`, after, bytes, ...(bare ? [] : [id])).changes === 0) after += '\ufffd';
    repaired += 1;
  }
  return repaired;
}

function repairedText(bytes: Buffer): string {
  const bytesOfHalves = /\xed[\xa0-\xbf][\x80-\xbf]/g;
  const text = wellFormed(Buffer.from(bytes.toString('latin1').replaceAll(bytesOfHalves, '\xef\xbf\xbd'), 'latin1').toString('utf8'));
  if (!/^\s*[[{"]/.test(text)) return text;
  try {
    return JSON.stringify(readJson(text));
  } catch {
    return text;
  }
}
