import { list } from '$lib/i18n/format.svelte.ts';
import { t } from '$lib/i18n/index.svelte.ts';

/** What a reading of the collection changed, in words: only what there was of it. */
export function collectionChanges({
  added,
  changed,
  removed,
}: {
  added: number;
  changed: number;
  removed: number;
}): string {
  const parts = [
    added > 0 ? t('collection.import.added', { n: added }) : '',
    changed > 0 ? t('collection.import.changed', { n: changed }) : '',
    removed > 0 ? t('collection.import.removed', { n: removed }) : '',
  ].filter((part) => part !== '');
  return parts.length > 0 ? list(parts) : t('collection.import.same');
}
