import { revisionsId } from '#shared/library/revision.ts';
import { type Core, isoNow, listed } from '../core.ts';
import { keepRevision, lastWord, moveRevisions, partRevisions, revisionsIn } from '../revisions.ts';
import {
  ALBUM,
  freeUnique,
  give,
  type Given,
  heritage,
  isEmpty,
  saidSince,
  takeBack,
  withoutTaken,
} from './inheritance.ts';
import { type Again, nextMerge, type Undone } from './mergeOrder.ts';
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
import { chooseCover, pictureOf } from './pictures.ts';
import { removeMerged } from './removal.ts';
import { indexAlbums, indexTracks } from './reindex.ts';
import { isWhole } from './tracks.ts';

/** An album as it was before it became part of another one. */
interface AlbumSnapshot {
  album: Snapshot[];
  /** The album it became part of, before. */
  heir: Snapshot[];
  artists: Snapshot[];
  tracks: Snapshot[];
  trackArtists: Snapshot[];
  images: Snapshot[];
  metadata: Snapshot[];
  copies: string[];
  /** What the heir took. What was merged by an earlier version does not tell it, nor anything below. */
  given?: Given;
  /** Tracks that became one with the heir's. */
  joined?: JoinedTrack[];
  /** What came to the heir's history of notes: the album's own, and what gave way. */
  revisions?: { moved: string[]; kept: string[] };
  /** Heard albums that are not the heir either, since they are not this one. */
  apart?: string[];
}

interface AlbumMerge {
  byHand: boolean;
  reason: string;
  nth?: number;
  again?: Again;
}

/**
 * Makes one album of two: tracks, listens, copies and pictures of `from` go to `into`, which keeps its own rating and note
 * where it has them. What a split needs is kept, and plays reported under the former name come to `into` from then on.
 *
 * @param reason a code of what joined them and, after a space each, the codes of why; shown beside the album in its reader's words.
 * @param nth the place among all merges of the one that this is part of.
 * @param again what is known of the same merge, which was undone only to undo an earlier one.
 */
export function mergeAlbums(
  core: Core,
  from: number,
  into: number,
  { byHand, reason, nth = nextMerge(core), again }: AlbumMerge,
): void {
  if (from === into) return;
  const snapshot = snapshotOf(core, from, into);
  const [album] = snapshot.album;
  if (album === undefined) throw new Error(`There is no album ${from} to merge`);
  const key = core.db.get<{ name_key: string }>(
    'SELECT name_key FROM album_artist JOIN artists ON artists.id = artist_id WHERE album_id = ? ORDER BY position LIMIT 1',
    from,
  );
  snapshot.joined = moveTracks(core, from, into);
  core.db.run('UPDATE copies SET album_id = ? WHERE album_id = ?', into, from);
  core.db.run('UPDATE OR IGNORE images SET album_id = ? WHERE album_id = ?', into, from);
  core.db.run('UPDATE OR IGNORE metadata SET album_id = ? WHERE album_id = ?', into, from);
  core.db.run('UPDATE album_merges SET album_id = ? WHERE album_id = ?', into, from);
  removeMerged(core, 'album', from);
  snapshot.revisions = keepWhatIsNotInherited(core, album, into);
  snapshot.given = heritage(
    ALBUM,
    { ...album, cover_image_id: coverFrom(core, snapshot, into) },
    snapshot.heir[0]!,
    again?.said,
  );
  give(core, ALBUM, snapshot.given, into);
  snapshot.apart = keepApart(core, from, into);
  core.db.run(
    `INSERT OR REPLACE INTO album_merges (former_id, album_id, title, title_key, artist_key, discogs_id, by_hand, reason, snapshot, created_at, nth)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    from,
    into,
    album.title,
    album.title_key,
    key?.name_key ?? '',
    album.discogs_id ?? null,
    Number(byHand),
    reason,
    JSON.stringify(snapshot),
    again?.createdAt ?? isoNow(core),
    nth,
  );
  core.feed.touch('albums', from, true);
  core.feed.touch('albums', into);
}

/** The heir's picture that is the one a person chose for the album that became part of it. */
const coverFrom = (core: Core, { album, images }: AlbumSnapshot, into: number): number | null =>
  pictureOf(core, into, images.find(({ id }) => id === album[0]?.cover_image_id)?.url);

/** What a person told apart from the album is apart from its heir. @returns what is told of the heir only now. */
const keepApart = (core: Core, from: number, into: number): string[] =>
  core.db
    .rows<[string]>(
      'INSERT OR IGNORE INTO album_apart (one, other, created_at) SELECT one, ?, created_at FROM album_apart WHERE other = ? RETURNING one',
      into,
      from,
    )
    .map(([one]) => one);

/** A note or rating that gives way to the other album's own stays to be read in its note's history. */
function keepWhatIsNotInherited(core: Core, former: Snapshot, into: number): { moved: string[]; kept: string[] } {
  const [from, history] = [revisionsId('album-note', Number(former.id)), revisionsId('album-note', into)];
  const moved = revisionsIn(core, from);
  moveRevisions(core, from, history);
  const before = new Set(revisionsIn(core, history));
  const [heir] = rowsOf(core, 'albums', 'id = ?', into);
  const [note, rating] = (['note', 'rating'] as const).map((column) => {
    const givesWay = !isEmpty(former[column]) && !isEmpty(heir?.[column]) && former[column] !== heir?.[column];
    return givesWay ? former[column] : undefined;
  });
  if (note === undefined && rating === undefined) return { moved, kept: [] };
  const author = lastWord(core, from);
  const written = { deviceId: author?.deviceId ?? null, writtenAt: author?.madeAt ?? null };
  keepRevision(
    core,
    history,
    { text: String(note ?? ''), ...(rating !== undefined && { rating: Number(rating) }), ...written },
    'merged',
  );
  return { moved, kept: revisionsIn(core, history).filter((uid) => !before.has(uid)) };
}

function snapshotOf(core: Core, id: number, into: number): AlbumSnapshot {
  return {
    album: rowsOf(core, 'albums', 'id = ?', id),
    heir: rowsOf(core, 'albums', 'id = ?', into),
    artists: rowsOf(core, 'album_artist', 'album_id = ?', id),
    tracks: rowsOf(core, 'tracks', 'album_id = ?', id),
    trackArtists: rowsOf(core, 'track_artist', 'track_id IN (SELECT id FROM tracks WHERE album_id = ?)', id),
    images: rowsOf(core, 'images', 'album_id = ?', id),
    metadata: rowsOf(core, 'metadata', 'album_id = ?', id),
    copies: core.db.rows<[string]>('SELECT instance_id FROM copies WHERE album_id = ?', id).map(([copy]) => copy),
  };
}

/** A track whose title and artist the other album has becomes that one; the rest moves over and keeps its artists. */
function moveTracks(core: Core, from: number, into: number): JoinedTrack[] {
  const tracks = core.db.rows<[id: number, twin: number | null]>(
    `SELECT one.id, (SELECT other.id FROM tracks AS other
       WHERE other.album_id = ?2 AND other.title_key = one.title_key AND other.kind IS NOT 'heading' AND ${isWhole('other')} = ${isWhole('one')}
         AND (${PERFORMER('other')} IS NULL OR ${PERFORMER('one')} IS NULL OR ${PERFORMER('other')} = ${PERFORMER('one')})
       ORDER BY other.track_number IS NULL, other.track_number, other.id LIMIT 1)
     FROM tracks AS one WHERE one.album_id = ?1`,
    from,
    into,
  );
  const joined = tracks.flatMap(([id, twin]) => (twin === null ? [] : [mergeTrack(core, id, twin)]));
  const moved = tracks.filter(([, twin]) => twin === null).map(([id]) => id);
  core.db.run(
    `INSERT INTO track_artist (track_id, artist_id, position, credited_as, join_phrase)
     SELECT tracks.id, artist_id, album_artist.position, credited_as, join_phrase
     FROM tracks JOIN album_artist ON album_artist.album_id = tracks.album_id
     WHERE tracks.id IN (SELECT value FROM json_each(?1)) AND NOT EXISTS (SELECT 1 FROM track_artist WHERE track_id = tracks.id)
       AND artist_id IS NOT (SELECT artist_id FROM album_artist WHERE album_id = ?2 ORDER BY position LIMIT 1)`,
    listed(moved),
    into,
  );
  core.db.run(
    'UPDATE tracks SET album_id = ?, track_number = NULL, position = NULL WHERE id IN (SELECT value FROM json_each(?))',
    into,
    listed(moved),
  );
  touchPagesOf(core, moved);
  indexTracks(core, moved);
  return joined;
}

/** A track's own first artist. */
const PERFORMER = (track: string): string =>
  `(SELECT artist_id FROM track_artist WHERE track_id = ${track}.id ORDER BY position LIMIT 1)`;

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

/** A merge of albums as it is kept; undefined where this is not part of another. */
export function albumMerge(core: Core, former: number): Merge | undefined {
  const row = core.db.get<Omit<Merge, 'snapshot'> & { snapshot: string }>(
    'SELECT * FROM album_merges WHERE former_id = ?',
    former,
  );
  return row && { ...row, snapshot: JSON.parse(row.snapshot) as AlbumSnapshot };
}

/** True when what an album was before it became part of this one is not known: the merge was told by a replica. */
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

/** What an album became part of, one after the other, to the one that stands. */
export function heirsOf(
  core: Core,
  { former_id: former, album_id: into }: Pick<Merge, 'former_id' | 'album_id'>,
): number[] {
  const heirs = new Set<number>();
  for (let at: number | undefined = former; at !== undefined;) {
    const heir: number | undefined =
      core.db.get<{ id: number | null }>(
        `SELECT snapshot ->> '$.heir[0].id' AS id FROM album_merges WHERE former_id = ?`,
        at,
      )?.id ?? undefined;
    if (heir === undefined || heirs.has(heir)) break;
    heirs.add(heir);
    at = heir;
  }
  return [...heirs.add(into)];
}

/** What had become part of an album before that became part of another. */
function partsOf(core: Core, former: number, into: number): Set<number> {
  const others = core.db.rows<[former: number, heir: number | null]>(
    `SELECT former_id, snapshot ->> '$.heir[0].id' FROM album_merges WHERE album_id = ?`,
    into,
  );
  const parts = new Set<number>([former]);
  for (let size = 0; size !== parts.size;) {
    size = parts.size;
    for (const [id, heir] of others) if (heir !== null && parts.has(heir)) parts.add(id);
  }
  parts.delete(former);
  return parts;
}

/** What earlier versions handed over, told by what both had. */
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
  const [album, heir] = [merge?.snapshot.album?.[0], merge?.snapshot.heir?.[0]];
  if (merge === undefined || album === undefined || heir === undefined) return undefined;
  const { album_id: into, snapshot, by_hand: byHand, reason, nth, created_at: createdAt } = merge;
  const parts = partsOf(core, former, into);
  core.db.run('DELETE FROM album_merges WHERE former_id = ?', former);
  const given = snapshot.given ?? heritage(ONCE_GIVEN, album, heir);
  const said = saidSince(core, ALBUM, { ...heir, id: into }, given);
  takeBack(core, ALBUM, heir, given, into);
  const tracks = restore(core, snapshot, album, former, into);
  for (const id of parts) core.db.run('UPDATE album_merges SET album_id = ? WHERE former_id = ?', former, id);
  core.feed.touch('albums', former);
  core.feed.touch('albums', into);
  const again = { createdAt, said };
  return { tracks, redo: () => mergeAlbums(core, former, into, { byHand: byHand === 1, reason, nth, again }) };
}

/** @returns what was said since of tracks that one of its own became part of. */
function restore(core: Core, snapshot: AlbumSnapshot, album: Snapshot, former: number, into: number): Snapshot[] {
  freeUnique(core, ALBUM, album, into);
  writeRows(core, 'albums', [withoutTaken(core, ALBUM, { ...album, cover_image_id: null })]);
  writeRows(core, 'album_artist', withArtists(core, snapshot.artists));
  const tracks = restoreTracks(core, snapshot, former, into);
  const said = (snapshot.joined ?? [])
    .filter(({ row }) => tracks.has(Number(row.id)))
    .reverse()
    .map((joined) => partTrack(core, joined));
  core.db.run(
    'UPDATE copies SET album_id = ? WHERE album_id = ? AND instance_id IN (SELECT value FROM json_each(?))',
    former,
    into,
    listed(snapshot.copies),
  );
  const chosen = rowsOf(core, 'albums', 'id = ?', into)[0]?.cover_image_id;
  giveBack(core, 'images', 'album_id', snapshot.images, into);
  for (const [id, cover] of [
    [former, album.cover_image_id],
    [into, chosen],
  ] as const)
    chooseCover(core, id, cover, snapshot.images);
  giveBack(core, 'metadata', 'album_id', snapshot.metadata, into);
  if (snapshot.revisions !== undefined)
    partRevisions(core, revisionsId('album-note', into), revisionsId('album-note', former), snapshot.revisions);
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

/** Brings back the tracks that are still with the heir, or became one with another track; what went elsewhere since, or is gone, stays so. */
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
