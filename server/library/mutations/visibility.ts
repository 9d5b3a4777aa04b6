import type { Core } from '../core.ts';
import { type DeletedRow, putListenBack } from '../listens/deletions.ts';
import { touchPage } from '../listens/journalPages.ts';
import { keepListenNote } from './notes.ts';
import { refuse } from './targets.ts';

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
