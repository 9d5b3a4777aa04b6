import { type AlbumSnapshot, mergeAlbums } from './mergeAlbums.ts';
import { type Core, listed } from '../core.ts';
import { ALBUM, freeUnique, fieldsToMerge, saidSince, takeBack, withoutTaken } from './mergeFields.ts';
import type { Undone } from './mergeOrder.ts';
import { restoreRows, rowsOf, type Snapshot, withArtists, writeRows } from './snapshots.ts';
import { unmergeTrack, touchPagesOf, writeTrack } from './mergeTracks.ts';
import { chooseCover } from './pictures.ts';
import { unmergeRevisions } from '../documents/revisions.ts';
import { revisionsId } from '#shared/library/revision.ts';
import { indexAlbums, indexTracks } from '../catalogue/reindex.ts';

interface Merge {
  former_id: number;
  album_id: number;
  title_key: string;
  artist_key: string;
  by_hand: number;
  reason: string;
  snapshot: AlbumSnapshot;
  created_at: string;
  nth: number;
}

/** A merge of albums as it is stored; undefined where this is not part of another. */
export function albumMerge(core: Core, former: number): Merge | undefined {
  const row = core.db.get<Omit<Merge, 'snapshot'> & { snapshot: string }>(
    'SELECT * FROM album_merges WHERE former_id = ?',
    former,
  );
  return row && { ...row, snapshot: JSON.parse(row.snapshot) as AlbumSnapshot };
}

/** True when what an album was before it was merged into this one is not known: the merge came from a replica. */
export const isBareMerge = (core: Core, former: number, into: number): boolean =>
  core.db.get(
    `SELECT 1 FROM album_merges WHERE former_id = ? AND album_id = ? AND snapshot ->> 'album' IS NULL`,
    former,
    into,
  ) !== undefined;

/** The album that one which was part of `into` is part of now, since it went along with it when that was taken out again. */
export function albumGoneAlongWith(core: Core, former: number, into: number): number | undefined {
  return core.db.get<{ album_id: number }>(
    `SELECT album_id FROM album_merges WHERE former_id = ?1 AND EXISTS (
       SELECT 1 FROM album_apart JOIN albums ON albums.id = album_merges.album_id JOIN album_artist ON album_artist.album_id = albums.id AND album_artist.position = 0
         JOIN artists ON artists.id = artist_id WHERE other = ?2 AND one = name_key || char(10) || albums.title_key)`,
    former,
    into,
  )?.album_id;
}

/** What an album was merged into, one after the other, to the one that stands. */
export function survivorsOf(
  core: Core,
  { former_id: former, album_id: into }: Pick<Merge, 'former_id' | 'album_id'>,
): number[] {
  const survivors = new Set<number>();
  for (let at: number | undefined = former; at !== undefined;) {
    const survivor: number | undefined =
      core.db.get<{ id: number | null }>(
        `SELECT snapshot ->> '$.heir[0].id' AS id FROM album_merges WHERE former_id = ?`,
        at,
      )?.id ?? undefined;
    if (survivor === undefined || survivors.has(survivor)) break;
    survivors.add(survivor);
    at = survivor;
  }
  return [...survivors.add(into)];
}

/** What had been merged into an album before that was merged into another. */
function partsOf(core: Core, former: number, into: number): Set<number> {
  const others = core.db.rows<[former: number, survivor: number | null]>(
    `SELECT former_id, snapshot ->> '$.heir[0].id' FROM album_merges WHERE album_id = ?`,
    into,
  );
  const parts = new Set<number>([former]);
  for (let size = 0; size !== parts.size;) {
    size = parts.size;
    for (const [id, survivor] of others) if (survivor !== null && parts.has(survivor)) parts.add(id);
  }
  parts.delete(former);
  return parts;
}

/** The columns that earlier versions merged, known by what both had. */
const ONCE_GIVEN = {
  ...ALBUM,
  columns: ALBUM.columns.filter(
    (column) => !['cover_image_id', 'lent_hue', 'lent_chroma', 'want_pass'].includes(column),
  ),
};

/**
 * Restores a merged album beside the one it was part of, with what was part of it. Later merges of either were undone before; the
 * listens are to be attached anew.
 *
 * @returns undefined where there is none.
 */
export function takeOut(core: Core, former: number): Undone | undefined {
  const merge = albumMerge(core, former);
  const [album, survivor] = [merge?.snapshot.album?.[0], merge?.snapshot.heir?.[0]];
  if (merge === undefined || album === undefined || survivor === undefined) return undefined;
  const { album_id: into, snapshot, by_hand: isManual, reason, nth, created_at: createdAt } = merge;
  const parts = partsOf(core, former, into);
  core.db.run('DELETE FROM album_merges WHERE former_id = ?', former);
  const given = snapshot.given ?? fieldsToMerge(ONCE_GIVEN, album, survivor);
  const said = saidSince(core, ALBUM, { ...survivor, id: into }, given);
  takeBack(core, ALBUM, survivor, given, into);
  const tracks = restore(core, snapshot, album, former, into);
  for (const id of parts) core.db.run('UPDATE album_merges SET album_id = ? WHERE former_id = ?', former, id);
  core.feed.touch('albums', former);
  core.feed.touch('albums', into);
  const again = { createdAt, said };
  return { tracks, redo: () => mergeAlbums(core, former, into, { isManual: isManual === 1, reason, nth, again }) };
}

/** @returns what was said since of tracks that one of its own was merged into. */
function restore(core: Core, snapshot: AlbumSnapshot, album: Snapshot, former: number, into: number): Snapshot[] {
  freeUnique(core, ALBUM, album, into);
  writeRows(core, 'albums', [withoutTaken(core, ALBUM, { ...album, cover_image_id: null })]);
  writeRows(core, 'album_artist', withArtists(core, snapshot.artists));
  const tracks = restoreTracks(core, snapshot, former, into);
  const said = (snapshot.joined ?? [])
    .filter(({ row }) => tracks.has(Number(row.id)))
    .reverse()
    .map((joined) => unmergeTrack(core, joined));
  core.db.run(
    'UPDATE copies SET album_id = ? WHERE album_id = ? AND instance_id IN (SELECT value FROM json_each(?))',
    former,
    into,
    listed(snapshot.copies),
  );
  const chosen = rowsOf(core, 'albums', 'id = ?', into)[0]?.cover_image_id;
  restoreRows(core, 'images', 'album_id', snapshot.images, into);
  for (const [id, cover] of [
    [former, album.cover_image_id],
    [into, chosen],
  ] as const)
    chooseCover(core, id, cover, snapshot.images);
  restoreRows(core, 'metadata', 'album_id', snapshot.metadata, into);
  if (snapshot.revisions !== undefined)
    unmergeRevisions(core, revisionsId('album-note', into), revisionsId('album-note', former), snapshot.revisions);
  core.db.run(
    'DELETE FROM album_apart WHERE other = ? AND one IN (SELECT value FROM json_each(?))',
    into,
    listed(snapshot.apart ?? []),
  );
  touchPagesOf(core, [...tracks]);
  indexAlbums(core, [former]);
  indexTracks(core, [...tracks]);
  return said;
}

/** Brings back the tracks that are still with the survivor, or were merged into another track; what went elsewhere since, or is gone, stays so. */
function restoreTracks(
  core: Core,
  { tracks, trackArtists, joined }: AlbumSnapshot,
  former: number,
  into: number,
): Set<number> {
  const restored = new Set<number>();
  for (const row of tracks) {
    const { track_number: number, position, id } = row;
    const { changes } = core.db.run(
      'UPDATE tracks SET album_id = ?, track_number = ?, position = ? WHERE id = ? AND album_id = ?',
      former,
      number,
      position,
      id,
      into,
    );
    if (changes === 0 && core.db.get('SELECT 1 FROM tracks WHERE id = ?', id) !== undefined) continue;
    if (changes === 0 && joined?.some(({ row: one }) => one.id === id) === false) continue;
    if (changes === 0) writeTrack(core, { ...row, album_id: former });
    restored.add(Number(id));
    core.db.run('DELETE FROM track_artist WHERE track_id = ?', id);
  }
  writeRows(
    core,
    'track_artist',
    withArtists(
      core,
      trackArtists.filter(({ track_id: id }) => restored.has(Number(id))),
    ),
  );
  return restored;
}
