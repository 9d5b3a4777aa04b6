import type { EuriaUsage } from '#shared/api/euria.ts';
import { t } from '$lib/i18n/index.svelte.ts';

type Share = EuriaUsage['asked'];

/** How much of today's share is used, or that there is none: for automatic writing, or for what people ask for. */
export function usageText(of: 'used' | 'asked', { used: n, cap }: Share): string {
  if (of === 'used') return cap === 0 ? t('euria.usedNone', { n }) : t('euria.used', { n, cap });
  return cap === 0 ? t('euria.askedNone', { n }) : t('euria.asked', { n, cap });
}

/**
 * What turning automatic writing on would bring, before it is on, and how far it is once it is.
 *
 * @param when the next text may come, in words.
 */
export function automaticTextStatus(
  { isOn, cap, used, next, withoutWords: missing }: EuriaUsage,
  when: string,
): string {
  const { owned, others } = missing;
  const n = owned + others;
  const sentences = [];
  if (!isOn) {
    sentences.push(t('euria.off'), n === 0 ? t('euria.nothingToWrite') : t('euria.toWrite', { n, owned, others }));
    if (n > 0 && cap > 0) sentences.push(t('euria.toWriteDays', { n: Math.ceil(n / cap), cap }));
    if (cap === 0) sentences.push(t('euria.ownNone'));
    return sentences.join(' ');
  }
  if (cap === 0) return t('euria.ownNone');
  if (n === 0) return t('euria.nothingLeft');
  sentences.push(t('euria.left', { n }));
  if (next !== null && used > 0) sentences.push(t('euria.next', { when }));
  return sentences.join(' ');
}
