import type { Core, Redirects } from '../core.ts';

/**
 * Redirects of ids: what became one with another keeps its former id, as a redirect to the id under which it is known today. Those of
 * tracks and listens are in `former_ids`, those of albums and artists with their merges.
 */

type Kind = 'track' | 'listen';

/** The id under which something is known today, given one it may have had before it became one with another. */
export function resolveId({ db }: Pick<Core, 'db'>, kind: Kind, id: number): number {
  return db.get<{ id: number }>('SELECT id FROM former_ids WHERE kind = ? AND former_id = ?', kind, id)?.id ?? id;
}

/** Notes a redirect: what was `former` is now part of `id`; what led to the former leads there too. */
export function addRedirect({ db }: Pick<Core, 'db'>, kind: Kind, former: number, id: number): void {
  db.run('UPDATE former_ids SET id = ? WHERE kind = ? AND id = ?', id, kind, former);
  db.run('INSERT OR REPLACE INTO former_ids (kind, former_id, id) VALUES (?, ?, ?)', kind, former, id);
  db.run('DELETE FROM former_ids WHERE kind = ? AND former_id = id', kind);
}

/** The same for who works with tracks and listens and knows nothing of merging. */
export const openRedirects = (db: Core['db']): Redirects => ({
  resolveId: (kind, id) => resolveId({ db }, kind, id),
  keep: (kind, former, id) => addRedirect({ db }, kind, former, id),
});

/** Takes the redirect away: what was `former` is itself again. */
export function removeRedirect(core: Core, kind: Kind, former: number): void {
  core.db.run('DELETE FROM former_ids WHERE kind = ? AND former_id = ?', kind, former);
}

/** The id by which an album goes today, given one it may have had before it was merged into another; null when it is gone. */
export function resolveAlbumId(core: Core, id: number): number | null {
  const merged =
    core.db.get<{ album_id: number }>('SELECT album_id FROM album_merges WHERE former_id = ?', id)?.album_id ?? id;
  return core.db.get<{ id: number }>('SELECT id FROM albums WHERE id = ?', merged)?.id ?? null;
}

/** The id by which an artist goes today, given one they may have had before they became one with another; null when they are gone. */
export function resolveArtistId(core: Core, id: number): number | null {
  const merged =
    core.db.get<{ artist_id: number }>('SELECT artist_id FROM artist_aliases WHERE former_id = ?', id)?.artist_id ?? id;
  return core.db.get<{ id: number }>('SELECT id FROM artists WHERE id = ?', merged)?.id ?? null;
}
