import { ImageSources } from '#shared/library/image.ts';
import { imageUpstreams } from '#shared/upstreams/images.ts';
import { splitCredits } from '#shared/matching/credits.ts';
import { identityKey, textKey } from '#shared/matching/identity.ts';
import { keepAlbumImages } from '../catalogue/albums.ts';
import { findArtist } from '../catalogue/artists.ts';
import type { ScrobbleInput } from '../api/scrobbles.ts';
import { type Core, isoNow, listed } from '../core.ts';
import { seenUpstream } from '../catalogue/loves.ts';
import { trimmed } from '#shared/text/blank.ts';

/** A report and the listen it belongs to; null for one whose listen was deleted or archived. */
interface Settled {
  input: ScrobbleInput;
  listenId: number | null;
}

/** What a listen is filed under. */
interface Filed {
  titleKey: string;
  albumId: number | null;
  lovedUpstream: boolean;
  artistId: number;
  artistKey: string;
  artistUrl: string | null;
  /** Whether its album has a picture that is not dead. */
  pictured: boolean;
}

/**
 * Stores what reports say beside the play: whether the track is loved, the artist's page, the album's picture. It is stored
 * where the play is filed, which need not be under the report's own names; nothing is made for it.
 */
export function keepFacts(core: Core, settled: readonly Settled[]): void {
  const withFacts = settled.filter(
    ({ input }) => input.loved !== undefined || input.artistUrl !== undefined || input.imageUrl !== undefined,
  );
  if (withFacts.length === 0) return;
  const filed = filedUnder(
    core,
    withFacts.flatMap(({ listenId }) => listenId ?? []),
  );
  const images = new Map<string, { albumId: number; url: string; source: string }>();
  for (const { input, listenId } of withFacts) {
    const place = listenId === null ? undefined : filed.get(listenId);
    keepLove(core, input, place);
    if (place === undefined) continue;
    keepArtistUrl(core, input, place);
    const { imageUrl: url, source } = input;
    if (url === undefined || place.albumId === null || !isImageSource(source)) continue;
    const isLocal = LOCAL_SOURCES.has(source);
    if (isLocal && place.pictured) continue;
    images.set(`${place.albumId} ${isLocal ? source : url}`, {
      albumId: place.albumId,
      url,
      source,
    });
  }
  keepAlbumImages(core, [...images.values()]);
}

/** Sources whose pictures only fill gaps, with one an album. */
const LOCAL_SOURCES: ReadonlySet<string> = new Set(
  imageUpstreams.flatMap(({ source, local }) => (local ? [source] : [])),
);
const isImageSource = (source: string): boolean => ImageSources.some((known) => known === source);

function keepLove(core: Core, { artist, title, loved }: ScrobbleInput, place: Filed | undefined): void {
  if (loved === undefined) return;
  const { primary } = splitCredits(trimmed(artist));
  const isNamedSo =
    place !== undefined && place.artistKey === identityKey(primary) && place.titleKey === textKey(trimmed(title));
  if (isNamedSo && place.lovedUpstream === loved) return;
  const artistId = isNamedSo ? place.artistId : findArtist(core, primary)?.id;
  if (artistId !== undefined) seenUpstream(core, artistId, trimmed(title), loved);
  if (isNamedSo) place.lovedUpstream = loved;
}

/** The page of a credit is the artist's only where the credit names nobody else. */
function keepArtistUrl(core: Core, { artist, artistUrl }: ScrobbleInput, place: Filed): void {
  if (artistUrl === undefined || place.artistUrl !== null || place.artistKey !== identityKey(trimmed(artist))) return;
  place.artistUrl = artistUrl;
  const { changes } = core.db.run(
    'UPDATE artists SET lastfm_url = ?, updated_at = ? WHERE id = ? AND lastfm_url IS NULL',
    artistUrl,
    isoNow(core),
    place.artistId,
  );
  if (changes > 0) core.feed.touch('artists', place.artistId);
}

type FiledRow = [
  listenId: number,
  titleKey: string,
  albumId: number | null,
  loved: number | null,
  artistId: number,
  artistKey: string,
  artistUrl: string | null,
  pictured: number,
];

function filedUnder(core: Core, listenIds: readonly number[]): Map<number, Filed> {
  const rows = core.db.rows<FiledRow>(
    `SELECT listening_history.id, title_key, album_id, loved_upstream, artists.id, name_key, lastfm_url,
       EXISTS (SELECT 1 FROM images WHERE images.album_id = tracks.album_id AND state <> 'dead')
     FROM json_each(?) AS asked CROSS JOIN listening_history ON listening_history.id = asked.value JOIN tracks ON tracks.id = track_id
     JOIN artists ON artists.id = ifnull(
       (SELECT artist_id FROM track_artist WHERE track_artist.track_id = tracks.id ORDER BY position LIMIT 1),
       (SELECT artist_id FROM album_artist WHERE album_artist.album_id = tracks.album_id ORDER BY position LIMIT 1))`,
    listed(new Set(listenIds)),
  );
  const places = new Map<string, Filed>();
  return new Map(
    rows.map(([listenId, titleKey, albumId, loved, artistId, artistKey, artistUrl, pictured]) => {
      const key = `${artistId} ${albumId} ${titleKey}`;
      const place = places.get(key) ?? {
        titleKey,
        albumId,
        lovedUpstream: loved === 1,
        artistId,
        artistKey,
        artistUrl,
        pictured: pictured === 1,
      };
      places.set(key, place);
      return [listenId, place];
    }),
  );
}
