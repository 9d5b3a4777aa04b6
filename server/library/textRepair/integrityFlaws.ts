import { quoted, type StoredText, type TextSource } from './unreadableTexts.ts';

/** More than a few flipped bits can bring about. */
const MOST = 100;

export type IntegrityFlaws =
  | 'none'
  /** Indexes that miss rows whose texts are not UTF-8, and nothing else. */
  | 'missed rows'
  | { first: string };

/**
 * What SQLite finds wrong with a library's file, held against its texts that are not UTF-8: a bit that flips in a text that an index
 * holds too makes the index miss the row.
 */
export function integrityFlaws(source: Pick<TextSource, 'all'>, texts: readonly StoredText[]): IntegrityFlaws {
  const flaws = source
    .all<Record<string, string>>(`PRAGMA integrity_check(${MOST})`)
    .map((row) => String(Object.values(row)[0]));
  if (flaws[0] === 'ok') return 'none';
  const other = flaws.length < MOST ? flaws.find((flaw) => !isMissedFor(source, flaw, texts)) : flaws[0];
  if (other !== undefined) return { first: other };
  return flaws.length > 0 ? 'missed rows' : { first: 'the check gave no answer' };
}

function isMissedFor(source: Pick<TextSource, 'all'>, flaw: string, texts: readonly StoredText[]): boolean {
  // SQLite says which row it is in their order, not by its rowid.
  const [, row, index] = /^row (\d+) missing from index (\S+)$/.exec(flaw) ?? [];
  if (row === undefined || index === undefined) return false;
  const [found] = source.all<{ table: string }>(
    "SELECT tbl_name AS 'table' FROM sqlite_master WHERE type = 'index' AND name = ?",
    index,
  );
  const ofTable = texts.filter(({ table, rowid }) => table === found?.table && rowid !== null);
  if (ofTable.length === 0) return false;
  const [place] = source.all<{ id: number }>(
    `SELECT rowid AS id FROM ${quoted(ofTable[0]!.table)} ORDER BY rowid LIMIT 1 OFFSET ?`,
    Number(row) - 1,
  );
  return ofTable.some(({ rowid }) => rowid === place?.id);
}
