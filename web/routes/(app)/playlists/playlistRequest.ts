import type { PlaylistAlgorithm } from '#shared/library/playlist.ts';
import type { PlaylistOptionsInput } from '#shared/playlists/options.ts';

/** The underlined parts of the sentence, each with what it may be. */
export interface PlaylistRequest {
  length: '10' | '25' | '50' | '100';
  owned: 'any' | 'shelf';
  repeat: 'any' | 'once' | 'thrice';
  since: 'any' | 'month' | 'year';
  /** Of which listening. */
  period: 'any' | 'month' | 'year';
  /** First year. */
  decade: string;
}
export type Slot = keyof PlaylistRequest;

export const slots = {
  length: ['10', '25', '50', '100'],
  owned: ['any', 'shelf'],
  repeat: ['any', 'once', 'thrice'],
  since: ['any', 'month', 'year'],
  period: ['any', 'month', 'year'],
} as const satisfies { [S in Exclude<Slot, 'decade'>]: readonly PlaylistRequest[S][] };

export const defaultRequest: PlaylistRequest = {
  length: '25',
  owned: 'any',
  repeat: 'once',
  since: 'any',
  period: 'any',
  decade: '1970',
};

/** In the order of the tabs. */
export const order: readonly PlaylistAlgorithm[] = [
  'recent',
  'loved',
  'top_artists',
  'random',
  'discover',
  'decade',
  'ai',
];

const DAY = 86_400;

/** What the drawing wants to know, from the sentence. @param now seconds since the epoch. */
export function optionsOf(
  algorithm: PlaylistAlgorithm,
  request: PlaylistRequest,
  now: number,
  seed: string,
): PlaylistOptionsInput {
  return {
    length: Number(request.length),
    seed,
    ...(request.owned === 'shelf' ? { ownedOnly: true } : {}),
    ...(algorithm !== 'top_artists' && request.repeat !== 'any'
      ? { maxPerArtist: request.repeat === 'once' ? 1 : 3 }
      : {}),
    ...(algorithm !== 'recent' && algorithm !== 'discover' && request.since !== 'any'
      ? { notHeardSince: now - (request.since === 'month' ? 30 : 365) * DAY }
      : {}),
    ...(algorithm === 'top_artists' && request.period !== 'any'
      ? { period: { from: now - (request.period === 'month' ? 30 : 365) * DAY, to: now } }
      : {}),
    ...(algorithm === 'decade' ? { decade: Number(request.decade) } : {}),
  };
}
