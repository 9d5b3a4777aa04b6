import { touchPage } from '../listens/journalPages.ts';
import type { MutationHandler } from './definition.ts';
import { keepSuperseded, keepReplaced, noteDeleted, storedNote } from './notes.ts';
import { listenNamedBy } from './targets.ts';

export const noteListen: MutationHandler<'note-listen'> = {
  retarget: (mutation, resolver) => ({ ...mutation, listenId: resolver.listen(mutation.listenId) }),
  apply(core, mutation, arrival) {
    if (noteDeleted(core, mutation, arrival, false)) return { seenIn: 'journal' };
    return keepReplaced(core, mutation, arrival, () => {
      const listen = listenNamedBy(core, mutation.listenId);
      core.db.run('UPDATE listening_history SET note = ? WHERE id = ?', storedNote(mutation.note), listen.id);
      touchPage(core, listen.page);
      return { seenIn: 'journal' };
    });
  },
  superseded(core, mutation, arrival) {
    if (noteDeleted(core, mutation, arrival, true)) return { seenIn: 'journal', outdone: true };
    return { seenIn: 'journal', ...keepSuperseded(core, mutation, arrival) };
  },
};
