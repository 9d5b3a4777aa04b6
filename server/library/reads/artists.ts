import type { ArtistItem, Reads } from '../api/reads.ts';
import type { Page, PageRequest } from '../api/page.ts';
import { type Core, listed } from '../core.ts';
import { artistDocuments } from '../documents/artists.ts';
import { ftsQuery } from '../search/query.ts';
import { albumItems } from './albums.ts';
import { ARTIST_TRACKS, TRACKS_OF_ARTISTS } from './artistTracks.ts';
import { allOf, pageOf, type Remembered } from './lists.ts';
import { compare, shelfKey } from './shelfOrder.ts';

/** Artists by name, as a shelf is ordered. */
export function artistsPage(
  core: Core,
  orders: Remembered<number[]>,
  { page, pageSize, q }: PageRequest & { q?: string },
): Page<ArtistItem> {
  const ids = orders.get(`artists ${q ?? ''}`, String(core.feed.lastSeqOf('artists')), () => orderedArtists(core, q));
  const { items, total } = pageOf(ids, { page, pageSize });
  return { items: artistItems(core, items), total };
}

function orderedArtists(core: Core, q: string | undefined): number[] {
  const query = q === undefined ? null : ftsQuery(core.db, ['artists'], q);
  const where = allOf([
    query === null ? undefined : ['id IN (SELECT rowid FROM search_artists WHERE search_artists MATCH ?)', query],
  ]);
  return core.db
    .rows<[id: number, name: string]>(`SELECT id, sort_name FROM artists WHERE ${where.sql}`, ...where.values)
    .map(([id, name]) => ({ id, key: shelfKey(name) }))
    .sort((one, other) => compare(one.key, other.key) || one.id - other.id)
    .map(({ id }) => id);
}

/** These artists in this order; unknown ids are left out. */
export function artistItems(core: Core, ids: readonly number[]): ArtistItem[] {
  const list = listed(ids);
  const documents = artistDocuments(core, ids);
  const albums = new Map(
    core.db.rows<[number, number]>(
      'SELECT artist_id, count(*) FROM album_artist WHERE artist_id IN (SELECT value FROM json_each(?)) GROUP BY artist_id',
      list,
    ),
  );
  const plays = new Map(
    core.db
      .rows<[number, number, number | null]>(
        `WITH own AS (${TRACKS_OF_ARTISTS})
         SELECT artist_id, sum(plays), max(last_played_at) FROM own JOIN tracks ON tracks.id = track_id GROUP BY artist_id`,
        list,
      )
      .map(([id, count, last]) => [id, { plays: count, lastPlayedAt: last }]),
  );
  return ids.flatMap((id) => {
    const document = documents.get(String(id));
    if (document === undefined) return [];
    const { tracks: _tracks, ...fields } = document;
    return [{ ...fields, id, albums: albums.get(id) ?? 0, ...(plays.get(id) ?? { plays: 0, lastPlayedAt: null }) }];
  });
}

/** Titles shown as an artist's most heard. */
const TOP_TRACKS = 10;

export function artistDetail(core: Core, id: number): ReturnType<Reads['artist']> {
  const [item] = artistItems(core, [id]);
  if (item === undefined) return null;
  const albums = core.db.rows<[number]>(
    'SELECT albums.id FROM album_artist JOIN albums ON albums.id = album_id WHERE artist_id = ? ORDER BY year IS NULL, year, albums.title_key, albums.id',
    id,
  );
  const topTracks = core.db.all<{ id: number; title: string; plays: number }>(
    `SELECT id, title, total AS plays FROM (
       SELECT id, title, title_key, max(plays), sum(plays) AS total FROM tracks WHERE id IN (${ARTIST_TRACKS}) GROUP BY title_key
     ) WHERE total > 0 ORDER BY total DESC, title_key LIMIT ${TOP_TRACKS}`,
    id,
  );
  const { at } = core.db.get<{ at: number | null }>(
    `SELECT min(first_played_at) AS at FROM tracks WHERE id IN (${ARTIST_TRACKS})`,
    id,
  )!;
  return {
    ...item,
    albumItems: albumItems(
      core,
      albums.map(([albumId]) => albumId),
    ),
    topTracks,
    firstHeardAt: at,
  };
}
