import { revisionsId } from '#shared/library/revision.ts';
import type { Intent, IntentDocument, Verdict } from '#shared/sync/intents.ts';
import type { Core } from '../core.ts';
import { findFormer } from '../curation/redirects.ts';
import { listenRow } from '../listens/listens.ts';
import { touchDeletionOf } from '../listens/touchDeletion.ts';
import { forgetRevision, keepRevision, lastWord, type Written } from '../revisions.ts';
import { albumNamedBy, listenNamedBy } from './targets.ts';
import { isBlank, trimmed } from '#shared/text/blank.ts';

type NoteIntent = Extract<Intent, { kind: 'note-album' | 'note-listen' }>;

export const isNote = (intent: Intent): intent is NoteIntent =>
  intent.kind === 'note-album' || intent.kind === 'note-listen';

/** The history that an album's or listen's note has. */
function historyOf(core: Core, intent: NoteIntent): string {
  return intent.kind === 'note-album'
    ? revisionsId('album-note', albumNamedBy(core, intent.albumId))
    : revisionsId('listen-note', listenNamedBy(core, intent.listenId).id);
}

function shownNote(core: Core, intent: NoteIntent): string {
  if (intent.kind === 'note-listen') return listenNamedBy(core, intent.listenId).note ?? '';
  return (
    core.db.get<{ note: string | null }>('SELECT note FROM albums WHERE id = ?', albumNamedBy(core, intent.albumId))
      ?.note ?? ''
  );
}

/** A note that came after a later one: it is kept in the history. @returns what the verdict says of it. */
export function keepOutdone(
  core: Core,
  { intent, deviceId, madeAt }: IntentDocument & { intent: NoteIntent },
  subject: string,
): Pick<Extract<Verdict, { state: 'applied' }>, 'outdone' | 'kept'> {
  const shown = shownNote(core, intent);
  if (isBlank(intent.note) || intent.note === shown) return { outdone: true };
  // Overtaken by a later one of the same device: nobody is to be told.
  const isOwn = lastWord(core, subject)?.deviceId === deviceId;
  keepRevision(
    core,
    historyOf(core, intent),
    { text: intent.note, deviceId, writtenAt: madeAt },
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
  { intent, deviceId }: IntentDocument & { intent: NoteIntent },
  subject: string,
  write: () => T,
): T {
  const before = shownNote(core, intent);
  const author = lastWord(core, subject);
  const effect = write();
  const history = historyOf(core, intent);
  if (before !== '' && before !== intent.note) {
    // A device's own earlier note was seen where it was written, whatever this one says that it took the place of.
    const unseen =
      author?.deviceId !== deviceId && (intent.before === undefined ? author !== undefined : intent.before !== before);
    const written: Written = { text: before, deviceId: author?.deviceId ?? null, writtenAt: author?.madeAt ?? null };
    keepRevision(core, history, written, unseen ? 'conflict' : 'replaced');
  }
  forgetRevision(core, history, intent.note);
  return effect;
}

/**
 * A note on a listen that was taken out of the journal meanwhile: it is the listen's, should it come back, and its writer is told.
 *
 * @param outdone a later one is there already, and stays. @returns false when the listen is not one of those.
 */
export function noteDeleted(core: Core, { intent, deviceId, madeAt }: IntentDocument, outdone: boolean): boolean {
  if (intent.kind !== 'note-listen') return false;
  const id = findFormer(core, 'listen', intent.listenId);
  const deleted =
    listenRow(core, id) === undefined
      ? core.db.get<{ note: string | null }>(
          `SELECT listen ->> 'note' AS note FROM deleted_listens WHERE listen_id = ?`,
          id,
        )
      : undefined;
  if (deleted === undefined) return false;
  const history = revisionsId('listen-note', id);
  const written = trimmed(intent.note);
  if (!outdone && deleted.note !== null && deleted.note !== written)
    keepRevision(core, history, { text: deleted.note }, 'replaced');
  keepRevision(core, history, { text: written, deviceId, writtenAt: madeAt }, 'removed');
  if (!outdone)
    core.db.run(
      `UPDATE deleted_listens SET listen = json_set(listen, '$.note', ?) WHERE listen_id = ?`,
      written === '' ? null : written,
      id,
    );
  touchDeletionOf(core, id);
  return true;
}

/** A listen's note goes with it, or gives way to another: it is kept in the listen's history. */
export function keepListenNote(core: Core, listenId: number, why: 'replaced' | 'removed'): void {
  const note = listenRow(core, listenId)?.note ?? null;
  if (note === null) return;
  const author = lastWord(core, `listen-note:${listenId}`);
  keepRevision(
    core,
    revisionsId('listen-note', listenId),
    { text: note, deviceId: author?.deviceId ?? null, writtenAt: author?.madeAt ?? null },
    why,
  );
}
