import { isoNow } from '../core.ts';
import type { MutationHandler } from './definition.ts';
import { albumNamedBy } from './targets.ts';

export const rateAlbum: MutationHandler<'rate-album'> = {
  retarget: (mutation, resolver) => ({ ...mutation, albumId: resolver.album(mutation.albumId) }),
  apply(core, { albumId, rating }) {
    const id = albumNamedBy(core, albumId);
    core.db.run('UPDATE albums SET rating = ?, updated_at = ? WHERE id = ?', rating, isoNow(core), id);
    core.feed.touch('albums', id);
    return { seenIn: 'albums' };
  },
};
