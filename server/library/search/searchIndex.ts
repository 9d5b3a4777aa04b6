import { foldForSearch } from '#shared/matching/fold.ts';
import { indexTerms } from '#shared/matching/searchTerms.ts';
import type { Database } from '../database/database.ts';

export const searchKinds = ['artists', 'albums', 'tracks', 'playlists'] as const;
export type SearchKind = (typeof searchKinds)[number];

/** The index of the full-text search: the folded names of everything that can be found, written with the transaction that changes them. */
export interface SearchIndex {
  /** @param names as people read them; the index folds them. */
  put(kind: SearchKind, id: number, names: readonly string[]): void;
  remove(kind: SearchKind, id: number): void;
}

export function searchIndex(db: Database): SearchIndex {
  const folded = new Map<string, string>();
  const pending = new Map<SearchKind, Map<number, string | null>>(searchKinds.map((kind) => [kind, new Map()]));

  function write(kind: SearchKind, changes: Map<number, string | null>): void {
    const known = new Map(
      db.rows<[number, string]>(
        `SELECT rowid, folded FROM search_${kind} WHERE rowid IN (SELECT value FROM json_each(?))`,
        JSON.stringify([...changes.keys()]),
      ),
    );
    // Much is put as it is there already: an artist's new name stands on all that is theirs, a new rule changes few names.
    const changed = [...changes].filter(([id, text]) => (known.get(id) ?? null) !== text);
    const gone = changed.map(([id]) => id);
    const there = changed.filter(([, text]) => text !== null);
    db.run(`DELETE FROM search_${kind} WHERE rowid IN (SELECT value FROM json_each(?))`, JSON.stringify(gone));
    db.run(
      `INSERT INTO search_${kind} (rowid, folded) SELECT value ->> 0, value ->> 1 FROM json_each(?)`,
      JSON.stringify(there),
    );
    changes.clear();
    folded.clear();
  }

  /** The same artist stands with every track of a transaction. */
  function foldedOnce(name: string): string {
    let text = folded.get(name);
    if (text === undefined) folded.set(name, (text = indexTerms(indexed(name)).join(' ')));
    return text;
  }

  db.onTransaction({
    beforeCommit: () => pending.forEach((changes, kind) => changes.size > 0 && write(kind, changes)),
    afterCommit() {},
    afterRollback: () => pending.forEach((changes) => changes.clear()),
  });
  return {
    put: (kind, id, names) => void pending.get(kind)!.set(id, names.map(foldedOnce).join(' ')),
    remove: (kind, id) => void pending.get(kind)!.set(id, null),
  };
}

/** Raised with every change of which names something is found by, or of how they are put into the index beyond the rules in shared/matching. */
export const INDEX_VERSION = 1;

const WORD = /[\p{L}\p{N}]/u;

/**
 * A name folded, before it is split into terms. A name of signs alone ("!!!") would be no word to FTS5, so it is spelt in hexadecimal.
 */
export function indexed(name: string): string {
  const folded = foldForSearch(name);
  return WORD.test(folded) ? folded : `sign${Buffer.from(folded).toString('hex')}`;
}
