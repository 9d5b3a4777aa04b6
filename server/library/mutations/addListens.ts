import { groupRows, removeUnheard, withdraw } from '../turntable/listens.ts';
import { removeSession, storedSession } from '../turntable/sessions.ts';
import type { MutationHandler } from './definition.ts';
import { logTracks } from './manualListens.ts';
import { refuse } from './targets.ts';

/** "I am playing this": tracks of the library. */
export const addListens: MutationHandler<'add-listens'> = {
  hasOwnName: true,
  retarget: (mutation, resolver) => ({
    ...mutation,
    tracks: mutation.tracks.map((track) => ({ ...track, trackId: resolver.trackToHear(track.trackId) })),
  }),
  apply: logTracks,
};

export const removeListens: MutationHandler<'remove-listens'> = {
  hasOwnName: true,
  // Named by the device's own UUID, which no other thing ever has.
  retarget: (mutation) => mutation,
  apply(core, { group }) {
    const rows = groupRows(core, group);
    const session = storedSession(core, group);
    const wasSession = removeSession(core, group);
    if (rows.length === 0 && !wasSession) refuse('unknown-group', 'These listens are not in the journal.');
    withdraw(core, rows);
    if (session !== undefined) removeUnheard(core, session);
    return { seenIn: wasSession ? 'household' : 'journal' };
  },
};
