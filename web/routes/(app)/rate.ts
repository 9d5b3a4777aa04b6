import { t } from '$lib/i18n/index.svelte.ts';
import type { Mutations, Undoable } from '$lib/library/index.ts';
import { toast } from '$lib/ui/toasts.svelte.ts';
import { undoAll } from './undoAll.ts';

/** Rates albums from 0 (not rated) to 5, says so and offers one undo for all of it: the stars may be out of sight. */
export async function rate(
  mutations: Mutations,
  albums: readonly { id: string; title: string }[],
  stars: number,
): Promise<void> {
  const named = { n: albums.length, title: albums[0]?.title ?? '' };
  const done: Undoable[] = [];
  for (const { id } of albums) done.push(await mutations.rateAlbum(id, stars));
  const text = stars > 0 ? t('collection.rated', { ...named, stars }) : t('collection.unrated', named);
  toast({ text, undo: () => undoAll(done) });
}
