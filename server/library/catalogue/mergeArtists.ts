import { type Core, isoNow, listed } from '../core.ts';
import { giveBack, mergeTrack, rowsOf, type Snapshot, touchPagesOf, withArtists, writeRows } from './merging.ts';
import { mergeAlbums, takeOut } from './mergeAlbums.ts';
import { reattach } from './reattach.ts';
import { indexAlbums, indexArtist, indexTracks } from './reindex.ts';
import { removeMerged } from './removal.ts';

/** An artist as they were before they became one with another. */
interface ArtistSnapshot {
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
}

/** Makes one artist of two. The former name becomes an alias, so that plays reported under it go to `into`. */
export function mergeArtists(core: Core, from: number, into: number): void {
  if (from === into) return;
  const snapshot = snapshotOf(core, from);
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
  core.db.run('UPDATE artists SET lastfm_url = ifnull(lastfm_url, ?), mbid = ifnull(mbid, ?) WHERE id = ?', artist.lastfm_url, artist.mbid, into);
  joinTwins(core, into);
  snapshot.albums = joinAlbums(core, into);
  core.db.run(
    'INSERT OR REPLACE INTO artist_aliases (name_key, name, artist_id, former_id, snapshot, created_at) VALUES (?, ?, ?, ?, ?, ?)',
    artist.name_key,
    artist.name,
    into,
    from,
    JSON.stringify(snapshot),
    isoNow(core),
  );
  core.feed.touch('artists', from, true);
  for (const id of creditedTracks(core, [into])) core.changedTracks.add(id);
  tellAll(core, into, snapshot);
}

function snapshotOf(core: Core, id: number): ArtistSnapshot {
  const artist = rowsOf(core, 'artists', 'id = ?', id);
  return {
    artist,
    albumArtist: rowsOf(core, 'album_artist', 'album_id IN (SELECT album_id FROM album_artist WHERE artist_id = ?)', id),
    trackArtist: rowsOf(core, 'track_artist', 'track_id IN (SELECT track_id FROM track_artist WHERE artist_id = ?)', id),
    aliases: core.db.rows<[string]>('SELECT name_key FROM artist_aliases WHERE artist_id = ?', id).map(([key]) => key),
    images: rowsOf(core, 'images', 'artist_id = ?', id),
    albums: [],
    merges: core.db.rows<[number]>('SELECT former_id FROM album_merges WHERE artist_key = ?', artist[0]?.name_key ?? '').map(([former]) => former),
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
const creditedTracks = (core: Core, artistIds: readonly number[]): number[] =>
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
    core.db.run(`UPDATE OR IGNORE ${table} SET artist_id = ?, credited_as = ifnull(credited_as, ?) WHERE artist_id = ?`, into, name, from);
    core.db.run(`DELETE FROM ${table} WHERE artist_id = ?`, from);
  }
}

/** Two tracks without album that now have one title and one artist are one. */
function joinTwins(core: Core, artistId: number): void {
  const twins = core.db.rows<[string]>(
    `SELECT json_group_array(tracks.id) FROM track_artist JOIN tracks ON tracks.id = track_id
     WHERE artist_id = ? AND track_artist.position = 0 AND album_id IS NULL GROUP BY title_key HAVING count(*) > 1`,
    artistId,
  );
  for (const [ids] of twins) {
    const [kept, ...rest] = (JSON.parse(ids) as number[]).sort((one, other) => one - other);
    for (const id of rest) mergeTrack(core, id, kept!);
  }
}

/** Heard albums that now have one title and one artist with another album are one with it, owned ones first. */
function joinAlbums(core: Core, artistId: number): [number, number][] {
  const twins = core.db.rows<[string]>(
    `SELECT json_group_array(json_array(albums.id, EXISTS (SELECT 1 FROM copies WHERE copies.album_id = albums.id), discogs_id IS NOT NULL)) FROM album_artist
       JOIN albums ON albums.id = album_artist.album_id WHERE artist_id = ? GROUP BY title_key HAVING count(*) > 1`,
    artistId,
  );
  return twins.flatMap(([json]) => {
    const albums = (JSON.parse(json) as [id: number, owned: number, release: number][]).sort(
      (one, other) => other[1] - one[1] || other[2] - one[2] || one[0] - other[0],
    );
    const [into, , leads] = albums[0]!;
    return albums.slice(1).flatMap(([id, owned, release]): [number, number][] => {
      // Two releases stay two albums; plays of pressings of one work are summed anyway.
      if (owned === 1 || (leads === 1 && release === 1)) return [];
      mergeAlbums(core, id, into, { byHand: false, reason: 'artists-became-one' });
      return [[id, into]];
    });
  });
}

/** True when what an artist was before they became this one is not known: the merge was told by a replica. */
export const isBareArtistMerge = (core: Core, former: number, into: number): boolean =>
  core.db.get('SELECT 1 FROM artist_aliases WHERE former_id = ? AND artist_id = ? AND snapshot IS NULL', former, into) !== undefined;

/** Takes a merged artist out again. @returns false when `former` was not merged into `into`. */
export function splitArtist(core: Core, former: number, into: number): boolean {
  const alias = core.db.get<{ snapshot: string }>('DELETE FROM artist_aliases WHERE former_id = ? AND artist_id = ? RETURNING snapshot', former, into);
  if (alias === undefined) return false;
  const snapshot = JSON.parse(alias.snapshot) as ArtistSnapshot;
  const heard = listensOf(core, [into]);
  writeRows(core, 'artists', snapshot.artist);
  for (const [album, heir] of snapshot.albums) takeOut(core, album, heir);
  takeBackCredits(core, CREDITS[0], snapshot.albumArtist, into);
  takeBackCredits(core, CREDITS[1], snapshot.trackArtist, into);
  core.db.run('UPDATE artist_aliases SET artist_id = ? WHERE name_key IN (SELECT value FROM json_each(?))', former, listed(snapshot.aliases));
  giveBack(core, 'images', 'artist_id', snapshot.images, into);
  core.db.run(
    'UPDATE album_merges SET artist_key = ? WHERE former_id IN (SELECT value FROM json_each(?))',
    snapshot.artist[0]?.name_key ?? '',
    listed(snapshot.merges),
  );
  reattach(core, heard);
  touchPagesOf(core, looseTracks(core, [former, into]));
  for (const id of creditedTracks(core, [former, into])) core.changedTracks.add(id);
  tellAll(core, into, snapshot);
  indexArtist(core, former);
  core.feed.touch('artists', former);
  return true;
}

/** Gives credits back as they were; albums and tracks that are gone since take none. */
function takeBackCredits(core: Core, [table, owner]: (typeof CREDITS)[number], rows: readonly Snapshot[], into: number): void {
  const there = rows.filter((row) => core.db.get(`SELECT 1 FROM ${owner === 'album_id' ? 'albums' : 'tracks'} WHERE id = ?`, row[owner]) !== undefined);
  for (const row of there) core.db.run(`DELETE FROM ${table} WHERE ${owner} = ? AND artist_id = ?`, row[owner], into);
  writeRows(core, table, withArtists(core, there));
}

const listensOf = (core: Core, artistIds: readonly number[]): number[] =>
  core.db
    .rows<[number]>(
      `SELECT id FROM listening_history WHERE track_id IN (
         SELECT track_id FROM track_artist WHERE artist_id IN (SELECT value FROM json_each(?1))
         UNION SELECT tracks.id FROM album_artist JOIN tracks ON tracks.album_id = album_artist.album_id WHERE artist_id IN (SELECT value FROM json_each(?1)))`,
      listed(artistIds),
    )
    .map(([id]) => id);

const LOOSE_HOLDERS = `SELECT DISTINCT artist_id FROM track_artist JOIN tracks ON tracks.id = track_id
  WHERE album_id IS NULL AND track_artist.position = 0 AND track_id IN (SELECT value FROM json_each(?))`;

/** Tells and indexes all documents on which the artist's name stands. */
function tellAll(core: Core, artistId: number, { albumArtist, trackArtist }: ArtistSnapshot): void {
  const albums = albumArtist.map((row) => Number(row.album_id));
  const tracks = trackArtist.map((row) => Number(row.track_id));
  const there = core.db.rows<[number]>(
    `SELECT id FROM albums WHERE id IN (SELECT value FROM json_each(?))
     UNION SELECT album_id FROM tracks WHERE album_id IS NOT NULL AND id IN (SELECT value FROM json_each(?))`,
    listed(albums),
    listed(tracks),
  );
  for (const [id] of there) core.feed.touch('albums', id);
  for (const [id] of core.db.rows<[number]>(LOOSE_HOLDERS, listed(tracks))) core.feed.touch('artists', id);
  const own = core.db.rows<[number]>(
    'SELECT id FROM tracks WHERE album_id IN (SELECT value FROM json_each(?)) OR id IN (SELECT value FROM json_each(?))',
    listed(albums),
    listed(tracks),
  );
  indexAlbums(core, there.map(([id]) => id));
  indexTracks(core, own.map(([id]) => id));
  indexArtist(core, artistId);
  core.feed.touch('artists', artistId);
}
