import { type Core, isoNow, listed } from '../core.ts';
import { ARTIST, give, type Given, fieldsToMerge } from './mergeFields.ts';
import { rowsOf, type Snapshot } from './snapshots.ts';
import { type JoinedTrack, mergeTrack, touchPagesOf } from './mergeTracks.ts';
import { mergeAlbums } from './mergeAlbums.ts';
import { type Again, nextMerge } from './mergeOrder.ts';
import { refreshArtist } from '../catalogue/reindex.ts';
import { removeMerged } from '../catalogue/removal.ts';

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
  /** Merges that were stored under the former artist's name. */
  merges: number[];
  /** The artist they became, before, and what that took of them. Merges by earlier versions do not have it, nor anything below. */
  heir?: Snapshot[];
  given?: Given;
  /** Tracks without album that became one. */
  twins?: JoinedTrack[];
  /** Heard albums that a person keeps separate from others, under the survivor's name only now. */
  apart?: [one: string, other: number][];
  /** Whom they were part of by way of another who was taken out again since, and they with them. */
  left?: number[];
}

/** What is known of a merge of artists that is made again. */
interface AgainArtists extends Again {
  nth: number;
  left: number[] | undefined;
  /** Albums that became one because their artists did, and were taken out again since. */
  separate: ReadonlySet<number>;
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
  const survivor = core.db.get<{ name_key: string }>('SELECT name_key FROM artists WHERE id = ?', into);
  if (artist === undefined || survivor === undefined)
    throw new Error(`There are no artists ${from} and ${into} to merge`);
  const loose = looseTracks(core, [from]);
  touchPagesOf(core, loose);
  moveCredits(core, from, into, String(artist.name));
  core.db.run('UPDATE artist_aliases SET artist_id = ? WHERE artist_id = ?', into, from);
  core.db.run('UPDATE OR IGNORE images SET artist_id = ? WHERE artist_id = ?', into, from);
  core.db.run('UPDATE album_merges SET artist_key = ? WHERE artist_key = ?', survivor.name_key, artist.name_key);
  removeMerged(core, 'artist', from);
  snapshot.given = fieldsToMerge(ARTIST, artist, snapshot.heir![0]!, again?.said);
  give(core, ARTIST, snapshot.given, into);
  snapshot.apart = keepSeparate(core, String(artist.name_key), survivor.name_key);
  snapshot.twins = joinTwins(core, into, new Set(loose));
  const moved = new Set(snapshot.albumArtist.map((row) => Number(row.album_id)));
  snapshot.albums = joinAlbums(core, into, { moved, separate: again?.separate ?? new Set(), nth });
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
  refreshCredited(core, into, snapshot);
}

/** What a person keeps separate under the former name stays separate under the other. @returns what the other did not have yet. */
const keepSeparate = (core: Core, from: string, into: string): [one: string, other: number][] =>
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

/** The tables of credits, and whose each row is. */
export const CREDITS = [
  ['album_artist', 'album_id'],
  ['track_artist', 'track_id'],
] as const;

/** Tracks without album that these artists are known for first. */
export const looseTracks = (core: Core, artistIds: readonly number[]): number[] =>
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
    const [survivor, ...rest] = (JSON.parse(ids) as number[]).sort(
      (one, other) => Number(moved.has(one)) - Number(moved.has(other)) || one - other,
    );
    return rest.map((id) => mergeTrack(core, id, survivor!));
  });
}

/** Heard albums that now have one title and one artist with another album are one with it, owned ones first, then the artist's own. */
function joinAlbums(
  core: Core,
  artistId: number,
  { moved, separate, nth }: { moved: ReadonlySet<number>; separate: ReadonlySet<number>; nth: number },
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
      if (owned === 1 || (leads === 1 && release === 1) || separate.has(id)) return [];
      mergeAlbums(core, id, into, { isManual: false, reason: 'artists-became-one', nth });
      return [[id, into]];
    });
  });
}

/** Marks as changed and indexes all documents that show the artist's name. */
export const refreshCredited = (core: Core, artistId: number, { albumArtist, trackArtist }: ArtistSnapshot): void =>
  refreshArtist(core, artistId, {
    albums: albumArtist.map((row) => Number(row.album_id)),
    tracks: trackArtist.map((row) => Number(row.track_id)),
  });
