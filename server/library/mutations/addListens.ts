import { USUAL_SECONDS } from '#shared/journal/scrobbleRule.ts';
import { groupRows, removeUnheard, withdraw } from '../turntable/listens.ts';
import { removeSession, storedSession } from '../turntable/sessions.ts';
import type { MutationHandler } from './definition.ts';
import { logTracks } from './manualListens.ts';
import { refuse } from './targets.ts';

/** Logs tracks of the library. */
export const addListens: MutationHandler<'add-listens'> = {
  hasOwnName: true,
  retarget: (mutation, resolver) => ({
    ...mutation,
    tracks: mutation.tracks.map((track) => ({ ...track, trackId: resolver.trackToHear(track.trackId) })),
  }),
  apply: logTracks,
  /** The listens get the names back under which they can be taken out together. */
  rebuild(core, { group, playedAt, tracks }, { track }) {
    let at = playedAt;
    tracks.forEach(({ trackId, durationSeconds }, place) => {
      const id = track(trackId);
      core.db.run(
        `UPDATE OR IGNORE scrobbles SET source_key = ?1 WHERE source = 'manual' AND played_at = ?2 AND rebuilt = 'exact'
         AND id = (SELECT min(id) FROM scrobbles WHERE source = 'manual' AND played_at = ?2 AND track_id = ?3 AND rebuilt = 'exact')`,
        `${group}:${place}`,
        at,
        id,
      );
      const known = core.db.get<{ seconds: number | null }>(
        'SELECT duration_seconds AS seconds FROM tracks WHERE id = ?',
        id,
      )?.seconds;
      at += Math.max(1, Math.round(durationSeconds ?? known ?? USUAL_SECONDS));
    });
  },
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
