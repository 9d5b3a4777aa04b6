import { lookUp, t, type MessageKey } from '$lib/i18n/index.svelte.ts';
import type { RefusedChange, WaitingChange } from '$lib/library/index.ts';
import { definitionOf, MUTATIONS } from '#shared/mutations/registry.ts';

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
      .filter((text) => text !== undefined)
      .join(', ');
  }
  const definition = mutation && definitionOf(mutation);
  const rating = mutation && definition?.rating?.(mutation);
  const isWhole = MUTATIONS[kind].rating === undefined || rating !== undefined;
  if (about === '' || !isWhole) return t(`change.${kind}` satisfies MessageKey);
  const line = mutation && definition?.line?.(mutation);
  // Lines that say no rating leave it out.
  return t(`changeOf.${line ?? kind}`, {
    of: about,
    rating: rating ? t('rating.short', { n: rating }) : t('rating.none'),
  });
}
