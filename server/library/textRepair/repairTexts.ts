import type { Database } from '../database/database.ts';
import { repairedText } from './repairedText.ts';
import { integrityFlaws } from './integrityFlaws.ts';
import { quoted, type StoredText, textsWhere, textTables, unreadableTexts } from './unreadableTexts.ts';

/** What a column may hold besides that must not stay: control characters, and those and halves of a pair as escapes in JSON. */
const suspect = (column: string) =>
  `instr(CAST(${column} AS BLOB), x'00') > 0 OR ${column} GLOB ?1 OR ${column} LIKE '%\\ud%' OR ${column} LIKE '%\\u00%'`;
const CONTROLS = '*[\u0001-\u0008\u000b-\u001f]*';

/**
 * Makes every stored text well-formed. Earlier versions could write half of a surrogate pair, whose bytes are no UTF-8, and control
 * characters.
 *
 * @returns how many texts were repaired.
 */
export const repairTexts = (db: Database): number =>
  repairUnreadableTexts(db).length + replaced(db, mendingsOf(db, suspectTexts(db))).length;

/**
 * Makes every stored text UTF-8, whatever it was that made it none, and has the indexes find its row again.
 *
 * @returns what was repaired, as it was. @throws when one can be put into no form that its column takes.
 */
export function repairUnreadableTexts(db: Database): StoredText[] {
  const texts = [...unreadableTexts(db)];
  // Before the indexes are made anew: one of them may still hold what the text was.
  const mendings = mendingsOf(db, texts);
  if (integrityFlaws(db, texts) === 'missed rows') db.exec('REINDEX');
  return replaced(db, mendings);
}

function suspectTexts(db: Database): StoredText[] {
  return textTables(db).flatMap((table) =>
    table.columns.flatMap((column) =>
      textsWhere(
        db,
        table,
        column,
        `FROM ${quoted(table.name)} WHERE typeof(${quoted(column)}) = 'text' AND (${suspect(quoted(column))})`,
        CONTROLS,
      ),
    ),
  );
}

/** A disk loses a bit here and there; what looks through all rows for each text is not done for a program's thousands. */
const FEW = 100;

interface Mending {
  text: StoredText;
  after: string;
}

/** Those that do not stay as they are. */
function mendingsOf(db: Database, texts: readonly StoredText[]): Mending[] {
  const known =
    ({ table, column }: StoredText) =>
    (text: string) =>
      texts.length <= FEW &&
      db.get(`SELECT 1 FROM ${quoted(table)} WHERE ${quoted(column)} = ? LIMIT 1`, text) !== undefined;
  return texts
    .map((text) => ({ text, after: repairedText(text.bytes, known(text)) }))
    .filter(({ text, after }) => !Buffer.from(after).equals(text.bytes));
}

function replaced(db: Database, mendings: readonly Mending[]): StoredText[] {
  for (const { text, after } of mendings) replace(db, text, after);
  return mendings.map(({ text }) => text);
}

/** More than there can be names that are the same but for what became U+FFFD. */
const MOST_TRIES = 1_000;

function replace(db: Database, { table, column, rowid, bytes }: StoredText, after: string): void {
  const [of, name] = [quoted(table), quoted(column)];
  const place = rowid === null ? `hex(${name}) = ?1` : `rowid = ?2 AND hex(${name}) = ?1`;
  const values = [bytes.toString('hex').toUpperCase(), ...(rowid === null ? [] : [rowid])];
  // A name that must be the only one of its kind gets a further sign when another has it already.
  for (
    let [text, tries] = [after, 0];
    db.get(`SELECT 1 FROM ${of} WHERE ${place}`, ...values) !== undefined;
    text += '\ufffd', tries += 1
  ) {
    if (tries > MOST_TRIES) throw new Error(`a text in ${table}.${column} cannot be mended`);
    db.run(`UPDATE OR IGNORE ${of} SET ${name} = ?${values.length + 1} WHERE ${place}`, ...values, text);
  }
}
