import * as v from 'valibot';
import { DocumentId } from '../primitives/identifiers.ts';
import { defineMutation } from './definition.ts';
import { Note, NoteBefore } from './fields.ts';

/** Replaces an album's note; '' empties it. */
export const noteAlbum = defineMutation({
  schema: v.object({ kind: v.literal('note-album'), albumId: DocumentId, note: Note, before: NoteBefore }),
  shownIn: ['albums'],
  conflictKey: { name: 'album-note', entity: 'album', id: ({ albumId }) => albumId },
  targets: ({ albumId }, shown) => [shown.album(albumId)],
  optimistic: ({ notes }, { albumId, note }) => void notes.set(albumId, note),
  withBefore(mutation, shown) {
    const before = shown.albumNote(mutation.albumId);
    return before === undefined ? mutation : { ...mutation, before };
  },
  ownNames: ({ albumId }) => [albumId],
  writtenText: ({ note }) => note,
});
