import type { OnNavigate } from '@sveltejs/kit';

/** The record whose cover travels between the shelf and its page; one at a time has the name. */
let travelling = $state<string | null>(null);

export const morph = {
  /** True for the cover that should carry `view-transition-name: cover`. */
  carries: (albumId: string): boolean => travelling === albumId,
};

const albumOf = (target: OnNavigate['to']): string | null =>
  target?.route.id === '/(app)/album/[id]' ? (target.params?.['id'] ?? null) : null;

/** Lets the browser animate the way between two pages, the cover from the one to the other, unless motion is unwelcome. */
export function startMorph(navigation: OnNavigate): Promise<void> | undefined {
  const album = albumOf(navigation.to) ?? albumOf(navigation.from);
  if (!album || !document.startViewTransition || matchMedia('(prefers-reduced-motion: reduce)').matches)
    return undefined;
  travelling = album;
  return new Promise((ready) => {
    const transition = document.startViewTransition(async () => {
      ready();
      await navigation.complete;
    });
    void transition.finished.finally(() => (travelling = null));
  });
}
