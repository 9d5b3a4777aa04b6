import { isOwned } from '#shared/library/album.ts';
import { partsOf } from '#shared/library/parts.ts';
import type { AlbumSort } from '#shared/library/album.ts';
import type { AlbumDetail, AlbumFilter, AlbumItem } from '../api/reads.ts';
import type { Page, PageRequest } from '../api/page.ts';
import { type Core, listed } from '../core.ts';
import { albumDocuments } from '../documents/albums.ts';
import { ftsQuery } from '../search/query.ts';
import { allOf, pageOf, type Remembered } from './lists.ts';
import { playsOfAlbums, playsOfAllAlbums } from './plays.ts';
import { compare, shelfKey } from './shelfOrder.ts';

/** Albums that match, in the order asked for; owned ones first where no order is asked for. */
export function albumsPage(
  core: Core,
  orders: Remembered<number[]>,
  request: PageRequest & AlbumFilter,
): Page<AlbumItem> {
  const { page, pageSize, ...filter } = request;
  const state = [
    core.feed.lastSeqOf('albums'),
    core.feed.lastSeqOf('artists'),
    isOfPlays(filter.sort) ? core.feed.lastSeqOf('journal') : 0,
  ];
  const ids = orders.get(`albums ${JSON.stringify(filter)}`, state.join(' '), () => orderedAlbums(core, filter));
  const { items, total } = pageOf(ids, { page, pageSize });
  return { items: albumItems(core, items), total };
}

const isOfPlays = (sort: AlbumSort | undefined): boolean => sort === 'plays' || sort === 'lastPlayed';

interface OrderRow {
  id: number;
  title: string;
  year: number | null;
  rating: number;
  owned: number;
  added: number | null;
  artist: string | null;
}

function orderedAlbums(core: Core, filter: AlbumFilter): number[] {
  const query = filter.q === undefined ? null : ftsQuery(core.db, ['albums'], filter.q);
  const where = allOf([
    query === null ? undefined : ['albums.id IN (SELECT rowid FROM search_albums WHERE search_albums MATCH ?)', query],
    filter.support === undefined ? undefined : ['support = ? COLLATE NOCASE', filter.support],
    filter.year === undefined ? undefined : ['year = ?', filter.year],
    filter.decade === undefined ? undefined : ['year >= ? AND year < ? + 10', filter.decade, filter.decade],
    filter.artist === undefined
      ? undefined
      : ['albums.id IN (SELECT album_id FROM album_artist WHERE artist_id = ?)', filter.artist],
    filter.label === undefined ? undefined : [HAS_LABEL, filter.label],
    filter.genre === undefined ? undefined : [`${lists('genres')} OR ${lists('styles')}`, filter.genre, filter.genre],
    filter.owned === undefined ? undefined : [`${OWNED} = ?`, Number(filter.owned)],
    filter.wanted === undefined ? undefined : ['wanted = ?', Number(filter.wanted)],
  ]);
  const rows = core.db.all<OrderRow>(
    `SELECT albums.id, title, year, rating, ${OWNED} AS owned, ${filter.sort === 'added' ? ADDED : 'NULL'} AS added,
       (SELECT sort_name FROM album_artist JOIN artists ON artists.id = artist_id WHERE album_id = albums.id ORDER BY position LIMIT 1) AS artist
     FROM albums WHERE ${where.sql}`,
    ...where.values,
  );
  return inOrder(core, rows, filter.sort).map(({ id }) => id);
}

const OWNED = 'EXISTS (SELECT 1 FROM copies WHERE copies.album_id = albums.id)';
const ADDED = `iif(${OWNED},
  (SELECT min(date_added) FROM copies WHERE copies.album_id = albums.id), (SELECT min(first_played_at) FROM tracks WHERE tracks.album_id = albums.id))`;
const HAS_LABEL = `EXISTS (SELECT 1 FROM metadata, json_each(labels) AS label
  WHERE album_id = albums.id AND label.value ->> 'name' = ? COLLATE NOCASE)`;
const lists = (column: 'genres' | 'styles'): string =>
  `EXISTS (SELECT 1 FROM json_each(${column}) WHERE value = ? COLLATE NOCASE)`;

interface Keyed {
  row: OrderRow;
  artist: string;
  title: string;
  number: number | null;
}

/** Names from A to Z; years, dates, plays and ratings with the latest and highest first, and what has none last. */
function inOrder(core: Core, rows: readonly OrderRow[], sort: AlbumSort | undefined): OrderRow[] {
  const plays = isOfPlays(sort) ? playsOfAllAlbums(core) : undefined;
  const order = orderOf(sort);
  return rows
    .map((row) => ({
      row,
      artist: shelfKey(row.artist ?? ''),
      title: shelfKey(row.title),
      number: numberOf(row, sort, plays?.get(row.id)),
    }))
    .sort((one, other) => order(one, other) || byArtist(one, other) || one.row.id - other.row.id)
    .map(({ row }) => row);
}

function orderOf(sort: AlbumSort | undefined): (one: Keyed, other: Keyed) => number {
  if (sort === undefined) return (one, other) => other.row.owned - one.row.owned;
  if (sort === 'artist') return byArtist;
  if (sort === 'title') return (one, other) => compare(one.title, other.title);
  return (one, other) =>
    Number(one.number === null) - Number(other.number === null) || (other.number ?? 0) - (one.number ?? 0);
}

/** By artist, each one's albums by year, those without one last. */
function byArtist(one: Keyed, other: Keyed): number {
  return (
    compare(one.artist, other.artist) ||
    (one.row.year ?? Infinity) - (other.row.year ?? Infinity) ||
    compare(one.title, other.title)
  );
}

function numberOf(
  row: OrderRow,
  sort: AlbumSort | undefined,
  plays: { plays: number; lastPlayedAt: number | null } | undefined,
): number | null {
  if (sort === 'year') return row.year;
  if (sort === 'rating') return row.rating;
  if (sort === 'added') return row.added;
  if (sort === 'plays') return plays?.plays ?? 0;
  return sort === 'lastPlayed' ? (plays?.lastPlayedAt ?? null) : null;
}

/** These albums in this order; unknown ids are left out. */
export function albumItems(core: Core, ids: readonly number[]): AlbumItem[] {
  const documents = albumDocuments(core, ids);
  const plays = playsOfAlbums(core, ids);
  return ids.flatMap((id) => {
    const document = documents.get(String(id));
    if (document === undefined) return [];
    const { tracks: _tracks, artists, ...fields } = document;
    const heard = plays.get(id) ?? { plays: 0, lastPlayedAt: null };
    return [{ ...fields, id, artists: artists.map(numbered), owned: isOwned(document), ...heard }];
  });
}

/** One album with its tracks and how often each was heard, its other pressings' tracks of that title included. */
export function albumDetail(core: Core, id: number): AlbumDetail | null {
  const [item] = albumItems(core, [id]);
  const document = albumDocuments(core, [id]).get(String(id));
  if (item === undefined || document === undefined) return null;
  const plays = trackPlays(
    core,
    document.tracks.map((track) => track.id),
  );
  const parts = partsOf(document);
  return {
    ...item,
    tracks: document.tracks.map((track, index) => ({
      id: track.id,
      position: track.position ?? null,
      title: track.title,
      durationSeconds: track.durationSeconds ?? null,
      loved: track.loved ?? false,
      ...(track.kind !== undefined && { kind: track.kind }),
      ...(parts[index] && { part: parts[index] }),
      plays: plays.get(track.id) ?? 0,
      ...(track.artists !== undefined && { artists: track.artists.map(numbered) }),
    })),
  };
}

function trackPlays(core: Core, ids: readonly number[]): Map<number, number> {
  const rows = core.db.rows<[number, number]>(
    `SELECT one.id, sum(other.plays) FROM tracks AS one JOIN albums AS own ON own.id = one.album_id
       JOIN albums AS pressing ON pressing.id = own.id OR pressing.master_id = own.master_id
       JOIN tracks AS other ON other.title_key = one.title_key AND other.album_id = pressing.id
     WHERE one.id IN (SELECT value FROM json_each(?)) AND (pressing.id <> own.id OR other.id = one.id) GROUP BY one.id`,
    listed(ids),
  );
  return new Map(rows);
}

function numbered<C extends { id: string }>(credit: C): Omit<C, 'id'> & { id: number } {
  return { ...credit, id: Number(credit.id) };
}
