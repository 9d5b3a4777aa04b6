import { revisionsId } from '#shared/library/revision.ts';
import type { MutationOf } from '#shared/mutations/registry.ts';
import { trimmed } from '#shared/text/blank.ts';
import type { Core } from '../core.ts';
import { resolveId } from '../curation/redirects.ts';
import { keepRevision } from '../documents/revisions.ts';
import { touchPage } from '../listens/journalPages.ts';
import { listenRow } from '../listens/listens.ts';
import { touchDeletionOf } from '../listens/touchDeletion.ts';
import type { Arrival, MutationHandler } from './definition.ts';
import { keepReplaced, keepSuperseded, type NotePlace, storedNote } from './notes.ts';
import { listenNamedBy } from './targets.ts';

const NOTE: NotePlace<MutationOf<'note-listen'>> = {
  history: (core, { listenId }) => revisionsId('listen-note', listenNamedBy(core, listenId).id),
  shown: (core, { listenId }) => listenNamedBy(core, listenId).note ?? '',
};

export const noteListen: MutationHandler<'note-listen'> = {
  retarget: (mutation, resolver) => ({ ...mutation, listenId: resolver.listen(mutation.listenId) }),
  apply(core, mutation, arrival) {
    if (noteDeleted(core, mutation, arrival, false)) return { seenIn: 'journal' };
    return keepReplaced(core, NOTE, mutation, arrival, () => {
      const listen = listenNamedBy(core, mutation.listenId);
      core.db.run('UPDATE listening_history SET note = ? WHERE id = ?', storedNote(mutation.note), listen.id);
      touchPage(core, listen.page);
      return { seenIn: 'journal' };
    });
  },
  superseded(core, mutation, arrival) {
    if (noteDeleted(core, mutation, arrival, true)) return { seenIn: 'journal', outdone: true };
    return { seenIn: 'journal', ...keepSuperseded(core, NOTE, mutation, arrival) };
  },
};

/**
 * A note on a listen that was taken out of the journal meanwhile: it is the listen's, should it come back, and its writer is notified.
 *
 * @param isSuperseded a later one is there already, and stays. @returns false when the listen is not one of those.
 */
function noteDeleted(
  core: Core,
  mutation: MutationOf<'note-listen'>,
  { document: { deviceId, madeAt } }: Arrival,
  isSuperseded: boolean,
): boolean {
  const id = resolveId(core, 'listen', mutation.listenId);
  const deleted =
    listenRow(core, id) === undefined
      ? core.db.get<{ note: string | null }>(
          `SELECT listen ->> 'note' AS note FROM deleted_listens WHERE listen_id = ?`,
          id,
        )
      : undefined;
  if (deleted === undefined) return false;
  const history = revisionsId('listen-note', id);
  const written = trimmed(mutation.note);
  if (!isSuperseded && deleted.note !== null && deleted.note !== written)
    keepRevision(core, history, { text: deleted.note }, 'replaced');
  keepRevision(core, history, { text: written, deviceId, writtenAt: madeAt }, 'removed');
  if (!isSuperseded)
    core.db.run(
      `UPDATE deleted_listens SET listen = json_set(listen, '$.note', ?) WHERE listen_id = ?`,
      written === '' ? null : written,
      id,
    );
  touchDeletionOf(core, id);
  return true;
}
