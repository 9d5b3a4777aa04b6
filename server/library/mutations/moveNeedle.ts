import { isPossibleMoment } from '#shared/primitives/moments.ts';
import { trackById } from '../catalogue/trackById.ts';
import type { Core } from '../core.ts';
import { keepMove, storedSession, storeSession } from '../turntable/sessions.ts';
import type { MutationHandler } from './definition.ts';
import { tracksNamedIn } from './logNamed.ts';
import { byLibrary, writeSession } from './manualListens.ts';
import { refuse } from './targets.ts';

/** What was done at the turntable. */
export const moveNeedle: MutationHandler<'move-needle'> = {
  hasOwnName: true,
  // Named by the device's own UUID, which no other thing ever has.
  retarget: (mutation) => mutation,
  apply(core, { group, move }, arrival) {
    const at = byLibrary(move.at, arrival);
    if (!isPossibleMoment(at, arrival.now)) refuse('in-the-future', 'This would be done more than a day from now.');
    if (keepMove(core, group, { ...move, at })) {
      nameAgain(core, group);
      writeSession(core, group, arrival);
    }
    return { seenIn: 'household' };
  },
};

/** What was removed as unheard plays again once that is undone: its tracks are made of their names anew. */
function nameAgain(core: Core, group: string): void {
  const session = storedSession(core, group)!;
  if (session.tracks.every(({ trackId }) => trackById(core, trackId) !== undefined)) return;
  const named = tracksNamedIn(core, group);
  if (named === undefined) return;
  storeSession(core, {
    ...session,
    tracks: session.tracks.map((track, place) => ({ ...track, trackId: named[place]?.trackId ?? track.trackId })),
  });
}
