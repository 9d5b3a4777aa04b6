import type { Analysis } from '#shared/analytics/analysis.ts';
import type { LocalAlgorithm } from '#shared/playlists/algorithms.ts';
import { drawPlaylist, type DrawExplanation } from '#shared/playlists/draw.ts';
import type { PlaylistOptions, PlaylistOptionsInput } from '#shared/playlists/options.ts';

/** A list that was drawn and may be kept. */
export interface Drawn {
  /** 1 for the first draw of a sentence. */
  number: number;
  algorithm: LocalAlgorithm;
  trackIds: number[];
  options: PlaylistOptions;
  asked: number;
  /** Seconds since the epoch. */
  at: number;
  /** Why there are fewer than asked. */
  short: DrawExplanation['short'];
}

/** Draws on this device, as the server would. @param now seconds since the epoch. */
export function draw(analysis: Analysis, algorithm: LocalAlgorithm, options: PlaylistOptionsInput, now: number, number: number): Drawn {
  const { entries, explanation, options: filled } = drawPlaylist({ algorithm, analysis, options, now });
  return { number, algorithm, trackIds: entries.map(({ trackId }) => trackId), options: filled, asked: explanation.asked, at: now, short: explanation.short };
}
