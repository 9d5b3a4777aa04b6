import type { Core } from '../core.ts';
import { findFormer } from '../curation/redirects.ts';
import { deletedListen, deleteListen, type DeletedRow, putListenBack } from '../listens/deletions.ts';
import { touchPage } from '../listens/journalPages.ts';
import { listenRow } from '../listens/listens.ts';
import type { Handlers } from './handler.ts';
import { keepListenNote } from './notes.ts';
import { refuse } from './targets.ts';

/** Taking a listen out of the journal, and putting it back as it was. Its scrobbles stay, marked. */
export const presence: Handlers<'delete-listen' | 'restore-listen'> = {
  'delete-listen'(core, { listenId }) {
    const id = findFormer(core, 'listen', listenId);
    const listen = listenRow(core, id);
    if (listen !== undefined) deleteListen(core, listen);
    else if (deletedListen(core, id) === undefined)
      refuse('unknown-listen', 'This listen is not in the journal any more.');
    return { seenIn: 'journal' };
  },
  'restore-listen'(core, { listenId }) {
    const id = findFormer(core, 'listen', listenId);
    if (listenRow(core, id) !== undefined) return { seenIn: 'journal' };
    const deleted = deletedListen(core, id) ?? refuse('unknown-listen', 'There is no such listen to bring back.');
    putBack(core, deleted);
    return { seenIn: 'journal' };
  },
};

/** Puts a deleted listen back with its note. @throws {Refusal} when nothing is left of it. */
export function putBack(core: Core, deleted: DeletedRow, at?: number): void {
  const back =
    putListenBack(core, deleted, at) ?? refuse('no-evidence', 'Nothing is left of this listen to bring back.');
  const { note } = deleted;
  if (note === null || back.note === note) return;
  keepListenNote(core, back.id, 'replaced');
  core.db.run('UPDATE listening_history SET note = ? WHERE id = ?', note, back.id);
  touchPage(core, back.page);
}
