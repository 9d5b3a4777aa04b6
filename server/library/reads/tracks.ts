import type { TrackItem } from '../api/reads.ts';
import { type Core, listed } from '../core.ts';
import { artistsOfTracks } from './listens.ts';

interface TrackRow {
  asked: number;
  id: number;
  title: string;
  durationSeconds: number | null;
  albumId: number | null;
  albumTitle: string | null;
  year: number | null;
}

/** These tracks in this order; see `Reads.tracks` of the contract. */
export function trackItems(core: Core, ids: readonly number[]): (TrackItem | null)[] {
  const rows = core.db.all<TrackRow>(
    `SELECT asked.value AS asked, tracks.id, tracks.title, duration_seconds AS durationSeconds, album_id AS albumId, albums.title AS albumTitle, year
     FROM json_each(?) AS asked LEFT JOIN former_ids ON former_ids.kind = 'track' AND former_id = asked.value
     JOIN tracks ON tracks.id = ifnull(former_ids.id, asked.value) LEFT JOIN albums ON albums.id = album_id`,
    listed(new Set(ids)),
  );
  const artists = artistsOfTracks(
    core,
    rows.map(({ id }) => id),
  );
  const items = new Map(
    rows.map(({ asked, id, title, durationSeconds, albumId, albumTitle, year }): [number, TrackItem] => [
      asked,
      {
        id,
        title,
        durationSeconds,
        album: albumId === null ? null : { id: albumId, title: albumTitle ?? '', year },
        artists: artists.get(id) ?? [],
      },
    ]),
  );
  return ids.map((id) => items.get(id) ?? null);
}
