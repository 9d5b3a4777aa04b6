import type { Core } from '../core.ts';
import { type Snapshot, writeRows } from './snapshots.ts';

/** The album's picture of that address; null where it has none. */
export function pictureOf(core: Core, albumId: number, url: unknown): number | null {
  if (typeof url !== 'string') return null;
  return core.db.get<{ id: number }>('SELECT id FROM images WHERE album_id = ? AND url = ?', albumId, url)?.id ?? null;
}

/**
 * Makes a picture the album's cover, as a person chose it. One of these pictures that is another album's by now is the album's as
 * well from then on.
 */
export function chooseCover(
  core: Core,
  albumId: number,
  imageId: string | number | null | undefined,
  pictures: readonly Snapshot[],
): void {
  if (imageId === null || imageId === undefined) return;
  const picture = pictures.find(({ id }) => id === imageId);
  if (picture !== undefined && pictureOf(core, albumId, picture.url) === null)
    writeRows(core, 'images', [{ ...picture, id: null, album_id: albumId }]);
  const cover = picture === undefined ? imageId : pictureOf(core, albumId, picture.url);
  core.db.run(
    'UPDATE albums SET cover_image_id = (SELECT id FROM images WHERE id = ? AND album_id = albums.id) WHERE id = ?',
    cover,
    albumId,
  );
}
