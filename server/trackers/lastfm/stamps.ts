/** 2002-01-01: nobody scrobbled before Audioscrobbler began. */
const OLDEST_STAMP = 1_009_843_200;
const DAY = 86_400;

export type RefusalReason = 'before-2002' | 'in-the-future';

/** Why a play's stamp cannot be true, or null. A day of grace for clocks that run ahead. */
export function stampRefusal(playedAt: number, nowSeconds: number): RefusalReason | null {
  if (playedAt < OLDEST_STAMP) return 'before-2002';
  if (playedAt > nowSeconds + DAY) return 'in-the-future';
  return null;
}
