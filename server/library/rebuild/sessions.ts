import type { TurntableSession } from '#shared/journal/turntable.ts';
import { trackById } from '../catalogue/trackById.ts';
import type { Core } from '../core.ts';
import { keepSession, storedSession } from '../turntable/sessions.ts';
import type { ForeignIds, Need } from './ids.ts';

/**
 * What played at the turntable plays on: its listens follow from it and from the time, those that are in the journal already are its own.
 *
 * @param atEnd all was given: what its ids mean here is known only then, and which of its listens are there.
 * @returns what it names that was not given yet.
 */
export function takeSessions(
  core: Core,
  ids: ForeignIds,
  sessions: readonly TurntableSession[],
  atEnd: boolean,
): Need[] {
  const fresh = sessions.filter(({ id }) => storedSession(core, id) === undefined);
  const named = new Set(fresh.flatMap(({ tracks }) => tracks.map(({ trackId }) => trackId)));
  const needs = [...named].map((theirs): Need => ['track', theirs]);
  if (!atEnd) return needs;
  for (const { id, playedAt, tracks, moves } of fresh) {
    keepSession(core, {
      id,
      playedAt,
      moves,
      tracks: tracks.map((track) => ({ ...track, trackId: ids.track(track.trackId) })),
    });
  }
  return needs.filter(([, theirs]) => trackById(core, ids.track(theirs)) === undefined);
}
