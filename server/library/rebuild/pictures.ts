import { isGivableId } from '#shared/primitives/identifiers.ts';
import type { ImageReference } from '#shared/library/image.ts';
import { type Core, isoNow } from '../core.ts';
import { lostAddress } from '../api/images.ts';
import { sourceOrder } from '../documents/images.ts';

type Owner = { albumId: number } | { artistId: number };

/**
 * Pictures under their ids. A replica does not know where a picture comes from: it gets its address when its source is asked
 * again, and until then it is shown where a device has it.
 *
 * @param missing one that is not to be had any more, and that a person chose all the same.
 * @returns those that were lacking, each with its id here.
 */
export function takePictures(
  core: Core,
  owner: Owner,
  images: readonly ImageReference[],
  missing?: ImageReference,
): Map<number, number> {
  const [column, ownerId] =
    'albumId' in owner ? (['album_id', owner.albumId] as const) : (['artist_id', owner.artistId] as const);
  const here = core.db.rows<[id: number, source: string]>(`SELECT id, source FROM images WHERE ${column} = ?`, ownerId);
  const sources = new Set(here.map(([, source]) => source));
  const added = new Map<number, number>();
  for (const image of missing === undefined ? images : [...images, missing]) {
    const { id, source, type } = image;
    if (here.some(([known]) => known === id) || sources.has(source)) continue;
    const isFree = isGivableId(id) && core.db.get('SELECT 1 FROM images WHERE id = ?', id) === undefined;
    const { lastId } = core.db.run(
      `INSERT INTO images (id, url, image_type, source, ${column}, state, created_at) VALUES (?, '', ?, ?, ?, ?, ?)`,
      isFree ? id : null,
      type,
      source,
      ownerId,
      image === missing ? 'dead' : 'unknown',
      isoNow(core),
    );
    core.db.run('UPDATE images SET url = ? WHERE id = ?', lostAddress(lastId), lastId);
    added.set(id, lastId);
  }
  return added;
}

/** The picture that a person chose: the first, where the rule would show another one first. */
export function chosenCover(images: readonly ImageReference[], owned: boolean): number | null {
  const order = sourceOrder(owned);
  const [first] = [...images].sort(
    (one, other) => order.indexOf(one.source) - order.indexOf(other.source) || one.id - other.id,
  );
  return first === undefined || first.id === images[0]!.id ? null : images[0]!.id;
}
