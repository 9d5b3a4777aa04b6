import type { DetailFacts, TrackFacts } from '../api/shelf.ts';
import { textKey } from '#shared/matching/identity.ts';
import { keepAlbumImages } from '../catalogue/albums.ts';
import { resolveAlbumId } from '../curation/redirects.ts';
import { indexTracks } from '../catalogue/reindex.ts';
import { isTrackHeld, removeUnlistedTrack } from '../catalogue/removal.ts';
import { isWhole } from '../catalogue/tracks.ts';
import { type Core, isoNow, listed } from '../core.ts';
import { writeCredits } from './releaseArtists.ts';

interface TrackRow {
  id: number;
  title_key: string;
  track_number: number | null;
  kind: TrackFacts['kind'];
}

/**
 * Writes a release's tracklist over an album's tracks: a track that is known by its title keeps its id, its listens and its love;
 * one that the list does not name any more goes only when nothing holds it.
 *
 * @param asked the album's id when the details were asked for: it may have been merged into another since, or be gone.
 */
export function writeReleaseDetails(core: Core, asked: number, details: DetailFacts): void {
  const { db, feed } = core;
  db.transaction(() => {
    const albumId = resolveAlbumId(core, asked);
    if (albumId === null) return;
    const now = isoNow(core);
    // An empty list names no tracks, and says of none that it went.
    if (details.tracks.length > 0) writeTracks(core, albumId, details.tracks, now);
    keepAlbumImages(
      core,
      details.imageUrls.map((url) => ({ albumId, url, source: 'discogs' })),
    );
    db.run(
      'UPDATE albums SET details_at = ?, year = ifnull(year, ?), updated_at = ? WHERE id = ?',
      Math.floor(core.clock.now() / 1000),
      details.year,
      now,
      albumId,
    );
    feed.touch('albums', albumId);
  });
}

function writeTracks(core: Core, albumId: number, tracks: readonly TrackFacts[], now: string): void {
  const { db, search } = core;
  const findable: number[] = [];
  // The record heard as one is no line of its list, though one may be called like it.
  const rows = db.all<TrackRow>(
    `SELECT id, title_key, track_number, kind FROM tracks WHERE album_id = ? AND NOT ${isWhole('tracks')} ORDER BY track_number IS NULL, track_number, id`,
    albumId,
  );
  const { known, unused } = assigned(core, tracks, rows);
  db.run('UPDATE tracks SET track_number = NULL WHERE album_id = ?', albumId);
  tracks.forEach((track, index) => {
    const row = known.get(index);
    const values = [
      track.title,
      textKey(track.title),
      index + 1,
      track.position,
      track.kind,
      track.durationSeconds,
      now,
    ] as const;
    const trackId = row
      ? (db.run(
          'UPDATE tracks SET title = ?, title_key = ?, track_number = ?, position = ?, kind = ?, duration_seconds = ifnull(?, duration_seconds), updated_at = ? WHERE id = ?',
          ...values,
          row.id,
        ),
        row.id)
      : db.run(
          'INSERT INTO tracks (title, title_key, track_number, position, kind, duration_seconds, updated_at, created_at, album_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
          ...values,
          now,
          albumId,
        ).lastId;
    if (track.artists.length > 0) writeCredits(core, { trackId }, track.artists, 'unreleased');
    if (track.kind === 'heading') search.remove('tracks', trackId);
    else findable.push(trackId);
  });
  // Their lengths and artists may be others now.
  core.followUps.tracks([...known.values()].map(({ id }) => id));
  const gone = unused.filter(({ id, track_number: number }) => number !== null && removeUnlistedTrack(core, id));
  const left = unused.filter((row) => !gone.includes(row)).map(({ id }) => id);
  // What a list once called a heading, and was heard or loved all the same, is a track like any other.
  db.run('UPDATE tracks SET kind = NULL, position = NULL WHERE id IN (SELECT value FROM json_each(?))', listed(left));
  indexTracks(core, [...findable, ...left]);
}

/** A heading is never played, nor is an index whose parts are listed after it: those are. */
function isPlayable({ kind }: Pick<TrackFacts, 'kind'>, next: Pick<TrackFacts, 'kind'> | undefined): boolean {
  return kind !== 'heading' && !(kind === 'index' && next?.kind === 'sub-track');
}

/**
 * Which row each line of the list takes, by its title. What can be played chooses first; what cannot never takes the row of a
 * track that was heard, is loved or stands in a playlist.
 */
function assigned(
  core: Core,
  lines: readonly TrackFacts[],
  rows: readonly TrackRow[],
): { known: ReadonlyMap<number, TrackRow>; unused: readonly TrackRow[] } {
  const known = new Map<number, TrackRow>();
  const unused = [...rows];
  const take = (index: number, may: (row: TrackRow) => boolean): void => {
    const key = textKey(lines[index]!.title);
    const at = unused.findIndex((row) => row.title_key === key && may(row));
    if (at >= 0) known.set(index, unused.splice(at, 1)[0]!);
  };
  const playable = lines.map((line, index) => isPlayable(line, lines[index + 1]));
  const held = new Set(rows.filter(({ id }) => isTrackHeld(core, id)).map(({ id }) => id));
  // A row that is held goes to a line that can be played before one that is not: what was heard is what the list plays.
  for (const wanted of [true, false]) {
    lines.forEach(
      (_line, index) => playable[index] && !known.has(index) && take(index, ({ id }) => held.has(id) === wanted),
    );
  }
  lines.forEach((_line, index) => !playable[index] && take(index, ({ id }) => !held.has(id)));
  return { known, unused };
}
