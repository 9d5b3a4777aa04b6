import type { PlaylistDocument } from '#shared/library/playlist.ts';
import { t } from '$lib/i18n/index.svelte.ts';

type Listed = Pick<PlaylistDocument, 'algorithm' | 'options'> & { entries: readonly unknown[] };

/**
 * That a playlist of EurIA's holds fewer tracks than were asked for, and why as far as it is known; undefined where it does not.
 *
 * @param asWritten whether it is as EurIA wrote it: once a person has changed it, how many EurIA named is not known.
 */
export function shortfall({ algorithm, options, entries }: Listed, asWritten: boolean): string | undefined {
  const [asked, dropped] = [options?.['length'], options?.['dropped']];
  if (algorithm !== 'ai' || typeof asked !== 'number' || entries.length >= asked) return undefined;
  const short = t('ai.short', { n: entries.length, asked });
  if (typeof dropped === 'number' && dropped > 0) return `${short} ${t('ai.dropped', { n: dropped })}`;
  return asWritten ? `${short} ${t('ai.noMore')}` : short;
}
