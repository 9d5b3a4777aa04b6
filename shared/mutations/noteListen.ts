import * as v from 'valibot';
import { defineMutation } from './definition.ts';
import { ListenId, Note, NoteBefore } from './fields.ts';

/** Replaces a listen's note; '' empties it. */
export const noteListen = defineMutation({
  schema: v.object({ kind: v.literal('note-listen'), listenId: ListenId, note: Note, before: NoteBefore }),
  shownIn: ['journal'],
  conflictKey: { name: 'listen-note', entity: 'listen', id: ({ listenId }) => listenId },
  targets: ({ listenId }, shown) => [shown.listen(listenId)],
  optimistic: ({ listenNotes }, { listenId, note }) => void listenNotes.set(listenId, note),
  withBefore(mutation, shown) {
    const before = shown.listenNote(mutation.listenId);
    return before === undefined ? mutation : { ...mutation, before };
  },
  writtenText: ({ note }) => note,
});
