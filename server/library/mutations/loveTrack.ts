import { trackById } from '../catalogue/trackById.ts';
import { setLove } from '../catalogue/loves.ts';
import type { MutationHandler } from './definition.ts';
import { trackNamedBy } from './targets.ts';

/** Tracks without an album are in their artist's document. */
const seenIn = (albumId: number | null | undefined) => (albumId === null ? 'artists' : 'albums');

export const loveTrack: MutationHandler<'love-track'> = {
  retarget: (mutation, resolver) => ({ ...mutation, trackId: resolver.recording(mutation.trackId) }),
  apply(core, { trackId, loved }) {
    const track = trackNamedBy(core, trackId);
    setLove(core, track.id, loved);
    return { seenIn: seenIn(track.albumId) };
  },
  // The documents say that it is loved, and not since when.
  rebuild(core, { trackId, loved }, { madeAt, track }) {
    core.db.run(
      'UPDATE tracks SET loved_at = max(ifnull(loved_at, 0), ?) WHERE id = ? AND loved = ?',
      Math.floor(madeAt / 1000),
      track(trackId),
      Number(loved),
    );
  },
  superseded: (core, { trackId }) => ({ seenIn: seenIn(trackById(core, trackId)?.albumId), outdone: true }),
};
