import { isPossibleMoment, likelyNow, OLDEST_MOMENT } from '#shared/primitives/moments.ts';
import type { Library } from '../../library/api/library.ts';

export type RefusalReason = 'before-2002' | 'in-the-future';

/** What time it most likely is, in seconds since the epoch: a server whose clock was set back takes what is played now all the same. */
export const likelySeconds = (library: Pick<Library, 'time'>): number => Math.floor(likelyNow(library.time()) / 1000);

/** Why a play's stamp cannot be true, or null. A day of grace for clocks that run ahead. */
export function stampRefusal(playedAt: number, nowSeconds: number): RefusalReason | null {
  if (playedAt < OLDEST_MOMENT) return 'before-2002';
  return isPossibleMoment(playedAt, nowSeconds * 1000) ? null : 'in-the-future';
}
