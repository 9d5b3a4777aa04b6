import type { Database } from './database.ts';
import { mendedText } from './mendedText.ts';
import { quoted, type StoredText, textsWhere, textTables, unreadableTexts } from './unreadableTexts.ts';

/** What a column may hold besides that must not stay: control characters, and those and halves of a pair as escapes in JSON. */
const suspect = (column: string) => `instr(CAST(${column} AS BLOB), x'00') > 0 OR ${column} GLOB ?1 OR ${column} LIKE '%\\ud%' OR ${column} LIKE '%\\u00%'`;
const CONTROLS = '*[\u0001-\u0008\u000b-\u001f]*';

/**
 * Makes every stored text well-formed. Earlier versions could write half of a surrogate pair, whose bytes are no UTF-8, and control
 * characters.
 *
 * @returns how many texts were repaired.
 */
export const repairTexts = (db: Database): number => mendUnreadableTexts(db).length + mended(db, suspectTexts(db)).length;

/**
 * Makes every stored text UTF-8, whatever it was that made it none.
 *
 * @returns what was repaired, as it was. @throws when one can be put into no form that its column takes.
 */
export const mendUnreadableTexts = (db: Database): StoredText[] => mended(db, [...unreadableTexts(db)]);

function suspectTexts(db: Database): StoredText[] {
  return textTables(db).flatMap((table) =>
    table.columns.flatMap((column) => textsWhere(db, table, column, `FROM ${quoted(table.name)} WHERE typeof(${quoted(column)}) = 'text' AND (${suspect(quoted(column))})`, CONTROLS)),
  );
}

/** A disk loses a bit here and there; what looks through all rows for each text is not done for a program's thousands. */
const FEW = 100;

/** @returns those that are not as they were. */
function mended(db: Database, texts: readonly StoredText[]): StoredText[] {
  const known = ({ table, column }: StoredText) => (text: string) => texts.length <= FEW && db.get(`SELECT 1 FROM ${quoted(table)} WHERE ${quoted(column)} = ? LIMIT 1`, text) !== undefined;
  return texts.filter((text) => {
    const after = mendedText(text.bytes, known(text));
    if (Buffer.from(after).equals(text.bytes)) return false;
    replace(db, text, after);
    return true;
  });
}

/** More than there can be names that are the same but for what became U+FFFD. */
const MOST_TRIES = 1_000;

function replace(db: Database, { table, column, rowid, bytes }: StoredText, after: string): void {
  const [of, name] = [quoted(table), quoted(column)];
  const place = rowid === null ? `hex(${name}) = ?1` : `rowid = ?2 AND hex(${name}) = ?1`;
  const values = [bytes.toString('hex').toUpperCase(), ...(rowid === null ? [] : [rowid])];
  // A name that must be the only one of its kind gets a further sign when another has it already.
  for (let [text, tries] = [after, 0]; db.get(`SELECT 1 FROM ${of} WHERE ${place}`, ...values) !== undefined; text += '\ufffd', tries += 1) {
    if (tries > MOST_TRIES) throw new Error(`a text in ${table}.${column} cannot be mended`);
    db.run(`UPDATE OR IGNORE ${of} SET ${name} = ?${values.length + 1} WHERE ${place}`, ...values, text);
  }
}
