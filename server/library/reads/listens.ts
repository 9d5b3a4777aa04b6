import { DATE_UNKNOWN } from '#shared/primitives/moments.ts';
import { displayName } from '#shared/matching/identity.ts';
import type { ListenFilter, ListenItem } from '../api/reads.ts';
import type { Page, PageRequest } from '../api/page.ts';
import { type Core, listed } from '../core.ts';
import { grouped } from '../documents/credits.ts';
import { ftsTerms } from '../search/query.ts';
import { ARTIST_TRACKS } from './artistTracks.ts';
import { allOf, type Conditions, type Remembered } from './lists.ts';

/** Listens, newest first. */
export function listensPage(
  core: Core,
  totals: Remembered<number>,
  request: PageRequest & ListenFilter,
): Page<ListenItem> {
  const { page, pageSize, ...filter } = request;
  const { where, index } = conditionsOf(core, filter);
  const from = `listening_history ${index}`;
  const total = totals.get(JSON.stringify(filter), stateOf(core), () => countOf(core, from, where));
  const ids = core.db.rows<[number]>(
    `SELECT id FROM ${from} WHERE ${where.sql} ORDER BY timestamp DESC, id DESC LIMIT ? OFFSET ?`,
    ...where.values,
    pageSize,
    (page - 1) * pageSize,
  );
  return {
    items: listenItems(
      core,
      ids.map(([id]) => id),
    ),
    total,
  };
}

/** The listens from one moment up to, but without, another, oldest first. */
export function listensBetween(core: Core, from: number, to: number): ListenItem[] {
  const ids = core.db.rows<[number]>(
    'SELECT id FROM listening_history WHERE timestamp >= ? AND timestamp < ? ORDER BY timestamp, id',
    from,
    to,
  );
  return listenItems(
    core,
    ids.map(([id]) => id),
  );
}

/** Where the totals change: listens, and what is loved and credited. */
const stateOf = ({ feed }: Core): string =>
  [feed.lastSeqOf('journal'), feed.lastSeqOf('albums'), feed.lastSeqOf('artists')].join(' ');

/** A filter by what was heard goes through the tracks' index, so that a rarely heard artist costs no walk through the history. */
function conditionsOf(core: Core, filter: ListenFilter): { where: Conditions; index: string } {
  const terms =
    filter.q === undefined
      ? []
      : matchTerms(ftsTerms(core.db, ['tracks', 'albums'], filter.q, (all) => isFound(core, matchTerms(all))));
  const heard = [
    filter.artist === undefined
      ? undefined
      : ([`track_id IN (${ARTIST_TRACKS.replaceAll('?1', '?')})`, filter.artist, filter.artist] as [
          string,
          ...number[],
        ]),
    filter.album === undefined
      ? undefined
      : ([`track_id IN (${ALBUM_TRACKS})`, filter.album, filter.album] as [string, ...number[]]),
    ...terms.map((term) => [`track_id IN (${FOUND_TRACKS})`, term, term] as [string, ...string[]]),
    filter.loved === true ? (['track_id IN (SELECT id FROM tracks WHERE loved = 1)'] as [string]) : undefined,
  ];
  const where = allOf([
    ...heard,
    // A listen without a date stands at a moment that is none of its own: it is in no period that has a beginning.
    filter.from === undefined ? undefined : [`timestamp >= ? AND timestamp <> ${DATE_UNKNOWN}`, filter.from],
    filter.to === undefined ? undefined : ['timestamp < ?', filter.to],
    filter.source === undefined ? undefined : ['source = ?', filter.source],
    filter.loved === false ? ['loved = 0'] : undefined,
  ]);
  return { where, index: heard.some((condition) => condition !== undefined) ? 'INDEXED BY idx_history_track' : '' };
}

/** The tracks of an album and of its other pressings. */
const ALBUM_TRACKS = `SELECT tracks.id FROM tracks JOIN albums ON albums.id = album_id
  WHERE albums.id = ? OR master_id = (SELECT master_id FROM albums WHERE id = ?)`;
const FOUND_TRACKS = `SELECT rowid FROM search_tracks WHERE search_tracks MATCH ?
  UNION SELECT tracks.id FROM search_albums JOIN tracks ON tracks.album_id = search_albums.rowid WHERE search_albums MATCH ?`;

/** So many terms are looked for one by one, in a track and its record; of more, all must be in one of them: a long query costs no more than a short one. */
const MOST_TERMS = 6;
const matchTerms = (terms: readonly string[]): string[] =>
  terms.length > MOST_TERMS ? [terms.join(' AND ')] : [...new Set(terms)];

/** Whether a track has each of these terms: in its title, its artists or its record. */
const isFound = ({ db }: Core, [first = '', ...others]: readonly string[]): boolean =>
  db.get(
    `SELECT 1 FROM (${FOUND_TRACKS}) AS found WHERE true ${others.map(() => `AND found.rowid IN (${FOUND_TRACKS})`).join(' ')} LIMIT 1`,
    ...[first, ...others].flatMap((word) => [word, word]),
  ) !== undefined;

function countOf(core: Core, from: string, where: Conditions): number {
  if (where.sql === 'true')
    return core.db.get<{ n: number }>('SELECT ifnull(sum(listens), 0) AS n FROM journal_pages')!.n;
  return core.db.get<{ n: number }>(`SELECT count(*) AS n FROM ${from} WHERE ${where.sql}`, ...where.values)!.n;
}

interface ListenRow {
  id: number;
  timestamp: number;
  source: ListenItem['source'];
  loved: number;
  zone: string | null;
  note: string | null;
  gone_upstream: number;
  track_id: number;
  title: string;
  duration_seconds: number | null;
  album_id: number | null;
  album_title: string | null;
  year: number | null;
  support: string | null;
}

/** These listens in this order, with their tracks, albums, artists and reports; unknown ids are left out. */
export function listenItems(core: Core, ids: readonly number[]): ListenItem[] {
  const list = listed(ids);
  const rows = core.db.all<ListenRow>(
    `SELECT listening_history.id, timestamp, source, listening_history.loved, zone, listening_history.note, gone_upstream, track_id,
       tracks.title, duration_seconds, album_id, albums.title AS album_title, year, support
     FROM listening_history JOIN tracks ON tracks.id = track_id LEFT JOIN albums ON albums.id = album_id
     WHERE listening_history.id IN (SELECT value FROM json_each(?))`,
    list,
  );
  const artists = artistsOfTracks(
    core,
    rows.map((row) => row.track_id),
  );
  const sourceReports = reportsOf(core, list);
  const items = new Map(
    rows.map((row) => [row.id, itemOf(row, artists.get(row.track_id) ?? [], sourceReports.get(row.id) ?? [])]),
  );
  return ids.flatMap((id) => items.get(id) ?? []);
}

function itemOf(row: ListenRow, artists: ListenItem['artists'], sourceReports: ListenItem['witnesses']): ListenItem {
  return {
    id: row.id,
    playedAt: row.timestamp,
    source: row.source,
    loved: row.loved === 1,
    zone: row.zone,
    note: row.note,
    goneUpstream: row.gone_upstream === 1,
    witnesses: sourceReports,
    track: { id: row.track_id, title: row.title, durationSeconds: row.duration_seconds },
    album:
      row.album_id === null
        ? null
        : { id: row.album_id, title: row.album_title ?? '', year: row.year, support: row.support },
    artists,
  };
}

/** Who plays each track: its own credits, else its album's. */
export function artistsOfTracks(core: Core, trackIds: readonly number[]): Map<number, { id: number; name: string }[]> {
  const rows = core.db.rows<[trackId: number, id: number, name: string]>(
    `WITH wanted AS (SELECT DISTINCT value AS track_id FROM json_each(?)),
     credits AS (
       SELECT track_artist.track_id, artist_id, position FROM wanted JOIN track_artist ON track_artist.track_id = wanted.track_id
       UNION ALL
       SELECT tracks.id, artist_id, album_artist.position FROM wanted JOIN tracks ON tracks.id = wanted.track_id
         JOIN album_artist ON album_artist.album_id = tracks.album_id
       WHERE NOT EXISTS (SELECT 1 FROM track_artist WHERE track_artist.track_id = tracks.id)
     )
     SELECT track_id, artists.id, name FROM credits JOIN artists ON artists.id = artist_id ORDER BY track_id, position`,
    listed(trackIds),
  );
  return grouped(rows, ([, id, name]) => ({ id, name: displayName(name) }));
}

type ReportRow = [
  listen: number,
  id: number,
  source: ListenItem['source'],
  at: number,
  artist: string,
  title: string,
  album: string | null,
  reasons: string | null,
];

function reportsOf(core: Core, listenIds: string): Map<number, ListenItem['witnesses']> {
  const rows = core.db.rows<ReportRow>(
    `SELECT listen_id, id, source, played_at, artist, title, album, reasons FROM scrobbles
     WHERE listen_id IN (SELECT value FROM json_each(?)) AND state = 'resolved' ORDER BY listen_id, played_at, id`,
    listenIds,
  );
  return grouped(rows, ([, id, source, playedAt, artist, title, album, reasons]) => ({
    id,
    source,
    playedAt,
    artist,
    title,
    album,
    reasons: reasons === null ? null : (JSON.parse(reasons) as ListenItem['witnesses'][number]['reasons']),
  }));
}
