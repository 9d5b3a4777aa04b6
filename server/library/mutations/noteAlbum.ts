import { revisionsId } from '#shared/library/revision.ts';
import type { MutationOf } from '#shared/mutations/registry.ts';
import { isoNow } from '../core.ts';
import type { MutationHandler } from './definition.ts';
import { keepReplaced, keepSuperseded, type NotePlace, storedNote } from './notes.ts';
import { albumNamedBy } from './targets.ts';

const NOTE: NotePlace<MutationOf<'note-album'>> = {
  history: (core, { albumId }) => revisionsId('album-note', albumNamedBy(core, albumId)),
  shown: (core, { albumId }) =>
    core.db.get<{ note: string | null }>('SELECT note FROM albums WHERE id = ?', albumNamedBy(core, albumId))?.note ??
    '',
};

export const noteAlbum: MutationHandler<'note-album'> = {
  retarget: (mutation, resolver) => ({ ...mutation, albumId: resolver.album(mutation.albumId) }),
  apply(core, mutation, arrival) {
    return keepReplaced(core, NOTE, mutation, arrival, () => {
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
  superseded: (core, mutation, arrival) => ({ seenIn: 'albums', ...keepSuperseded(core, NOTE, mutation, arrival) }),
};
