import type { AlbumDocument } from '#shared/library/album.ts';
import { isGivableId } from '#shared/primitives/identifiers.ts';
import { isWholeRecord, type Track } from '#shared/library/track.ts';
import { displayName, textKey } from '#shared/matching/identity.ts';
import { type Core, isoNow, listed } from '../core.ts';
import { resolveId } from '../curation/redirects.ts';
import { creditedArtists, writeCredits } from './credits.ts';
import { type ForeignIds, numberOf } from './ids.ts';

/** The document that carries tracks. */
export interface TrackOwner {
  albumId: number | null;
  /** Its first artist, who carries tracks without album. */
  artistId: number | null;
  /** It was just made: it has no tracks yet. */
  isNew: boolean;
  /** Its artists, for search. */
  names: readonly string[];
  /** Albums that were merged into it in that life. */
  merged: NonNullable<AlbumDocument['merged']>;
}

interface Row {
  id: number;
  title_key: string;
  kind: string | null;
  artist_id: number | null;
  duration_seconds: number | null;
}

/** @returns true when the library lacked one of these tracks, or something of them. */
export function takeTracks(core: Core, ids: ForeignIds, owner: TrackOwner, tracks: readonly Track[]): boolean {
  if (tracks.length === 0) return false;
  const here = owner.isNew ? [] : tracksOf(core, owner);
  const known = matched(core, ids, here, tracks);
  const numbered = here.length === 0 ? lengthOfList(tracks) : 0;
  const taken = new Set(
    idsIn(
      core,
      tracks.map(({ id }) => id),
    ),
  );
  let changed = false;
  // Those that keep their ids first, so that none of these goes to another.
  const isLost = ({ id }: Track) => taken.has(id) || !isGivableId(id);
  const order = [...tracks.entries()].sort(([, one], [, other]) => Number(isLost(one)) - Number(isLost(other)));
  for (const [index, track] of order) {
    const row = known.get(track);
    if (row !== undefined) {
      ids.keep('track', track.id, row.id);
      if (complete(core, row, track)) changed = true;
    } else if (!taken.has(track.id) || !isElsewhere(core, ids, owner, track)) {
      const number = index < numbered ? index + 1 : null;
      const id = create(core, ids, owner, track, { id: isLost(track) ? null : track.id, number });
      ids.keep('track', track.id, id);
      changed = true;
    }
  }
  return changed;
}

function tracksOf(core: Core, { albumId, artistId }: TrackOwner): Row[] {
  const columns = `tracks.id, title_key, kind, duration_seconds, (SELECT artist_id FROM track_artist WHERE track_id = tracks.id ORDER BY position LIMIT 1) AS artist_id`;
  return albumId === null
    ? core.db.all<Row>(
        `SELECT ${columns} FROM track_artist AS own JOIN tracks ON tracks.id = own.track_id WHERE own.artist_id = ? AND own.position = 0 AND album_id IS NULL`,
        artistId,
      )
    : core.db.all<Row>(
        `SELECT ${columns} FROM tracks WHERE album_id = ? ORDER BY track_number IS NULL, track_number, tracks.id`,
        albumId,
      );
}

const idsIn = (core: Core, ids: readonly number[]): number[] =>
  core.db
    .rows<[number]>('SELECT id FROM tracks WHERE id IN (SELECT value FROM json_each(?))', listed(ids))
    .map(([id]) => id);

/** Which of the tracks here each is: of its id or what that became, else of its title and performer. A row is one track only. */
function matched(core: Core, ids: ForeignIds, here: readonly Row[], tracks: readonly Track[]): Map<Track, Row> {
  const known = new Map<Track, Row>();
  if (here.length === 0) return known;
  const free = new Set(here);
  const take = (track: Track, row: Row | undefined) => {
    if (row === undefined) return;
    known.set(track, row);
    free.delete(row);
  };
  for (const track of tracks) {
    const own = ids.track(track.id);
    take(
      track,
      [...free].find((row) => row.id === own && isAlike(row, track)),
    );
  }
  for (const track of tracks.filter((one) => !known.has(one))) {
    const survivor = resolveId(core, 'track', track.id);
    const became =
      survivor === track.id
        ? undefined
        : here.find((row) => row.id === survivor && row.title_key === textKey(track.title));
    if (became !== undefined) known.set(track, became);
    else {
      const alike = [...free].filter((row) => isAlike(row, track) && hasPerformer(ids, row, track));
      // A record heard as one may be called like a track of it.
      take(track, alike.find(({ kind }) => (kind === 'index') === (track.kind === 'index')) ?? alike[0]);
    }
  }
  return known;
}

const isAlike = (row: Row, { title, kind }: Track): boolean =>
  row.title_key === textKey(title) && (row.kind === 'heading') === (kind === 'heading');

function hasPerformer(ids: ForeignIds, row: Row, { artists }: Track): boolean {
  const performer = artists?.[0] === undefined ? null : ids.of('artist', Number(artists[0].id));
  return row.artist_id === null || performer === null || performer === row.artist_id;
}

/**
 * The same track by the same artist, in an album that is none of its own any more in that life. In any other it is another track, whose
 * id was given twice.
 */
function isElsewhere(
  core: Core,
  ids: ForeignIds,
  { artistId, merged }: TrackOwner,
  { id, title, artists }: Track,
): boolean {
  const performer = artists?.[0] === undefined ? artistId : (ids.of('artist', Number(artists[0].id)) ?? null);
  const row = core.db.get<{ performer: number | null; album_id: number; title_key: string }>(
    `SELECT ifnull((SELECT artist_id FROM track_artist WHERE track_id = tracks.id ORDER BY position LIMIT 1),
       (SELECT artist_id FROM album_artist WHERE album_artist.album_id = tracks.album_id ORDER BY position LIMIT 1)) AS performer,
       album_id, albums.title_key
     FROM tracks JOIN albums ON albums.id = album_id WHERE tracks.id = ? AND tracks.title_key = ?`,
    id,
    textKey(title),
  );
  return (
    row?.performer === performer &&
    merged.some((former) => numberOf(former.id) === row.album_id && textKey(former.title) === row.title_key)
  );
}

/** How many of them, from the first, are a list in running order; those after it are known from listening alone, the first heard first. */
function lengthOfList(tracks: readonly Track[]): number {
  let length = tracks.length;
  while (length > 0) {
    const track = tracks[length - 1]!;
    const next = tracks[length];
    const { position, id } = track;
    const isListed = position !== undefined || (track.kind !== undefined && !isWholeRecord(track, next));
    if (isListed || (next !== undefined && next.id < id)) break;
    length -= 1;
  }
  return length;
}

function create(
  core: Core,
  ids: ForeignIds,
  { albumId, artistId, names }: TrackOwner,
  track: Track,
  { id, number }: { id: number | null; number: number | null },
): number {
  const now = isoNow(core);
  const { lastId } = core.db.run(
    `INSERT INTO tracks (id, album_id, title, title_key, track_number, position, kind, duration_seconds, loved, created_at, updated_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    id,
    albumId,
    track.title,
    textKey(track.title),
    number,
    track.position,
    track.kind,
    track.durationSeconds,
    Number(track.loved ?? false),
    now,
    now,
  );
  if (track.artists !== undefined)
    writeCredits(core, 'track', lastId, track.artists, creditedArtists(core, ids, track.artists));
  else if (albumId === null)
    core.db.run('INSERT INTO track_artist (track_id, artist_id) VALUES (?, ?)', lastId, artistId);
  core.followUps.tracks([lastId]);
  if (track.kind !== 'heading')
    core.search.put('tracks', lastId, [track.title, ...(track.artists?.map(({ name }) => displayName(name)) ?? names)]);
  return lastId;
}

/** What is lacking: its length, and its love where nobody here said otherwise. */
function complete(core: Core, { id, duration_seconds: seconds }: Row, { durationSeconds, loved }: Track): boolean {
  const hasNewLength = seconds === null && durationSeconds !== undefined;
  if (hasNewLength) {
    core.db.run('UPDATE tracks SET duration_seconds = ? WHERE id = ?', durationSeconds, id);
    core.followUps.tracks([id]);
  }
  if (loved !== true) return hasNewLength;
  const { changes } = core.db.run('UPDATE tracks SET loved = 1 WHERE id = ? AND loved = 0 AND loved_at IS NULL', id);
  if (changes > 0) core.db.run('UPDATE listening_history SET loved = 1 WHERE track_id = ? AND loved = 0', id);
  return hasNewLength || changes > 0;
}
