import type { Begins } from '#shared/journal/turntable.ts';
import { t } from '$lib/i18n/index.svelte.ts';
import { partName } from './album/[id]/partName.ts';

/** What begins at the turntable, in words: a part of the record, or the next record by its title. */
export const beginningName = (begins: Begins, album: string | null): string =>
  begins === 'record' ? (album ?? t('turntable.nextRecord')) : partName(begins);
