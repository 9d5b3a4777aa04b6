import { t } from '$lib/i18n/index.svelte.ts';
import type { Mutations } from '$lib/library/index.ts';
import { toast } from '$lib/ui/toasts.svelte.ts';

/** Rates an album from 0 (not rated) to 5, says so and offers to undo it: by its key, the stars may be out of sight. */
export async function rate(
  mutations: Mutations,
  { id, title }: { id: string; title: string },
  stars: number,
): Promise<void> {
  const { undo } = await mutations.rateAlbum(id, stars);
  const text = stars > 0 ? t('collection.rated', { n: 1, title, stars }) : t('collection.unrated', { n: 1, title });
  toast({ text, undo });
}
