import type { CollectionName } from '#shared/sync/collections.ts';
import { type Core, listed } from '../core.ts';

/** Pages of the journal a fresh device gets first. */
const FIRST_PAGES = 3;
/** Listens whose albums and artists come with them. */
const FIRST_LISTENS = 200;

/** What a device that has nothing yet shows first: the newest pages of the journal, the albums and artists on them. */
export function priorityIds(core: Core, collection: CollectionName): string[] {
  switch (collection) {
    case 'journal':
      return core.db
        .all<{ id: string }>(
          'SELECT id FROM journal_pages WHERE listens > 0 ORDER BY month DESC, number DESC LIMIT ?',
          FIRST_PAGES,
        )
        .map(({ id }) => id);
    case 'albums':
      return newest(core, (tracks) =>
        core.db.all<{ id: number; track: number }>(
          'SELECT album_id AS id, id AS track FROM tracks WHERE album_id IS NOT NULL AND id IN (SELECT value FROM json_each(?))',
          tracks,
        ),
      );
    case 'artists':
      return newest(core, (tracks) =>
        core.db.all<{ id: number; track: number }>(
          `SELECT artist_id AS id, track_id AS track FROM track_artist WHERE track_id IN (SELECT value FROM json_each(?1))
           UNION SELECT artist_id, tracks.id FROM album_artist JOIN tracks ON tracks.album_id = album_artist.album_id
           WHERE tracks.id IN (SELECT value FROM json_each(?1))`,
          tracks,
        ),
      );
    default:
      return [];
  }
}

/** What the tracks heard last belong to, the newest first, each once. */
function newest(core: Core, owners: (tracks: string) => { id: number; track: number }[]): string[] {
  const heard = core.db.all<{ track_id: number }>(
    'SELECT track_id FROM listening_history ORDER BY timestamp DESC LIMIT ?',
    FIRST_LISTENS,
  );
  const tracks = heard.map(({ track_id }) => track_id);
  const place = new Map(tracks.map((track, index) => [track, tracks.length - index]));
  const ids = owners(listed(tracks)).sort((one, other) => place.get(other.track)! - place.get(one.track)!);
  return [...new Set(ids.map(({ id }) => String(id)))];
}
