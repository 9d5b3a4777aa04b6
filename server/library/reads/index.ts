import type { Reads } from '../api/reads.ts';
import type { Core } from '../core.ts';
import { albumDetail, albumsPage } from './albums.ts';
import { artistDetail, artistsPage } from './artists.ts';
import { listenItems, listensBetween, listensPage } from './listens.ts';
import { Remembered } from './lists.ts';
import { named } from './named.ts';
import { searchAll } from './search.ts';
import { trackItems } from './tracks.ts';

/** Cached orders of lists, so that leafing through one does not sort it again. */
const CACHED_ORDERS = 24;
const CACHED_TOTALS = 200;

/** Reading for REST; see `Reads` of the contract. */
export function reads(core: Core): Reads {
  const orders = new Remembered<number[]>(CACHED_ORDERS);
  const totals = new Remembered<number>(CACHED_TOTALS);
  return {
    listens: (request) => listensPage(core, totals, request),
    listen: (id) => listenItems(core, [id])[0] ?? null,
    listensBetween: (from, to) => listensBetween(core, from, to),
    albums: (request) => albumsPage(core, orders, request),
    album: (id) => albumDetail(core, id),
    artists: (request) => artistsPage(core, orders, request),
    artist: (id) => artistDetail(core, id),
    tracks: (ids) => trackItems(core, ids),
    named: (names) => named(core, names),
    search: (q, limit) => searchAll(core, q, limit),
    counts: () => counts(core),
    begunAt: () => begunAt(core),
  };
}

function begunAt(core: Core): number | null {
  return core.db.get<{ at: number | null }>(
    `SELECT min(at) AS at FROM (SELECT (SELECT unixepoch(created_at) FROM artists ORDER BY id LIMIT 1) AS at
       UNION ALL SELECT (SELECT recorded_at FROM scrobbles ORDER BY id LIMIT 1) UNION ALL SELECT (SELECT unixepoch(created_at) FROM playlists ORDER BY id LIMIT 1))`,
  )!.at;
}

/** Playlists are counted as devices hold them: not those that a model has not written yet, or could not. */
function counts(core: Core): ReturnType<Reads['counts']> {
  return core.db.get<ReturnType<Reads['counts']>>(
    `SELECT (SELECT count(*) FROM artists) AS artists, (SELECT count(*) FROM albums) AS albums,
       (SELECT count(DISTINCT album_id) FROM copies) AS owned, (SELECT count(*) FROM tracks) AS tracks,
       (SELECT ifnull(sum(listens), 0) FROM journal_pages) AS listens, (SELECT count(*) FROM scrobbles) AS scrobbles,
       (SELECT count(*) FROM playlists WHERE deleted_at IS NULL AND (state = 'ready' OR track_count > 0)) AS playlists`,
  )!;
}
