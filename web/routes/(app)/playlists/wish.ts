import type { PlaylistAlgorithm } from '#shared/library/playlist.ts';
import type { PlaylistOptionsInput } from '#shared/playlists/options.ts';

/** The underlined parts of the sentence, each with what it may be. */
export interface Wish {
  length: '10' | '25' | '50' | '100';
  owned: 'any' | 'shelf';
  repeat: 'any' | 'once' | 'thrice';
  since: 'any' | 'month' | 'year';
  /** Of which listening. */
  period: 'any' | 'month' | 'year';
  /** First year. */
  decade: string;
}
export type Slot = keyof Wish;

export const slots = {
  length: ['10', '25', '50', '100'],
  owned: ['any', 'shelf'],
  repeat: ['any', 'once', 'thrice'],
  since: ['any', 'month', 'year'],
  period: ['any', 'month', 'year'],
} as const satisfies { [S in Exclude<Slot, 'decade'>]: readonly Wish[S][] };

export const firstWish: Wish = {
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
export function optionsOf(algorithm: PlaylistAlgorithm, wish: Wish, now: number, seed: string): PlaylistOptionsInput {
  return {
    length: Number(wish.length),
    seed,
    ...(wish.owned === 'shelf' ? { ownedOnly: true } : {}),
    ...(algorithm !== 'top_artists' && wish.repeat !== 'any' ? { maxPerArtist: wish.repeat === 'once' ? 1 : 3 } : {}),
    ...(algorithm !== 'recent' && algorithm !== 'discover' && wish.since !== 'any'
      ? { notHeardSince: now - (wish.since === 'month' ? 30 : 365) * DAY }
      : {}),
    ...(algorithm === 'top_artists' && wish.period !== 'any'
      ? { period: { from: now - (wish.period === 'month' ? 30 : 365) * DAY, to: now } }
      : {}),
    ...(algorithm === 'decade' ? { decade: Number(wish.decade) } : {}),
  };
}
