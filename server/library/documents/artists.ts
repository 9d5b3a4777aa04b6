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
  discogs_id: string | null;
  lastfm_url: string | null;
}

/** The documents of these artists, by id; one query a table however many they are. */
export function artistDocuments(core: Core, ids: readonly number[]): Map<string, ArtistDocument> {
  const list = listed(ids);
  const rows = core.db.all<ArtistRow>(
    'SELECT id, name, sort_name, discogs_id, lastfm_url FROM artists WHERE id IN (SELECT value FROM json_each(?))',
    list,
  );
  const images = imagesOf(core, 'artist', list);
  const tracks = looseTracks(core, list);
  const aliases = grouped(
    core.db.rows<[number, number | null, string, string | null]>(
      'SELECT artist_id, former_id, name, discogs_id FROM artist_aliases WHERE artist_id IN (SELECT value FROM json_each(?)) ORDER BY artist_id, name_key',
      list,
    ),
    ([, redirectId, name, discogsId]) => ({
      ...(redirectId !== null && { id: String(redirectId) }),
      ...named(name, discogsId),
    }),
  );
  return new Map(
    rows.map((row) => [
      String(row.id),
      {
        id: String(row.id),
        ...named(row.name, row.discogs_id),
        sortName: displayName(row.sort_name),
        images: images.get(row.id) ?? [],
        ...(row.lastfm_url !== null && { lastfmUrl: row.lastfm_url }),
        ...(aliases.has(row.id) && { aliases: aliases.get(row.id) }),
        tracks: tracks.get(row.id) ?? [],
      },
    ]),
  );
}

function named(name: string, discogsId: string | null): Pick<ArtistDocument, 'name' | 'discogsId' | 'numberedName'> {
  const shown = displayName(name);
  return { name: shown, discogsId, ...(shown !== name && { numberedName: name }) };
}
