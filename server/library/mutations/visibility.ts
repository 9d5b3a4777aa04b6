import type { Core } from '../core.ts';
import { type DeletedRow, putListenBack } from '../listens/deletions.ts';
import { replaceListenNote } from '../listens/notes.ts';
import { refuse } from './targets.ts';

/** Puts a deleted listen back with its note. @throws {Refusal} when nothing is left of it. */
export function putBack(core: Core, deleted: DeletedRow, at?: number): void {
  const back =
    putListenBack(core, deleted, at) ?? refuse('no-evidence', 'Nothing is left of this listen to bring back.');
  if (deleted.note !== null) replaceListenNote(core, back.id, deleted.note);
}
