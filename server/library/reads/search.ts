import { foldForSearch } from '#shared/matching/fold.ts';
import type { Reads } from '../api/reads.ts';
import { type Core, listed } from '../core.ts';
import { matching } from '../search/query.ts';
import { albumItems } from './albums.ts';
import { artistItems } from './artists.ts';
import { artistsOfTracks } from './listens.ts';

type Found = ReturnType<Reads['search']>;

/** How many candidates are weighed for each one that is shown. */
const CANDIDATES = 4;

/** Artists, albums, tracks and playlists by name: exact names first, then beginnings, then the rest; what is heard more goes first. */
export function searchAll(core: Core, q: string, limit: number): Found {
  const found = (kind: Parameters<typeof matching>[1]) => matching(core.db, kind, q, limit * CANDIDATES);
  return {
    artists: best(artistItems(core, found('artists')), q, limit, ({ name, plays }) => ({ name, plays })),
    albums: best(albumItems(core, found('albums')), q, limit, ({ title, plays, owned }) => ({
      name: title,
      plays: plays + (owned ? 1 : 0),
    })),
    tracks: tracksFound(core, found('tracks'), q, limit),
    playlists: playlistsFound(core, found('playlists')).slice(0, limit),
  };
}

/** In the order of names and plays; what is equal keeps the order of the index. */
function best<T>(
  items: readonly T[],
  q: string,
  limit: number,
  weigh: (item: T) => { name: string; plays: number },
): T[] {
  const typed = foldForSearch(q);
  const weighed = items.map((item) => {
    const { name, plays } = weigh(item);
    const folded = foldForSearch(name);
    return { item, plays, fit: folded === typed ? 2 : folded.startsWith(typed) ? 1 : 0 };
  });
  return weighed
    .sort((one, other) => other.fit - one.fit || other.plays - one.plays)
    .slice(0, limit)
    .map(({ item }) => item);
}

interface TrackRow {
  id: number;
  title: string;
  plays: number;
  album_id: number | null;
  album_title: string | null;
}

function tracksFound(core: Core, ids: readonly number[], q: string, limit: number): Found['tracks'] {
  const rows = core.db.all<TrackRow>(
    `SELECT tracks.id, tracks.title, plays, album_id, albums.title AS album_title FROM json_each(?) AS wanted
     JOIN tracks ON tracks.id = wanted.value LEFT JOIN albums ON albums.id = album_id ORDER BY wanted.key`,
    listed(ids),
  );
  const shown = best(rows, q, limit, ({ title, plays }) => ({ name: title, plays }));
  const artists = artistsOfTracks(
    core,
    shown.map(({ id }) => id),
  );
  return shown.map(({ id, title, album_id: albumId, album_title: albumTitle }) => ({
    id,
    title,
    album: albumId === null ? null : { id: albumId, title: albumTitle ?? '' },
    artists: artists.get(id) ?? [],
  }));
}

function playlistsFound(core: Core, ids: readonly number[]): Found['playlists'] {
  return core.db.all<{ id: string; name: string }>(
    `SELECT uid AS id, name FROM json_each(?) AS wanted JOIN playlists ON playlists.id = wanted.value WHERE deleted_at IS NULL ORDER BY wanted.key`,
    listed(ids),
  );
}
