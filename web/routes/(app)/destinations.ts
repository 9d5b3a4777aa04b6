import type { PlainKey } from '$lib/i18n/index.svelte.ts';
import type { IconName } from '$lib/ui/icons.ts';

/** The five main pages; Settings is not among them, because it is opened rarely. */
export const destinations = [
  { href: '/collection', icon: 'collection', name: 'nav.collection' },
  { href: '/journal', icon: 'journal', name: 'nav.journal' },
  { href: '/timeline', icon: 'timeline', name: 'nav.timeline' },
  { href: '/playlists', icon: 'playlists', name: 'nav.playlists' },
  { href: '/analytics', icon: 'analytics', name: 'nav.analytics' },
] as const satisfies readonly { href: string; icon: IconName; name: PlainKey }[];

/** A record's or an artist's page belongs to the Collection. */
const within: Readonly<Record<string, string>> = { '/album': '/collection', '/artist': '/collection' };

/** The destination that a path belongs to. */
export function destinationOf(pathname: string): string {
  const first = `/${pathname.split('/')[1] ?? ''}`;
  return within[first] ?? first;
}
