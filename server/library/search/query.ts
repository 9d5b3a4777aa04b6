import { indexTerms, isUnspaced, soughtTerms } from '#shared/matching/searchTerms.ts';
import { isOneErrorAway, SHORTEST_FORGIVEN } from '#shared/matching/typing.ts';
import type { Database } from '../database/database.ts';
import { indexed, type SearchKind } from './searchIndex.ts';

/** Enough spellings for one mistyped word. */
const MOST_SPELLINGS = 8;

/** The kinds whose terms the index lists. */
type Forgiving = Exclude<SearchKind, 'playlists'>;

/** Terms that stand one after the other; a single one as a beginning. */
const quoted = (terms: readonly string[]): string => (terms.length === 1 ? `"${terms[0]}"*` : `"${terms.join(' ')}"`);

/** What a person typed, as terms of the index; empty when nothing was. */
const soughtIn = (q: string): string[][] => (q.trim() === '' ? [] : soughtTerms(indexed(q)));

/**
 * The query as FTS5 reads it: every word, in any order, each as a beginning. A word that begins nothing in the index is taken for
 * one with a typing error (fuzzy search). Null when nothing was typed.
 *
 * @param kinds the indexes that are asked with it: a word that one of them has is no error.
 */
export function ftsQuery(db: Database, kinds: readonly SearchKind[], q: string): string | null {
  const terms = ftsTerms(db, kinds, q, (all) => kinds.some((kind) => has(db, kind, all.join(' AND '))));
  return terms.length === 0 ? null : terms.join(' AND ');
}

/** The same word by word, where they may stand in several indexes. @param holds whether anything has all of these. */
export function ftsTerms(
  db: Database,
  kinds: readonly SearchKind[],
  q: string,
  holds: (terms: readonly string[]) => boolean,
): string[] {
  const sought = soughtIn(q);
  const strict = sought.map(quoted);
  if (strict.length === 0 || holds(strict)) return strict;
  const forgiving = sought.map((terms) => forgiven(db, kinds, terms));
  // Each word begins one of the index, but none has them all: one may be another's, mistyped: "form" for "from".
  return holds(forgiving) ? forgiving : sought.map((terms) => mistyped(db, kinds, terms));
}

/** Ids of what matches, the best first. */
export function matching(db: Database, kind: SearchKind, q: string, limit: number): number[] {
  const query = ftsQuery(db, [kind], q);
  if (query === null) return [];
  const order = kind === 'tracks' && isShortQuery(query) ? 'rowid' : 'rank';
  return db
    .rows<[number]>(
      `SELECT rowid FROM search_${kind} WHERE search_${kind} MATCH ? ORDER BY ${order} LIMIT ?`,
      query,
      limit,
    )
    .map(([id]) => id);
}

/** One or two letters begin half the library: ranking all of that would say nothing. */
const isShortQuery = (query: string): boolean => query.length <= '"ab"*'.length;

function forgiven(db: Database, kinds: readonly SearchKind[], terms: readonly string[]): string {
  const strict = quoted(terms);
  if (kinds.some((kind) => has(db, kind, strict))) return strict;
  const near = nearTo(db, kinds, terms);
  return near.length === 0 ? strict : `(${near.join(' OR ')})`;
}

const mistyped = (db: Database, kinds: readonly SearchKind[], terms: readonly string[]): string =>
  `(${[quoted(terms), ...nearTo(db, kinds, terms)].join(' OR ')})`;

/** How it may be spelt, as FTS5 reads it. */
function nearTo(db: Database, kinds: readonly SearchKind[], terms: readonly string[]): string[] {
  const [word = ''] = terms;
  if (terms.length > 1 || isUnspaced(word) || word.length < SHORTEST_FORGIVEN) return [];
  const spellings = new Set(
    kinds.flatMap((kind) => (kind === 'playlists' ? playlistSpellings(db, word) : spellingsOf(db, kind, word))),
  );
  return Array.from(spellings, (spelling) => `"${spelling}"`);
}

function has(db: Database, kind: SearchKind, query: string): boolean {
  return db.get(`SELECT 1 FROM search_${kind} WHERE search_${kind} MATCH ? LIMIT 1`, query) !== undefined;
}

/** The same for playlists, whose terms are listed nowhere: they are few. */
function playlistSpellings(db: Database, word: string): string[] {
  const counts = new Map<string, number>();
  for (const [name] of db.rows<[string]>('SELECT name FROM playlists WHERE deleted_at IS NULL')) {
    for (const term of new Set(indexTerms(indexed(name))))
      if (isOneErrorAway(word, term)) counts.set(term, (counts.get(term) ?? 0) + 1);
  }
  return [...counts]
    .sort(([, one], [, other]) => other - one)
    .slice(0, MOST_SPELLINGS)
    .map(([term]) => term);
}

/** Terms of the index that this one is within one typing error of, or of their beginning; the most frequent first. */
function spellingsOf(db: Database, kind: Forgiving, word: string): string[] {
  const near = (terms: [string, number][]) => terms.filter(([term]) => isOneErrorAway(word, term));
  const ranges = [...new Set([word[0]!, word[1]!])].flatMap((letter) =>
    db.rows<[string, number]>(
      `SELECT term, doc FROM search_${kind}_words WHERE term >= ? AND term < ?`,
      letter,
      `${letter}\u{10ffff}`,
    ),
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
