import { revisionsId } from '#shared/library/revision.ts';
import type { MutationOf } from '#shared/mutations/registry.ts';
import type { Core } from '../core.ts';
import { resolveId } from '../curation/redirects.ts';
import { listenRow } from '../listens/listens.ts';
import { touchDeletionOf } from '../listens/touchDeletion.ts';
import { forgetRevision, keepRevision, lastWord, type Written } from '../documents/revisions.ts';
import type { Arrival, Outcome } from './definition.ts';
import { albumNamedBy, listenNamedBy } from './targets.ts';
import { isBlank, trimmed } from '#shared/text/blank.ts';

type NoteMutation = MutationOf<'note-album' | 'note-listen'>;

/** An emptied note is none. */
export const storedNote = (note: string): string | null => (isBlank(note) ? null : note);

/** The history that an album's or listen's note has. */
function historyOf(core: Core, mutation: NoteMutation): string {
  return mutation.kind === 'note-album'
    ? revisionsId('album-note', albumNamedBy(core, mutation.albumId))
    : revisionsId('listen-note', listenNamedBy(core, mutation.listenId).id);
}

function shownNote(core: Core, mutation: NoteMutation): string {
  if (mutation.kind === 'note-listen') return listenNamedBy(core, mutation.listenId).note ?? '';
  return (
    core.db.get<{ note: string | null }>('SELECT note FROM albums WHERE id = ?', albumNamedBy(core, mutation.albumId))
      ?.note ?? ''
  );
}

/** A note that came after a later one: it is stored in the history. @returns what the result says of it. */
export function keepSuperseded(
  core: Core,
  mutation: NoteMutation,
  { document: { deviceId, madeAt }, conflictKey }: Arrival,
): Pick<Outcome, 'outdone' | 'kept'> {
  const shown = shownNote(core, mutation);
  if (isBlank(mutation.note) || mutation.note === shown) return { outdone: true };
  // Superseded by a later one of the same device: nobody is to be notified.
  const isOwn = authorOf(core, conflictKey)?.deviceId === deviceId;
  keepRevision(
    core,
    historyOf(core, mutation),
    { text: mutation.note, deviceId, writtenAt: madeAt },
    isOwn ? 'replaced' : 'outdone',
  );
  return { outdone: true, ...(!isOwn && { kept: 'history' }) };
}

/**
 * Writes a note, and keeps the one that it takes the place of: `conflict` when whoever wrote this one had not seen it.
 *
 * @param write puts the new one in its place.
 */
export function keepReplaced<T>(
  core: Core,
  mutation: NoteMutation,
  { document: { deviceId }, conflictKey }: Arrival,
  write: () => T,
): T {
  const before = shownNote(core, mutation);
  const author = authorOf(core, conflictKey);
  const effect = write();
  const history = historyOf(core, mutation);
  if (before !== '' && before !== mutation.note) {
    // A device's own earlier note was seen where it was written, whatever this one says that it took the place of.
    const unseen =
      author?.deviceId !== deviceId &&
      (mutation.before === undefined ? author !== undefined : mutation.before !== before);
    const written: Written = { text: before, deviceId: author?.deviceId ?? null, writtenAt: author?.madeAt ?? null };
    keepRevision(core, history, written, unseen ? 'conflict' : 'replaced');
  }
  forgetRevision(core, history, mutation.note);
  return effect;
}

const authorOf = (core: Core, conflictKey: string | null) =>
  conflictKey === null ? undefined : lastWord(core, conflictKey);

/**
 * A note on a listen that was taken out of the journal meanwhile: it is the listen's, should it come back, and its writer is notified.
 *
 * @param isSuperseded a later one is there already, and stays. @returns false when the listen is not one of those.
 */
export function noteDeleted(
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
