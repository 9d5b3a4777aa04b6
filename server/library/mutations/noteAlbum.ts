import { isoNow } from '../core.ts';
import type { MutationHandler } from './definition.ts';
import { keepSuperseded, keepReplaced, storedNote } from './notes.ts';
import { albumNamedBy } from './targets.ts';

export const noteAlbum: MutationHandler<'note-album'> = {
  retarget: (mutation, resolver) => ({ ...mutation, albumId: resolver.album(mutation.albumId) }),
  apply(core, mutation, arrival) {
    return keepReplaced(core, mutation, arrival, () => {
      const id = albumNamedBy(core, mutation.albumId);
      core.db.run(
        'UPDATE albums SET note = ?, updated_at = ? WHERE id = ?',
        storedNote(mutation.note),
        isoNow(core),
        id,
      );
      core.feed.touch('albums', id);
      return { seenIn: 'albums' };
    });
  },
  superseded: (core, mutation, arrival) => ({ seenIn: 'albums', ...keepSuperseded(core, mutation, arrival) }),
};
