import { endOf } from '../journal/needle.ts';
import type { HeardTrack } from '../journal/sounding.ts';
import { trackToPlay, type TurntableSession } from '../journal/turntable.ts';
import type { OptimisticDraft } from './optimisticState.ts';

/** Tracks that a person logs together, by the ids that they have on this device. */
export interface Logged {
  group: string;
  /** Seconds since the epoch. */
  playedAt: number;
  tracks: readonly Parameters<typeof trackToPlay>[0][];
}

/**
 * What was logged as this device's own: what had not ended when it was said plays at the turntable, the rest are listens.
 * @param madeAt milliseconds since the epoch.
 */
export function reserveLogged(state: OptimisticDraft, { group, playedAt, tracks }: Logged, madeAt: number): void {
  const session: TurntableSession = { id: group, playedAt, tracks: tracks.map(trackToPlay), moves: [] };
  if (endOf(session) > Math.floor(madeAt / 1000)) {
    state.ownSessions.set(group, session);
    return;
  }
  let from = playedAt;
  const listens = session.tracks.map(({ trackId, seconds }) => {
    const listen = { id: state.nextListenId(), trackId, playedAt: from, group };
    from += seconds;
    return listen;
  });
  state.ownListens.set(group, listens);
}

/** Shows what was logged: at the turntable, or in the journal. */
export function showLogged(state: OptimisticDraft, group: string): void {
  const session = state.ownSessions.get(group);
  if (session) state.sessions.set(group, session);
  else state.added.push(...(state.ownListens.get(group) ?? []));
}

/** How long each of what was heard played: until the next began, and the last as long as it was logged to. */
export const heardLengths = (
  tracks: readonly { durationSeconds?: number | undefined }[],
  heard: readonly HeardTrack[],
): { durationSeconds?: number }[] =>
  heard.map(({ place, playedAt }, index) => {
    const next = heard[index + 1];
    const length = next ? next.playedAt - playedAt : tracks[place]?.durationSeconds;
    return length === undefined ? {} : { durationSeconds: length };
  });
