import { type Core, isoNow, listed } from '../core.ts';
import { ARTIST, freeUnique, give, type Given, heritage, saidSince, takeBack, withoutTaken } from './inheritance.ts';
import {
  giveBack,
  type JoinedTrack,
  mergeTrack,
  partTrack,
  rowsOf,
  type Snapshot,
  touchPagesOf,
  withArtists,
  writeRows,
  writeTrack,
} from './merging.ts';
import { mergeAlbums, takeOut } from './mergeAlbums.ts';
import { type Again, nextMerge, type Undone } from './mergeOrder.ts';
import { indexArtist, indexTracks, tellOfArtist } from './reindex.ts';
import { removeMerged } from './removal.ts';

/** An artist as they were before they became one with another. */
export interface ArtistSnapshot {
  artist: Snapshot[];
  /** All credits of the albums and tracks the artist is credited with. */
  albumArtist: Snapshot[];
  trackArtist: Snapshot[];
  aliases: string[];
  images: Snapshot[];
  /** Albums that became one because their artists did. */
  albums: [former: number, into: number][];
  /** Merges that were kept under the former artist's name. */
  merges: number[];
  /** The artist they became, before, and what that took of them. What was merged by an earlier version does not tell it, nor anything below. */
  heir?: Snapshot[];
  given?: Given;
  /** Tracks without album that became one. */
  twins?: JoinedTrack[];
  /** Heard albums that a person told apart from others, named by the heir's name only now. */
  apart?: [one: string, other: number][];
  /** Whom they were part of by way of another who was taken out again since, and they with them. */
  left?: number[];
}

/** What is known of a merge of artists that is made again. */
interface AgainArtists extends Again {
  nth: number;
  left: number[] | undefined;
  /** Albums that became one because their artists did, and were taken out again since. */
  apart: ReadonlySet<number>;
}

/**
 * Makes one artist of two. The former name becomes an alias, so that plays reported under it go to `into`.
 *
 * @param again what is known of the same merge, which was undone only to undo an earlier one.
 */
export function mergeArtists(core: Core, from: number, into: number, again?: AgainArtists): void {
  if (from === into) return;
  const nth = again?.nth ?? nextMerge(core);
  const snapshot = snapshotOf(core, from, into);
  const [artist] = snapshot.artist;
  const heir = core.db.get<{ name_key: string }>('SELECT name_key FROM artists WHERE id = ?', into);
  if (artist === undefined || heir === undefined) throw new Error(`There are no artists ${from} and ${into} to merge`);
  const loose = looseTracks(core, [from]);
  touchPagesOf(core, loose);
  moveCredits(core, from, into, String(artist.name));
  core.db.run('UPDATE artist_aliases SET artist_id = ? WHERE artist_id = ?', into, from);
  core.db.run('UPDATE OR IGNORE images SET artist_id = ? WHERE artist_id = ?', into, from);
  core.db.run('UPDATE album_merges SET artist_key = ? WHERE artist_key = ?', heir.name_key, artist.name_key);
  removeMerged(core, 'artist', from);
  snapshot.given = heritage(ARTIST, artist, snapshot.heir![0]!, again?.said);
  give(core, ARTIST, snapshot.given, into);
  snapshot.apart = keepApart(core, String(artist.name_key), heir.name_key);
  snapshot.twins = joinTwins(core, into, new Set(loose));
  const moved = new Set(snapshot.albumArtist.map((row) => Number(row.album_id)));
  snapshot.albums = joinAlbums(core, into, { moved, apart: again?.apart ?? new Set(), nth });
  snapshot.left = again?.left;
  core.db.run(
    'INSERT OR REPLACE INTO artist_aliases (name_key, name, artist_id, former_id, discogs_id, snapshot, created_at, nth) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
    artist.name_key,
    artist.name,
    into,
    from,
    artist.discogs_id ?? null,
    JSON.stringify(snapshot),
    again?.createdAt ?? isoNow(core),
    nth,
  );
  core.feed.touch('artists', from, true);
  core.followUps.tracks(creditedTracks(core, [into]));
  tellAll(core, into, snapshot);
}

/** What a person told apart under the former name stays apart under the other. @returns what is told only now. */
const keepApart = (core: Core, from: string, into: string): [one: string, other: number][] =>
  core.db.rows<[string, number]>(
    `INSERT OR IGNORE INTO album_apart (one, other, created_at) SELECT ?2 || substr(one, length(?1) + 1), other, created_at FROM album_apart
     WHERE substr(one, 1, length(?1) + 1) = ?1 || char(10) RETURNING one, other`,
    from,
    into,
  );

function snapshotOf(core: Core, id: number, into: number): ArtistSnapshot {
  const artist = rowsOf(core, 'artists', 'id = ?', id);
  return {
    artist,
    heir: rowsOf(core, 'artists', 'id = ?', into),
    albumArtist: rowsOf(
      core,
      'album_artist',
      'album_id IN (SELECT album_id FROM album_artist WHERE artist_id = ?)',
      id,
    ),
    trackArtist: rowsOf(
      core,
      'track_artist',
      'track_id IN (SELECT track_id FROM track_artist WHERE artist_id = ?)',
      id,
    ),
    aliases: core.db.rows<[string]>('SELECT name_key FROM artist_aliases WHERE artist_id = ?', id).map(([key]) => key),
    images: rowsOf(core, 'images', 'artist_id = ?', id),
    albums: [],
    merges: core.db
      .rows<[number]>('SELECT former_id FROM album_merges WHERE artist_key = ?', artist[0]?.name_key ?? '')
      .map(([former]) => former),
  };
}

const CREDITS = [
  ['album_artist', 'album_id'],
  ['track_artist', 'track_id'],
] as const;

const looseTracks = (core: Core, artistIds: readonly number[]): number[] =>
  core.db
    .rows<[number]>(
      `SELECT tracks.id FROM track_artist JOIN tracks ON tracks.id = track_id
       WHERE artist_id IN (SELECT value FROM json_each(?)) AND track_artist.position = 0 AND album_id IS NULL`,
      listed(artistIds),
    )
    .map(([id]) => id);

/** Tracks that are credited to these artists by themselves or by their album. */
export const creditedTracks = (core: Core, artistIds: readonly number[]): number[] =>
  core.db
    .rows<[number]>(
      `SELECT track_id FROM track_artist WHERE artist_id IN (SELECT value FROM json_each(?1))
       UNION SELECT tracks.id FROM album_artist JOIN tracks ON tracks.album_id = album_artist.album_id WHERE artist_id IN (SELECT value FROM json_each(?1))`,
      listed(artistIds),
    )
    .map(([id]) => id);

/** The name as printed stays with each credit; where both are credited, the one that stays takes the earlier place. */
function moveCredits(core: Core, from: number, into: number, name: string): void {
  for (const [table, owner] of CREDITS) {
    core.db.run(
      `UPDATE ${table} SET position = min(${table}.position, former.position) FROM ${table} AS former
       WHERE ${table}.artist_id = ? AND former.artist_id = ? AND former.${owner} = ${table}.${owner}`,
      into,
      from,
    );
    core.db.run(
      `UPDATE OR IGNORE ${table} SET artist_id = ?, credited_as = ifnull(credited_as, ?) WHERE artist_id = ?`,
      into,
      name,
      from,
    );
    core.db.run(`DELETE FROM ${table} WHERE artist_id = ?`, from);
  }
}

/** Two tracks without album that now have one title and one artist are one: that which was the artist's own before. */
export function joinTwins(core: Core, artistId: number, moved: ReadonlySet<number>): JoinedTrack[] {
  const twins = core.db.rows<[string]>(
    `SELECT json_group_array(tracks.id) FROM track_artist JOIN tracks ON tracks.id = track_id
     WHERE artist_id = ? AND track_artist.position = 0 AND album_id IS NULL GROUP BY title_key HAVING count(*) > 1`,
    artistId,
  );
  return twins.flatMap(([ids]) => {
    const [kept, ...rest] = (JSON.parse(ids) as number[]).sort(
      (one, other) => Number(moved.has(one)) - Number(moved.has(other)) || one - other,
    );
    return rest.map((id) => mergeTrack(core, id, kept!));
  });
}

/** Heard albums that now have one title and one artist with another album are one with it, owned ones first, then the artist's own. */
function joinAlbums(
  core: Core,
  artistId: number,
  { moved, apart, nth }: { moved: ReadonlySet<number>; apart: ReadonlySet<number>; nth: number },
): [number, number][] {
  const twins = core.db.rows<[string]>(
    `SELECT json_group_array(json_array(albums.id, EXISTS (SELECT 1 FROM copies WHERE copies.album_id = albums.id), discogs_id IS NOT NULL)) FROM album_artist
       JOIN albums ON albums.id = album_artist.album_id WHERE artist_id = ? GROUP BY title_key HAVING count(*) > 1`,
    artistId,
  );
  return twins.flatMap(([json]) => {
    const albums = (JSON.parse(json) as [id: number, owned: number, release: number][]).sort(
      (one, other) =>
        other[1] - one[1] ||
        other[2] - one[2] ||
        Number(moved.has(one[0])) - Number(moved.has(other[0])) ||
        one[0] - other[0],
    );
    const [into, , leads] = albums[0]!;
    return albums.slice(1).flatMap(([id, owned, release]): [number, number][] => {
      // Two releases stay two albums; plays of pressings of one work are summed anyway.
      if (owned === 1 || (leads === 1 && release === 1) || apart.has(id)) return [];
      mergeAlbums(core, id, into, { byHand: false, reason: 'artists-became-one', nth });
      return [[id, into]];
    });
  });
}

/** True when what an artist was before they became this one is not known: the merge was told by a replica. */
export const isBareArtistMerge = (core: Core, former: number, into: number): boolean =>
  core.db.get(
    'SELECT 1 FROM artist_aliases WHERE former_id = ? AND artist_id = ? AND snapshot IS NULL',
    former,
    into,
  ) !== undefined;

/** The artist that one who was part of `into` is part of now, since they went along with them when those were taken out again. */
export const artistGoneAlongWith = (core: Core, former: number, into: number): number | undefined =>
  core.db.get<{ artist_id: number }>(
    `SELECT artist_id FROM artist_aliases WHERE former_id = ? AND EXISTS (SELECT 1 FROM json_each(snapshot -> 'left') WHERE value = ?)`,
    former,
    into,
  )?.artist_id;

interface Merge {
  former_id: number;
  artist_id: number;
  snapshot: ArtistSnapshot;
  created_at: string;
  nth: number;
}

const MERGE =
  'SELECT former_id, artist_id, snapshot, created_at, nth FROM artist_aliases WHERE snapshot IS NOT NULL AND former_id IS NOT NULL';

const merges = (core: Core, where: string, value: number): Merge[] =>
  core.db
    .all<Omit<Merge, 'snapshot'> & { snapshot: string }>(`${MERGE} AND ${where}`, value)
    .map((row) => ({ ...row, snapshot: JSON.parse(row.snapshot) as ArtistSnapshot }));

/** A merge of artists as it is kept; undefined where this is not part of another. */
export const artistMerge = (core: Core, former: number): Merge | undefined => merges(core, 'former_id = ?', former)[0];

/** Merges of artists after this one. */
export const artistMergesAfter = (core: Core, nth: number): Merge[] => merges(core, 'nth > ?', nth);

/**
 * Takes a merged artist out again, with who had become one with them before. Later merges of either were undone before; the listens
 * are to be attached anew.
 *
 * @returns undefined where this is not part of another.
 */
export function takeOutArtist(core: Core, former: number): Undone | undefined {
  const merge = artistMerge(core, former);
  const artist = merge?.snapshot.artist[0];
  if (merge === undefined || artist === undefined) return undefined;
  const { artist_id: into, snapshot, nth, created_at: createdAt } = merge;
  core.db.run('DELETE FROM artist_aliases WHERE former_id = ?', former);
  const [heir, given] = [{ ...(snapshot.heir?.[0] ?? artist), id: into }, snapshot.given ?? {}];
  const said = saidSince(core, ARTIST, heir, given);
  takeBack(core, ARTIST, heir, given, into);
  freeUnique(core, ARTIST, artist, into);
  writeRows(core, 'artists', [withoutTaken(core, ARTIST, artist)]);
  const albums = snapshot.albums
    .toReversed()
    .map(([album]) => ({ album, undone: holderOf(core, album) === undefined ? undefined : takeOut(core, album) }));
  const apart = new Set(albums.flatMap(({ album, undone }) => (undone === undefined ? [album] : [])));
  const joined = (snapshot.twins ?? []).toReversed();
  const twins = joined.map(({ row }) => Number(row.id));
  for (const { row } of joined) writeTrack(core, row);
  const two = new Set([former, into]);
  takeBackCredits(core, CREDITS[0], snapshot.albumArtist, two, into, []);
  takeBackCredits(core, CREDITS[1], snapshot.trackArtist, two, into, twins);
  const parted = joined.map((twin) => partTrack(core, twin));
  core.db.run(
    'UPDATE artist_aliases SET artist_id = ? WHERE artist_id = ? AND name_key IN (SELECT value FROM json_each(?))',
    former,
    into,
    listed(snapshot.aliases),
  );
  giveBack(core, 'images', 'artist_id', snapshot.images, into);
  core.db.run(
    'UPDATE album_merges SET artist_key = ? WHERE former_id IN (SELECT value FROM json_each(?))',
    artist.name_key,
    listed(snapshot.merges),
  );
  for (const [one, other] of snapshot.apart ?? [])
    core.db.run('DELETE FROM album_apart WHERE one = ? AND other = ?', one, other);
  indexTracks(core, twins);
  touchPagesOf(core, looseTracks(core, [former, into]));
  core.followUps.tracks(creditedTracks(core, [former, into]));
  tellAll(core, into, snapshot);
  indexArtist(core, former);
  core.feed.touch('artists', former);
  return {
    tracks: [...albums.flatMap(({ undone }) => undone?.tracks ?? []), ...parted],
    redo: () => mergeArtists(core, former, into, { nth, createdAt, said, left: snapshot.left, apart }),
  };
}

/** Notes of those who were part of an artist that they went along when that one was taken out again. */
export function noteGoneAlong(core: Core, artistId: number, into: number): void {
  for (const { former_id: id, snapshot: part } of merges(core, 'artist_id = ?', artistId)) {
    part.left = [...(part.left ?? []), into];
    core.db.run('UPDATE artist_aliases SET snapshot = ? WHERE former_id = ?', JSON.stringify(part), id);
  }
}

/** The album that one is part of since its artists became one. */
const holderOf = (core: Core, album: number): number | undefined =>
  core.db.get<{ album_id: number }>('SELECT album_id FROM album_merges WHERE former_id = ? AND by_hand = 0', album)
    ?.album_id;

/**
 * Gives credits back as they were; albums and tracks that are gone since, or are not the heir's any more, take none.
 *
 * @param two the artist and the heir: the credits of others stay as they are.
 * @param bare tracks that are there again and have none.
 */
function takeBackCredits(
  core: Core,
  [table, owner]: (typeof CREDITS)[number],
  rows: readonly Snapshot[],
  two: ReadonlySet<unknown>,
  into: number,
  bare: readonly number[],
): void {
  const isBare = (row: Snapshot) => bare.includes(Number(row[owner]));
  const there = rows.filter(
    (row) =>
      isBare(row) ||
      core.db.get(`SELECT 1 FROM ${table} WHERE ${owner} = ? AND artist_id = ?`, row[owner], into) !== undefined,
  );
  for (const row of there) core.db.run(`DELETE FROM ${table} WHERE ${owner} = ? AND artist_id = ?`, row[owner], into);
  writeRows(
    core,
    table,
    withArtists(
      core,
      there.filter((row) => isBare(row) || two.has(row.artist_id)),
    ),
  );
}

/** Tells and indexes all documents on which the artist's name stands. */
const tellAll = (core: Core, artistId: number, { albumArtist, trackArtist }: ArtistSnapshot): void =>
  tellOfArtist(core, artistId, {
    albums: albumArtist.map((row) => Number(row.album_id)),
    tracks: trackArtist.map((row) => Number(row.track_id)),
  });
