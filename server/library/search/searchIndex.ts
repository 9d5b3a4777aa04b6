import { foldForSearch } from '#shared/matching/fold.ts';
import type { Database } from '../database.ts';

export const searchKinds = ['artists', 'albums', 'tracks', 'playlists'] as const;
export type SearchKind = (typeof searchKinds)[number];

/** The folded names of everything that can be found, kept in step in the transaction that changes them. */
export interface SearchIndex {
  /** @param names as people read them; the index folds them. */
  put(kind: SearchKind, id: number, names: readonly string[]): void;
  remove(kind: SearchKind, id: number): void;
}

export function searchIndex(db: Database): SearchIndex {
  return {
    put(kind, id, names) {
      db.run(`INSERT OR REPLACE INTO search_${kind} (rowid, folded) VALUES (?, ?)`, id, names.map(indexed).join(' '));
    },
    remove: (kind, id) => void db.run(`DELETE FROM search_${kind} WHERE rowid = ?`, id),
  };
}

const WORD = /[\p{L}\p{N}]/u;

/**
 * A name as the index holds it. A name of signs alone ("!!!") would be no word to FTS5, so it is spelt in hexadecimal.
 */
export function indexed(name: string): string {
  const folded = foldForSearch(name);
  return WORD.test(folded) ? folded : `sign${Buffer.from(folded).toString('hex')}`;
}
