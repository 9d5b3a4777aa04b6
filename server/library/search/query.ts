import type { Database } from '../database.ts';
import { indexed, type SearchKind } from './searchIndex.ts';
import { withinOneError } from './typing.ts';

/** Shorter words are within one error of too much. */
const SHORTEST_FORGIVEN = 4;
/** Enough spellings for one mistyped word. */
const MOST_SPELLINGS = 8;

/** What a person typed, as words of the index. */
const wordsOf = (q: string): string[] => indexed(q).split(' ').filter((word) => word !== '');

const quoted = (word: string): string => `"${word}"*`;

/** The query as FTS5 reads it: every word, in any order, each as a beginning. Null when nothing was typed. */
export function ftsQuery(q: string): string | null {
  const words = q.trim() === '' ? [] : wordsOf(q);
  return words.length === 0 ? null : words.map(quoted).join(' AND ');
}

/**
 * Ids of what matches, the best first. When nothing does, each word that begins nothing in the index is taken for one with
 * a typing error.
 */
export function matching(db: Database, kind: SearchKind, q: string, limit: number): number[] {
  const strict = ftsQuery(q);
  if (strict === null) return [];
  const found = run(db, kind, strict, limit);
  if (found.length > 0 || kind === 'playlists') return found;
  const forgiving = forgivingQuery(db, kind, q);
  return forgiving === null ? [] : run(db, kind, forgiving, limit);
}

/** One or two letters begin half the library: ranking all of that would tell nothing. */
const tellsLittle = (query: string): boolean => query.length <= '"ab"*'.length;

function run(db: Database, kind: SearchKind, query: string, limit: number): number[] {
  const order = kind === 'tracks' && tellsLittle(query) ? 'rowid' : 'rank';
  return db.rows<[number]>(`SELECT rowid FROM search_${kind} WHERE search_${kind} MATCH ? ORDER BY ${order} LIMIT ?`, query, limit).map(([id]) => id);
}

function forgivingQuery(db: Database, kind: Exclude<SearchKind, 'playlists'>, q: string): string | null {
  const parts = wordsOf(q).map((word) => {
    if (begins(db, kind, word)) return quoted(word);
    const spellings = word.length < SHORTEST_FORGIVEN ? [] : spellingsOf(db, kind, word);
    return spellings.length === 0 ? null : `(${spellings.map((spelling) => `"${spelling}"`).join(' OR ')})`;
  });
  return parts.includes(null) ? null : parts.join(' AND ');
}

function begins(db: Database, kind: Exclude<SearchKind, 'playlists'>, word: string): boolean {
  return db.get(`SELECT 1 FROM search_${kind} WHERE search_${kind} MATCH ? LIMIT 1`, quoted(word)) !== undefined;
}

/** Words of the index that this one is within one typing error of, or of their beginning; the most frequent first. */
function spellingsOf(db: Database, kind: Exclude<SearchKind, 'playlists'>, word: string): string[] {
  const near = (terms: [string, number][]) => terms.filter(([term]) => withinOneError(word, term));
  const ranges = [...new Set([word[0]!, word[1]!])].flatMap((letter) =>
    db.rows<[string, number]>(`SELECT term, doc FROM search_${kind}_words WHERE term >= ? AND term < ?`, letter, `${letter}\u{10ffff}`),
  );
  const found = near(ranges);
  const wrongFirst = () =>
    near(
      db.rows<[string, number]>(
        `SELECT term, doc FROM search_${kind}_words WHERE substr(term, 2, ?1) = ?2 OR substr(term, 2, ?1 - 1) = ?3`,
        word.length,
        word,
        word.slice(1),
      ),
    );
  return (found.length > 0 ? found : wrongFirst())
    .sort(([, one], [, other]) => other - one)
    .slice(0, MOST_SPELLINGS)
    .map(([term]) => term);
}
