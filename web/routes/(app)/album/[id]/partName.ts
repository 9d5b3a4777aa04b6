import type { Part } from '#shared/library/parts.ts';
import { t } from '$lib/i18n/index.svelte.ts';
import { formatName } from '../../formatName.ts';

/** "Side A", "Disc 2", "CD", "DVD 1", "LP 2, Side A", in the reader's language; "Other tracks" for those of which no more is known. */
export function partName({ medium, disc, side }: Part): string {
  const carrier =
    medium === undefined
      ? disc !== undefined && t('album.disc', { disc })
      : [formatName(medium), disc].filter((word) => word !== undefined).join(' ');
  return (
    [carrier, side !== undefined && t('album.side', { side })].filter((piece) => piece !== false).join(', ') ||
    t('album.otherTracks')
  );
}
