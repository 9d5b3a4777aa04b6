import { resolveId } from '../curation/redirects.ts';
import { deletedListen, deleteListen as takeOut } from '../listens/deletions.ts';
import { listenRow } from '../listens/listens.ts';
import type { MutationHandler } from './definition.ts';
import { refuse } from './targets.ts';
import { putBack } from './visibility.ts';

/** Taking a listen out of the journal. Its scrobbles stay, marked. */
export const deleteListen: MutationHandler<'delete-listen'> = {
  retarget: (mutation, resolver) => ({ ...mutation, listenId: resolver.listen(mutation.listenId) }),
  apply(core, { listenId }) {
    const id = resolveId(core, 'listen', listenId);
    const listen = listenRow(core, id);
    if (listen !== undefined) takeOut(core, listen);
    else if (deletedListen(core, id) === undefined)
      refuse('unknown-listen', 'This listen is not in the journal any more.');
    return { seenIn: 'journal' };
  },
};

/** Putting it back as it was. */
export const restoreListen: MutationHandler<'restore-listen'> = {
  retarget: (mutation, resolver) => ({ ...mutation, listenId: resolver.deletedListen(mutation.listenId) }),
  apply(core, { listenId }) {
    const id = resolveId(core, 'listen', listenId);
    if (listenRow(core, id) !== undefined) return { seenIn: 'journal' };
    const deleted = deletedListen(core, id) ?? refuse('unknown-listen', 'There is no such listen to bring back.');
    putBack(core, deleted);
    return { seenIn: 'journal' };
  },
};
