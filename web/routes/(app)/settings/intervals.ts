import { t } from '$lib/i18n/index.svelte.ts';

/** How often a service may be asked, in seconds; the present choice is among them whatever it is. */
export const intervals = (present: number | undefined): number[] =>
  [...new Set([60, 120, 150, 300, 600, 1800, present ?? 60])].sort((a, b) => a - b);

export const intervalLabel = (seconds: number): string =>
  seconds % 60 === 0 ? t('interval.minutes', { n: seconds / 60 }) : t('interval.seconds', { n: seconds });
