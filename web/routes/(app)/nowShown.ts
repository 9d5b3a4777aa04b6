import type { NowPlayingNow } from '$lib/library/index.ts';

/** What the bar says of what it shows: `ended` and `lastReported` where nobody knows whether it still sounds. */
export type NowSaid = 'turning' | 'paused' | 'loading' | 'ended' | 'lastReported' | 'now';

/** The same in words, as a key of the translations; a turning record is shown with what comes next. */
export const wordOf = {
  paused: 'now.paused',
  loading: 'now.loading',
  ended: 'now.ended',
  lastReported: 'now.lastReported',
  now: 'now.now',
} as const satisfies Record<Exclude<NowSaid, 'turning'>, string>;

/** @param isReached whether the server can still report anything else; the turntable needs no server. */
export function nowSaid(
  { source, state, positionSeconds, durationSeconds }: NowPlayingNow,
  isReached: boolean,
): NowSaid {
  if (source === 'turntable') return state === 'playing' || state === 'loading' ? 'now' : state;
  if (!isReached) return 'lastReported';
  if (state !== 'playing') return state;
  return positionSeconds !== null && durationSeconds !== null && positionSeconds >= durationSeconds ? 'ended' : 'now';
}

/**
 * What the bar shows of all that there is, and how many other places play: the turntable first, which is worked from here, then what plays,
 * then what is paused.
 */
export function shownOf(
  all: readonly NowPlayingNow[],
  isReached: boolean,
): { playing: NowPlayingNow | undefined; others: number } {
  const sounds = (one: NowPlayingNow) => nowSaid(one, isReached) === 'now';
  const playing = all.find(({ source }) => source === 'turntable') ?? all.find(sounds) ?? all[0];
  return { playing, others: all.filter((one) => one !== playing && sounds(one)).length };
}
