import { displayName } from '#shared/matching/identity.ts';
import type { ArtistDocument } from '#shared/library/artist.ts';
import { type Core, listed } from '../core.ts';
import { grouped } from './credits.ts';
import { imagesOf } from './images.ts';
import { looseTracks } from './tracks.ts';

interface ArtistRow {
  id: number;
  name: string;
  sort_name: string;
  lastfm_url: string | null;
}

/** The documents of these artists, by id; one query a table however many they are. */
export function artistDocuments(core: Core, ids: readonly number[]): Map<string, ArtistDocument> {
  const list = listed(ids);
  const rows = core.db.all<ArtistRow>('SELECT id, name, sort_name, lastfm_url FROM artists WHERE id IN (SELECT value FROM json_each(?))', list);
  const images = imagesOf(core, 'artist', list);
  const tracks = looseTracks(core, list);
  const aliases = grouped(
    core.db.rows<[number, number | null, string]>(
      'SELECT artist_id, former_id, name FROM artist_aliases WHERE artist_id IN (SELECT value FROM json_each(?)) ORDER BY artist_id, name_key',
      list,
    ),
    ([, formerId, name]) => ({ ...(formerId !== null && { id: String(formerId) }), name: displayName(name) }),
  );
  return new Map(
    rows.map((row) => [
      String(row.id),
      {
        id: String(row.id),
        name: displayName(row.name),
        sortName: displayName(row.sort_name),
        images: images.get(row.id) ?? [],
        ...(row.lastfm_url !== null && { lastfmUrl: row.lastfm_url }),
        ...(aliases.has(row.id) && { aliases: aliases.get(row.id) }),
        tracks: tracks.get(row.id) ?? [],
      },
    ]),
  );
}
