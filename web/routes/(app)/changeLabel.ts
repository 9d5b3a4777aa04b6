import { lookUp, t, type MessageKey } from '$lib/i18n/index.svelte.ts';
import type { RefusedChange, WaitingChange } from '$lib/library/index.ts';

/** Says in a line what was done and to what: "Kind of Blue – Miles Davis: 4 / 5". What it was done to is left out where nobody knows it. */
export function changeLabel({
  kind,
  mutation,
  about = '',
  name = '',
  did,
}: Pick<WaitingChange & RefusedChange, 'kind' | 'mutation' | 'about' | 'name'> & { did?: string | undefined }): string {
  if (kind === 'playlist') {
    const wanted = did === undefined ? undefined : lookUp(`wanted.${did}`);
    return [name === '' ? t('change.unnamedPlaylist') : t('change.playlist', { name }), wanted]
      .filter((words) => words !== undefined)
      .join(', ');
  }
  if (about === '') return t(`change.${kind}` satisfies MessageKey);
  const isUnloved = mutation?.kind === 'love-track' && !mutation.loved;
  if (mutation?.kind === 'rate-album') {
    const rating = mutation.rating === 0 ? t('rating.none') : t('rating.short', { n: mutation.rating });
    return t('changeOf.rate-album', { of: about, rating });
  }
  if (kind === 'rate-album') return t('change.rate-album');
  return t(isUnloved ? 'changeOf.unlove-track' : `changeOf.${kind}`, { of: about });
}
