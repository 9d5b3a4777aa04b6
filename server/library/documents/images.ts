import type { ImageReference, ImageSource } from '#shared/library/image.ts';
import { imageUpstreams } from '#shared/upstreams/images.ts';
import { type Core, listed } from '../core.ts';
import { grouped } from './credits.ts';

type ImageRow = [owner: number, id: number, source: ImageReference['source'], type: ImageReference['type']];

const byRank = (rank: 'owned' | 'heard'): readonly ImageSource[] =>
  [...imageUpstreams].sort((one, other) => one[rank] - other[rank]).map(({ source }) => source);
const OWNED = byRank('owned');
const HEARD = byRank('heard');

/** The sources in the order in which their pictures are shown, of an album that is owned or only heard. */
export const sourceOrder = (isOwned: boolean): readonly ImageSource[] => (isOwned ? OWNED : HEARD);

const rankIn = (order: readonly ImageSource[]): string =>
  `CASE source ${order.map((source, rank) => `WHEN '${source}' THEN ${rank}`).join(' ')} END`;

/** The pictures of these albums or artists in the order shown: a person's choice, then the rule. Dead ones are left out. */
export function imagesOf(core: Core, owner: 'album' | 'artist', ids: string): Map<number, ImageReference[]> {
  const rows =
    owner === 'album'
      ? core.db.rows<ImageRow>(
          `SELECT album_id, images.id, source, image_type FROM images JOIN albums ON albums.id = album_id
           WHERE album_id IN (SELECT value FROM json_each(?)) AND state <> 'dead'
           ORDER BY album_id, images.id = cover_image_id DESC,
             CASE WHEN EXISTS (SELECT 1 FROM copies WHERE copies.album_id = images.album_id) THEN ${rankIn(OWNED)} ELSE ${rankIn(HEARD)} END, images.id`,
          ids,
        )
      : core.db.rows<ImageRow>(
          `SELECT artist_id, id, source, image_type FROM images
           WHERE artist_id IN (SELECT value FROM json_each(?)) AND state <> 'dead' ORDER BY artist_id, ${rankIn(HEARD)}, id`,
          ids,
        );
  return grouped(rows, ([, id, source, type]) => ({ id, source, type }));
}

/** The picture that an album is shown with. */
export const shownCover = (core: Core, albumId: number): ImageReference | undefined =>
  imagesOf(core, 'album', listed([albumId])).get(albumId)?.[0];

/** The colours that these pictures lend, as far as they are known. */
export function coloursOf(core: Core, imageIds: readonly number[]): Map<number, { hue: number; chroma: number }> {
  const rows = core.db.rows<[id: number, hue: number, chroma: number]>(
    'SELECT id, lent_hue, lent_chroma FROM images WHERE lent_hue IS NOT NULL AND lent_chroma IS NOT NULL AND id IN (SELECT value FROM json_each(?))',
    listed(imageIds),
  );
  return new Map(rows.map(([id, hue, chroma]) => [id, { hue, chroma }]));
}

/** Of these albums, the pictures that persons chose and that are not to be had any more. */
export function missingCoversOf(core: Core, ids: string): Map<number, ImageReference> {
  const rows = core.db.rows<ImageRow>(
    `SELECT albums.id, images.id, source, image_type FROM albums JOIN images ON images.id = cover_image_id
     WHERE albums.id IN (SELECT value FROM json_each(?)) AND state = 'dead'`,
    ids,
  );
  return new Map(rows.map(([owner, id, source, type]) => [owner, { id, source, type }]));
}
