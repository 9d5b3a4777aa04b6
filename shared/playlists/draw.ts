import * as v from 'valibot';
import type { Analysis } from '../analytics/analysis.ts';
import { algorithms, type LocalAlgorithm } from './algorithms.ts';
import { Draw, findCandidates, type LeftOut } from './candidates.ts';
import { PlaylistOptions, type PlaylistOptionsInput } from './options.ts';
import { seededRandom } from './seededRandom.ts';

export interface DrawRequest {
  algorithm: LocalAlgorithm;
  analysis: Analysis;
  options: PlaylistOptionsInput;
  /** Seconds since the epoch: the seed, where the options give none. */
  now: number;
}

/** How the list came to its length. */
export interface DrawExplanation {
  asked: number;
  drawn: number;
  /** Tracks that the algorithm had to offer before the options were asked; counted to the end only when the list is short. */
  offered: number;
  leftOut: LeftOut;
  /** Why there are fewer than asked; null when there are not. */
  short: null | 'library-empty' | 'nothing-heard' | 'nothing-loved' | 'nothing-of-decade' | 'nothing-else';
}

export interface DrawnPlaylist {
  entries: { trackId: number }[];
  explanation: DrawExplanation;
  /** The options with every default and the seed filled in: with them the same list can be drawn again. */
  options: PlaylistOptions;
}

/**
 * Draws a playlist. The same journal, library, options and seed give the same list, in a browser and on the server.
 *
 * @throws {v.ValiError} for options out of their bounds.
 */
export function drawPlaylist({ algorithm, analysis, options: given, now }: DrawRequest): DrawnPlaylist {
  const parsed = v.parse(PlaylistOptions, given);
  const options = { ...parsed, seed: parsed.seed ?? String(now) };
  const candidates = findCandidates(analysis, options);
  const draw = new Draw(analysis, options);
  const random = seededRandom(`${algorithm} ${options.seed}`);
  for (const track of algorithms[algorithm]({ analysis, candidates, options, random })) {
    if (draw.isFull) break;
    draw.offer(track);
  }
  const { offered } = draw;
  const drawn = draw.tracks.length;
  const short = drawn >= options.length ? null : whyShort(algorithm, candidates.all.length, offered);
  return {
    entries: draw.tracks.map((track) => ({ trackId: analysis.library.trackIds[track]! })),
    explanation: { asked: options.length, drawn, offered, leftOut: draw.leftOut, short },
    options,
  };
}

function whyShort(algorithm: LocalAlgorithm, candidates: number, offered: number): DrawExplanation['short'] {
  if (candidates === 0) return 'library-empty';
  if (offered > 0) return 'nothing-else';
  if (algorithm === 'loved') return 'nothing-loved';
  return algorithm === 'decade' ? 'nothing-of-decade' : 'nothing-heard';
}
