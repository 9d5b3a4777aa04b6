import { isPossibleMoment, OLDEST_MOMENT } from '#shared/library/moments.ts';

export type RefusalReason = 'before-2002' | 'in-the-future';

/** Why a play's stamp cannot be true, or null. A day of grace for clocks that run ahead. */
export function stampRefusal(playedAt: number, nowSeconds: number): RefusalReason | null {
  if (playedAt < OLDEST_MOMENT) return 'before-2002';
  return isPossibleMoment(playedAt, nowSeconds * 1000) ? null : 'in-the-future';
}
