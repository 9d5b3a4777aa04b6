import type { TrackLookup } from '#shared/analytics/computeRollups.ts';
import type { TrackFacts } from '#shared/analytics/libraryIndex.ts';
import { type Core, listed } from '../core.ts';
import { grouped } from '../documents/credits.ts';

type FactsRow = [id: number, title: string, albumId: number | null, seconds: number | null, loved: number];

/** What the library says of these tracks now. A track without credits of its own has its album's. */
export function tracksOf(core: Core, trackIds: Iterable<number>): TrackLookup {
  const ids = listed(new Set(trackIds));
  const own = grouped(
    core.db.rows<[number, number]>(
      'SELECT track_id, artist_id FROM track_artist WHERE track_id IN (SELECT value FROM json_each(?)) ORDER BY track_id, position, artist_id',
      ids,
    ),
    ([, artist]) => String(artist),
  );
  const ofAlbum = grouped(
    core.db.rows<[number, number]>(
      `SELECT album_id, artist_id FROM album_artist
       WHERE album_id IN (SELECT album_id FROM tracks WHERE id IN (SELECT value FROM json_each(?))) ORDER BY album_id, position, artist_id`,
      ids,
    ),
    ([, artist]) => String(artist),
  );
  const facts = new Map<number, TrackFacts>();
  for (const [trackId, title, albumId, seconds, loved] of core.db.rows<FactsRow>(
    'SELECT id, title, album_id, duration_seconds, loved FROM tracks WHERE id IN (SELECT value FROM json_each(?))',
    ids,
  )) {
    const artistIds = own.get(trackId) ?? (albumId === null ? [] : ofAlbum.get(albumId)) ?? [];
    facts.set(trackId, {
      trackId,
      title,
      albumId: albumId === null ? null : String(albumId),
      artistIds,
      durationSeconds: seconds,
      loved: loved === 1,
    });
  }
  return { track: (trackId) => facts.get(trackId) };
}
