import { revisionsId } from '#shared/library/revision.ts';
import { type Core, isoNow, listed } from '../core.ts';
import { keepRevision, lastWord, moveRevisions, revisionsIn } from '../documents/revisions.ts';
import { ALBUM, give, type Given, fieldsToMerge, isEmpty } from './mergeFields.ts';
import { type Again, nextMerge } from './mergeOrder.ts';
import { rowsOf, type Snapshot } from './snapshots.ts';
import { type JoinedTrack, mergeTrack, touchPagesOf } from './mergeTracks.ts';
import { pictureOf } from './pictures.ts';
import { removeMerged } from '../catalogue/removal.ts';
import { indexTracks } from '../catalogue/reindex.ts';
import { isWhole } from '../catalogue/tracks.ts';

/** An album as it was before it was merged into another one. */
export interface AlbumSnapshot {
  album: Snapshot[];
  /** The album it was merged into, before. */
  heir: Snapshot[];
  artists: Snapshot[];
  tracks: Snapshot[];
  trackArtists: Snapshot[];
  images: Snapshot[];
  metadata: Snapshot[];
  copies: string[];
  /** What the survivor took. Merges by earlier versions do not have it, nor anything below. */
  given?: Given;
  /** Tracks that were merged into the survivor's. */
  joined?: JoinedTrack[];
  /** What came to the survivor's history of notes: the album's own, and what gave way. */
  revisions?: { moved: string[]; kept: string[] };
  /** Heard albums that are kept separate from the survivor too, since they are from this one. */
  apart?: string[];
}

interface AlbumMerge {
  isManual: boolean;
  reason: string;
  nth?: number;
  again?: Again;
}

/**
 * Makes one album of two: tracks, listens, copies and pictures of `from` go to `into`, which keeps its own rating and note
 * where it has them. What a split needs is stored, and plays reported under the former name come to `into` from then on.
 *
 * @param reason a code of what joined them and, after a space each, the codes of why; shown beside the album in its reader's language.
 * @param nth the place among all merges of the one that this is part of.
 * @param again what is known of the same merge, which was undone only to undo an earlier one.
 */
export function mergeAlbums(
  core: Core,
  from: number,
  into: number,
  { isManual, reason, nth = nextMerge(core), again }: AlbumMerge,
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
  snapshot.revisions = keepOverridden(core, album, into);
  snapshot.given = fieldsToMerge(
    ALBUM,
    { ...album, cover_image_id: coverFrom(core, snapshot, into) },
    snapshot.heir[0]!,
    again?.said,
  );
  give(core, ALBUM, snapshot.given, into);
  snapshot.apart = keepSeparate(core, from, into);
  core.db.run(
    `INSERT OR REPLACE INTO album_merges (former_id, album_id, title, title_key, artist_key, discogs_id, by_hand, reason, snapshot, created_at, nth)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    from,
    into,
    album.title,
    album.title_key,
    key?.name_key ?? '',
    album.discogs_id ?? null,
    Number(isManual),
    reason,
    JSON.stringify(snapshot),
    again?.createdAt ?? isoNow(core),
    nth,
  );
  core.feed.touch('albums', from, true);
  core.feed.touch('albums', into);
}

/** The survivor's picture that is the one a person chose for the album that was merged into it. */
const coverFrom = (core: Core, { album, images }: AlbumSnapshot, into: number): number | null =>
  pictureOf(core, into, images.find(({ id }) => id === album[0]?.cover_image_id)?.url);

/** What a person keeps separate from the album is kept separate from its survivor. @returns what the survivor did not have yet. */
const keepSeparate = (core: Core, from: number, into: number): string[] =>
  core.db
    .rows<[string]>(
      'INSERT OR IGNORE INTO album_apart (one, other, created_at) SELECT one, ?, created_at FROM album_apart WHERE other = ? RETURNING one',
      into,
      from,
    )
    .map(([one]) => one);

/** A note or rating that gives way to the other album's own stays to be read in its note's history. */
function keepOverridden(core: Core, former: Snapshot, into: number): { moved: string[]; kept: string[] } {
  const [from, history] = [revisionsId('album-note', Number(former.id)), revisionsId('album-note', into)];
  const moved = revisionsIn(core, from);
  moveRevisions(core, from, history);
  const before = new Set(revisionsIn(core, history));
  const [survivor] = rowsOf(core, 'albums', 'id = ?', into);
  const [note, rating] = (['note', 'rating'] as const).map((column) => {
    const givesWay = !isEmpty(former[column]) && !isEmpty(survivor?.[column]) && former[column] !== survivor?.[column];
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
