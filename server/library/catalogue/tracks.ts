import type { HeardTrack } from './heardTrack.ts';
import { textKey } from '#shared/matching/identity.ts';
import { type Core, isoNow } from '../core.ts';
import type { ArtistRow } from './artists.ts';
import { lovesOf, type Love } from './recordings.ts';
import { tracksOfMerged } from './tracksOfMerged.ts';

export interface TrackRow {
  id: number;
  albumId: number | null;
  /** The artist whose document carries a track without album. */
  artistId: number;
  /** What Last.fm said of it last; false when it never said anything. */
  lovedUpstream: boolean;
}

/** SQL: represents its whole record, as in documents (`isWholeRecord`). */
export const isWhole = (
  track: string,
): string => `(${track}.kind IS 'index' AND ${track}.track_number IS NULL AND ${track}.position IS NULL
  AND NOT EXISTS (SELECT 1 FROM tracks AS part WHERE part.album_id = ${track}.album_id AND part.kind = 'sub-track'))`;

interface Candidate {
  id: number;
  duration: number | null;
  mbid: string | null;
  lovedUpstream: boolean;
  /** The first credited artist, null where the track has only its album's. */
  artistId: number | null;
  /** True when the album is by the artist who is asked for. */
  byAlbumArtist: boolean;
  /** Everyone credited, where several are asked for. */
  credited: number[];
}

/**
 * The tracks that plays belong to, in the order asked; those there are none of yet are made.
 *
 * @param completing new credits, lengths and MusicBrainz ids are added to those that were there.
 */
export function tracksNamed(core: Core, heard: readonly HeardTrack[], completing: boolean): TrackRow[] {
  const candidates = findCandidates(core, heard);
  const found = withThoseOfMerged(
    core,
    heard,
    candidates,
    heard.map((track, index) => chosen(candidates.get(index) ?? [], track)),
  );
  // Of several spellings the first one stays, so the list is put in from its end.
  const missing = new Map(
    heard.flatMap((track, index) => (found[index] === undefined ? [[trackKey(track), track] as const] : [])).reverse(),
  );
  const made = createTracks(core, missing);
  return heard.map((track, index) => {
    const known = found[index];
    return known === undefined || completing
      ? completed(core, known ?? made.get(trackKey(track))!, track)
      : rowOf(known, track);
  });
}

const trackKey = ({ album, artists, title, whole }: HeardTrack): string =>
  JSON.stringify([album?.id ?? null, artists[0]!.id, textKey(title), whole]);

/** Marks the document that carries a track as changed. */
export function touchTrackOwner(core: Core, { albumId, artistId }: Pick<TrackRow, 'albumId' | 'artistId'>): void {
  if (albumId === null) core.feed.touch('artists', artistId);
  else core.feed.touch('albums', albumId);
}

type CandidateRow = [
  place: number,
  id: number,
  duration: number | null,
  mbid: string | null,
  loved: number,
  artistId: number | null,
  byAlbumArtist: number,
  credited: string | null,
];

/** Tracks of the title on the album, or of the artist where no album is known; headings are no tracks. */
function findCandidates(core: Core, heard: readonly HeardTrack[]): Map<number, Candidate[]> {
  const rows = core.db.rows<CandidateRow>(
    `WITH wanted AS (
       SELECT key AS place, value ->> 0 AS title_key, value ->> 1 AS album_id, value ->> 2 AS artist_id, value ->> 3 AS several, value ->> 4 AS whole FROM json_each(?)
     )
     SELECT place, tracks.id, duration_seconds, mbid, ifnull(loved_upstream, 0), first.artist_id,
       EXISTS (SELECT 1 FROM album_artist WHERE album_artist.album_id = wanted.album_id AND album_artist.artist_id = wanted.artist_id),
       CASE WHEN several THEN (SELECT json_group_array(artist_id) FROM track_artist WHERE track_id = tracks.id) END
     FROM wanted CROSS JOIN tracks ON tracks.title_key = wanted.title_key AND tracks.album_id IS wanted.album_id
     LEFT JOIN track_artist AS first ON first.track_id = tracks.id AND first.position = 0
     WHERE kind IS NOT 'heading' AND ${isWhole('tracks')} = wanted.whole AND (tracks.album_id IS NOT NULL OR first.artist_id = wanted.artist_id)
     ORDER BY place, track_number IS NULL, track_number, tracks.id`,
    JSON.stringify(
      heard.map(({ title, album, artists, whole = false }) => [
        textKey(title),
        album?.id ?? null,
        artists[0]!.id,
        Number(artists.length > 1),
        Number(whole),
      ]),
    ),
  );
  const found = new Map<number, Candidate[]>();
  for (const [place, id, duration, mbid, loved, artistId, byAlbumArtist, credited] of rows) {
    const everyone = JSON.parse(credited ?? '[]') as number[];
    const candidate = {
      id,
      duration,
      mbid,
      lovedUpstream: loved === 1,
      artistId,
      byAlbumArtist: byAlbumArtist === 1,
      credited: everyone,
    };
    found.set(place, [...(found.get(place) ?? []), candidate]);
  }
  return found;
}

/** The artist's own, else one that has no credits of its own on an album of theirs. */
function chosen(candidates: readonly Candidate[], { artists }: HeardTrack): Candidate | undefined {
  const mainArtist = artists[0]!.id;
  return (
    candidates.find(({ artistId }) => artistId === mainArtist) ??
    candidates.find(({ artistId, byAlbumArtist }) => artistId === null && byAlbumArtist)
  );
}

function withThoseOfMerged(
  core: Core,
  heard: readonly HeardTrack[],
  candidates: ReadonlyMap<number, Candidate[]>,
  found: readonly (Candidate | undefined)[],
): (Candidate | undefined)[] {
  // Only one of several candidates can be where it went, and without any there is none.
  const open = found.flatMap((track, index) => (track === undefined && candidates.has(index) ? [index] : []));
  const merged = tracksOfMerged(
    core,
    open.map((index) => heard[index]!),
  );
  const places = new Map(open.map((index, place) => [index, merged.get(place)]));
  return found.map((track, index) => track ?? candidates.get(index)?.find(({ id }) => id === places.get(index)));
}

const rowOf = ({ id, lovedUpstream }: Candidate, { album, artists }: HeardTrack): TrackRow => ({
  id,
  albumId: album?.id ?? null,
  artistId: artists[0]!.id,
  lovedUpstream,
});

/** Fills in what a known track lacks: duration, MusicBrainz id, further credits. */
function completed(core: Core, known: Candidate, heard: HeardTrack): TrackRow {
  const track = rowOf(known, heard);
  if (known.mbid === null && heard.mbid !== null)
    core.db.run('UPDATE tracks SET mbid = ? WHERE id = ?', heard.mbid, track.id);
  const isLengthNew = known.duration === null && heard.durationSeconds !== null;
  if (isLengthNew)
    core.db.run(
      'UPDATE tracks SET duration_seconds = ?, updated_at = ? WHERE id = ?',
      heard.durationSeconds,
      isoNow(core),
      track.id,
    );
  const areCreditsNew = heard.artists.length > 1 && heard.artists.some(({ id }) => !known.credited.includes(id));
  if (areCreditsNew) credit(core, track.id, heard.artists);
  if (isLengthNew || areCreditsNew) {
    touchTrackOwner(core, track);
    core.followUps.tracks([track.id]);
  }
  return track;
}

function createTracks(core: Core, missing: ReadonlyMap<string, HeardTrack>): Map<string, Candidate> {
  if (missing.size === 0) return new Map();
  const loves = lovesOf(
    core,
    [...missing.values()].map(({ title, artists }) => ({ artistId: artists[0]!.id, titleKey: textKey(title) })),
  );
  return new Map([...missing].map(([key, track], place) => [key, createTrack(core, track, loves.get(place))]));
}

function createTrack(core: Core, heard: HeardTrack, love: Love | undefined): Candidate {
  const now = isoNow(core);
  const { title, album, artists, durationSeconds: duration, mbid, whole } = heard;
  const mainArtist = artists[0]!;
  const { lastId: id } = core.db.run(
    `INSERT INTO tracks (album_id, title, title_key, kind, duration_seconds, mbid, loved, loved_upstream, loved_at, created_at, updated_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    album?.id,
    title,
    textKey(title),
    whole ? 'index' : null,
    duration,
    mbid,
    love?.loved ?? 0,
    love?.loved_upstream,
    love?.loved_at,
    now,
    now,
  );
  const isCredited = album === null || artists.length > 1 || album.artistId !== mainArtist.id;
  if (isCredited) credit(core, id, artists);
  touchTrackOwner(core, { albumId: album?.id ?? null, artistId: mainArtist.id });
  core.search.put('tracks', id, [title, ...artists.map(({ name }) => name)]);
  const credited = isCredited ? artists.map((artist) => artist.id) : [];
  return {
    id,
    duration,
    mbid,
    lovedUpstream: love?.loved_upstream === 1,
    artistId: mainArtist.id,
    byAlbumArtist: true,
    credited,
  };
}

/** Credits artists with a track, after those it has. */
function credit(core: Core, trackId: number, artists: readonly ArtistRow[]): void {
  for (const { id } of artists) {
    core.db.run(
      `INSERT OR IGNORE INTO track_artist (track_id, artist_id, position)
       VALUES (?1, ?2, (SELECT ifnull(max(position) + 1, 0) FROM track_artist WHERE track_id = ?1))`,
      trackId,
      id,
    );
  }
}
