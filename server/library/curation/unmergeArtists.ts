import { type Core, listed } from '../core.ts';
import {
  type ArtistSnapshot,
  creditedTracks,
  CREDITS,
  looseTracks,
  mergeArtists,
  refreshCredited,
} from './mergeArtists.ts';
import type { Undone } from './mergeOrder.ts';
import { ARTIST, freeUnique, saidSince, takeBack, withoutTaken } from './mergeFields.ts';
import { restoreRows, type Snapshot, withArtists, writeRows } from './snapshots.ts';
import { takeOut } from './unmergeAlbums.ts';
import { unmergeTrack, touchPagesOf, writeTrack } from './mergeTracks.ts';
import { indexArtist, indexTracks } from '../catalogue/reindex.ts';

/** True when what an artist was before they became this one is not known: the merge came from a replica. */
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

/** A merge of artists as it is stored; undefined where this is not part of another. */
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
  const [survivor, given] = [{ ...(snapshot.heir?.[0] ?? artist), id: into }, snapshot.given ?? {}];
  const said = saidSince(core, ARTIST, survivor, given);
  takeBack(core, ARTIST, survivor, given, into);
  freeUnique(core, ARTIST, artist, into);
  writeRows(core, 'artists', [withoutTaken(core, ARTIST, artist)]);
  const albums = snapshot.albums
    .toReversed()
    .map(([album]) => ({ album, undone: mergeTargetOf(core, album) === undefined ? undefined : takeOut(core, album) }));
  const separate = new Set(albums.flatMap(({ album, undone }) => (undone === undefined ? [album] : [])));
  const joined = (snapshot.twins ?? []).toReversed();
  const twins = joined.map(({ row }) => Number(row.id));
  for (const { row } of joined) writeTrack(core, row);
  const two = new Set([former, into]);
  takeBackCredits(core, CREDITS[0], snapshot.albumArtist, two, into, []);
  takeBackCredits(core, CREDITS[1], snapshot.trackArtist, two, into, twins);
  const unmergedTracks = joined.map((twin) => unmergeTrack(core, twin));
  core.db.run(
    'UPDATE artist_aliases SET artist_id = ? WHERE artist_id = ? AND name_key IN (SELECT value FROM json_each(?))',
    former,
    into,
    listed(snapshot.aliases),
  );
  restoreRows(core, 'images', 'artist_id', snapshot.images, into);
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
  refreshCredited(core, into, snapshot);
  indexArtist(core, former);
  core.feed.touch('artists', former);
  return {
    tracks: [...albums.flatMap(({ undone }) => undone?.tracks ?? []), ...unmergedTracks],
    redo: () => mergeArtists(core, former, into, { nth, createdAt, said, left: snapshot.left, separate }),
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
const mergeTargetOf = (core: Core, album: number): number | undefined =>
  core.db.get<{ album_id: number }>('SELECT album_id FROM album_merges WHERE former_id = ? AND by_hand = 0', album)
    ?.album_id;

/**
 * Gives credits back as they were; albums and tracks that are gone since, or are not the survivor's any more, take none.
 *
 * @param two the artist and the survivor: the credits of others stay as they are.
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
