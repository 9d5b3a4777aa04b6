import { isoNow } from '../core.ts';
import type { MutationHandler } from './definition.ts';
import { albumNamedBy, refuse } from './targets.ts';

export const chooseCover: MutationHandler<'choose-cover'> = {
  retarget(mutation, resolver) {
    const albumId = resolver.album(mutation.albumId);
    return { ...mutation, albumId, imageId: resolver.image(mutation.imageId, albumId) };
  },
  apply(core, { albumId, imageId }) {
    const id = albumNamedBy(core, albumId);
    const image = core.db.get<{ id: number }>('SELECT id FROM images WHERE id = ? AND album_id = ?', imageId, id);
    if (image === undefined) return refuse('unknown-image', 'This picture does not belong to the album any more.');
    core.db.run('UPDATE albums SET cover_image_id = ?, updated_at = ? WHERE id = ?', image.id, isoNow(core), id);
    core.feed.touch('albums', id);
    return { seenIn: 'albums' };
  },
};
