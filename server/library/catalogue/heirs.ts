import type { Core } from '../core.ts';

/** The id by which an album goes today, given one it may have had before it became part of another; null when it is gone. */
export function albumToday(core: Core, id: number): number | null {
  const merged =
    core.db.get<{ album_id: number }>('SELECT album_id FROM album_merges WHERE former_id = ?', id)?.album_id ?? id;
  return core.db.get<{ id: number }>('SELECT id FROM albums WHERE id = ?', merged)?.id ?? null;
}

/** The id by which an artist goes today, given one they may have had before they became one with another; null when they are gone. */
export function artistToday(core: Core, id: number): number | null {
  const merged =
    core.db.get<{ artist_id: number }>('SELECT artist_id FROM artist_aliases WHERE former_id = ?', id)?.artist_id ?? id;
  return core.db.get<{ id: number }>('SELECT id FROM artists WHERE id = ?', merged)?.id ?? null;
}
