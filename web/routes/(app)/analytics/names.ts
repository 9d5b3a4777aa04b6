import { silenceMonths, type Comeback } from '#shared/analytics/comebacks.ts';
import { percent } from '$lib/i18n/format.svelte.ts';
import { t } from '$lib/i18n/index.svelte.ts';
import { supportName } from '../names.ts';

/** 7 → 07:00. */
export const hourName = (hour: number): string => `${String(hour).padStart(2, '0')}:00`;

/** Part of a whole in percent; what is there is never 0%, and what is not all of it never 100%. */
export function share(part: number, whole: number): string {
  const of = whole === 0 ? 0 : part / whole;
  if (of > 0 && of < 0.005) return `<\u00a0${percent(0.01)}`;
  return of < 1 && of >= 0.995 ? `>\u00a0${percent(0.99)}` : percent(of);
}

/** How much more (or, negative, less) in percent, without its sign: as long as something is left, it is not 100% less. */
export const changedBy = (change: number): string => percent(change > -1 && change < -0.99 ? 0.99 : Math.abs(change));

/** How long a gap without listens was, as every page says it: 20 months, 2 years. */
export function silence(comeback: Pick<Comeback, 'lastHeard' | 'returnedAt'>): string {
  const months = silenceMonths(comeback);
  return months < 24 ? t('chart.months', { n: months }) : t('review.years', { n: Math.floor(months / 12) });
}

/** What a support is called where all of them are listed; null for one that is not written down. */
export const carrierName = (support: string | null): string =>
  support === null ? t('support.other') : supportName(support);
