import { problemMessage } from '$lib/i18n/errorText.ts';
import { t } from '$lib/i18n/index.svelte.ts';
import type { ServiceTest } from '#shared/api/services.ts';

/** What asking a service once came to, in the page's language; `total` is how many listens an account of Last.fm has. */
export function testResultMessage({ ok, problem, total }: Pick<ServiceTest, 'ok' | 'problem' | 'total'>): string {
  if (!ok) return problemMessage(problem) ?? t('error.upstream');
  return total === undefined ? t('key.ok') : `${t('key.ok')} ${t('welcome.2.found', { n: total })}`;
}
