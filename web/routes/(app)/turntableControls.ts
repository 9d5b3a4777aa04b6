import type { NowPlayingNow } from '$lib/library/index.ts';

/** What can be done at the turntable. */
export type TurntableAct = 'previous' | 'pause' | 'resume' | 'skip' | 'turn' | 'lift';

/** Where each stands: as a sign that every player has, in words, or in words within a menu. */
export interface TurntableControls {
  signs: TurntableAct[];
  labels: TurntableAct[];
  menu: TurntableAct[];
}

/** What can be done now, where there is room for it. @param hasSide whether the track is on a side that may begin anew. */
export function turntableControls(
  state: NowPlayingNow['state'],
  hasSide: boolean,
  room: 'desk' | 'tablet' | 'phone',
): TurntableControls {
  // While the record is turned nothing plays that could be held or skipped.
  const held: TurntableAct[] = state === 'turning' ? [] : [state === 'paused' ? 'resume' : 'pause'];
  const skip: TurntableAct[] = state === 'turning' ? [] : ['skip'];
  const turn: TurntableAct[] = hasSide ? ['turn'] : [];
  if (room === 'phone') return { signs: held, labels: [], menu: ['previous', ...skip, ...turn, 'lift'] };
  const isDue = state === 'turning';
  return {
    signs: ['previous', ...held, ...skip],
    labels: [...(isDue ? turn : []), ...(room === 'desk' ? (['lift'] as const) : [])],
    menu: [...(isDue ? [] : turn), ...(room === 'desk' ? [] : (['lift'] as const))],
  };
}
