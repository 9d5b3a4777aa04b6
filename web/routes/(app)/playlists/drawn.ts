import type { Analysis } from '#shared/analytics/analysis.ts';
import type { LocalAlgorithm } from '#shared/playlists/algorithms.ts';
import { drawPlaylist, type DrawExplanation } from '#shared/playlists/draw.ts';
import type { PlaylistOptions } from '#shared/playlists/options.ts';
import { optionsOf, type PlaylistRequest } from './playlistRequest.ts';

/** A suggested playlist that may be saved. */
export interface Drawn {
  /** 1 for the first draw of a sentence. */
  number: number;
  algorithm: LocalAlgorithm;
  trackIds: number[];
  /** How many it drew; a person may leave some out. */
  found: number;
  /** The sentence that it was drawn from. */
  request: PlaylistRequest;
  options: PlaylistOptions;
  asked: number;
  /** Seconds since the epoch. */
  at: number;
  /** Why there are fewer than asked. */
  short: DrawExplanation['short'];
  /** What a person calls it; undefined until they type. */
  name?: string;
}

/** Draws on this device, as the server would. @param now seconds since the epoch. */
export function draw(
  analysis: Analysis,
  algorithm: LocalAlgorithm,
  request: PlaylistRequest,
  now: number,
  before?: Drawn,
): Drawn {
  const number = againOf(before, request);
  const { entries, explanation, options } = drawPlaylist({
    algorithm,
    analysis,
    options: optionsOf(algorithm, request, now, `${now} ${number}`),
    now,
  });
  const trackIds = entries.map(({ trackId }) => trackId);
  return {
    number,
    algorithm,
    trackIds,
    request,
    options,
    found: trackIds.length,
    asked: explanation.asked,
    at: now,
    short: explanation.short,
    ...(before?.name !== undefined && { name: before.name }),
  };
}

/** Whether the sentence still says what the list was drawn from. */
export function isOfSentence({ algorithm, request: before }: Drawn, request: PlaylistRequest): boolean {
  const said = (one: PlaylistRequest) => JSON.stringify(optionsOf(algorithm, one, 0, ''));
  return said(before) === said(request);
}

/** The number of the next draw of this sentence. */
export const againOf = (before: Drawn | undefined, request: PlaylistRequest): number =>
  before && isOfSentence(before, request) ? before.number + 1 : 1;

/** How many there were, and why no more; undefined when there are as many as asked. */
export function shortage({ short, found, options }: Drawn) {
  if (short === null) return undefined;
  if (short === 'nothing-heard' && options.period !== undefined) return { found, why: 'nothing-heard-then' } as const;
  return { found, why: short === 'nothing-else' && found === 0 ? ('nothing-fits' as const) : short };
}
