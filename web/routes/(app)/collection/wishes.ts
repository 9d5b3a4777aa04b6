import type { AlbumFilter, AlbumSort } from '$lib/library/index.ts';
import type { SupportKind } from '$lib/ui/support.ts';

/** What the person wishes to see of the shelf. It lives in the address, so that it can be kept, shared and gone back to. */
export interface Wishes {
  view: 'grid' | 'list';
  sort: AlbumSort;
  support: SupportKind | null;
  genre: string | null;
  decade: number | null;
  rating: number | null;
  neverPlayed: boolean;
  /** Records that were heard but are not owned, too. */
  heard: boolean;
}

export const sorts = ['added', 'artist', 'title', 'year', 'plays', 'lastPlayed', 'rating'] as const satisfies readonly AlbumSort[];
const supports: readonly string[] = ['vinyl', 'cd', 'cassette', 'sacd', 'digital', 'other'] satisfies SupportKind[];
const whole = (text: string | null) => (text !== null && /^\d+$/.test(text) ? Number(text) : null);

/** Reads an address; whatever makes no sense is left out. */
export function wishesOf(params: URLSearchParams): Wishes {
  const support = params.get('support') ?? '';
  return {
    view: params.get('view') === 'list' ? 'list' : 'grid',
    sort: sorts.find((known) => known === params.get('sort')) ?? 'added',
    support: supports.includes(support) ? (support as SupportKind) : null,
    genre: params.get('genre') || null,
    decade: whole(params.get('decade')),
    rating: whole(params.get('rating')),
    neverPlayed: params.has('never'),
    heard: params.has('heard'),
  };
}

/** The address for these wishes: only what differs from the shelf as it stands. */
export function paramsOf(wishes: Wishes): URLSearchParams {
  const params = new URLSearchParams();
  if (wishes.view !== 'grid') params.set('view', wishes.view);
  if (wishes.sort !== 'added') params.set('sort', wishes.sort);
  if (wishes.support) params.set('support', wishes.support);
  if (wishes.genre) params.set('genre', wishes.genre);
  if (wishes.decade !== null) params.set('decade', String(wishes.decade));
  if (wishes.rating !== null) params.set('rating', String(wishes.rating));
  if (wishes.neverPlayed) params.set('never', '');
  if (wishes.heard) params.set('heard', '');
  return params;
}

/** What comes first in each order: the newest and the most, but A before Z. */
const downwards: ReadonlySet<AlbumSort> = new Set(['added', 'plays', 'lastPlayed', 'rating']);

/** @param supportNames the library's own names for the wished kind of support. */
export function filterOf(wishes: Wishes, supportNames: readonly string[]): AlbumFilter {
  return {
    sort: wishes.sort,
    descending: downwards.has(wishes.sort),
    ...(wishes.heard ? { shelf: 'all' } : {}),
    ...(wishes.support ? { supports: supportNames } : {}),
    ...(wishes.genre ? { genres: [wishes.genre] } : {}),
    ...(wishes.decade !== null ? { decades: [wishes.decade] } : {}),
    ...(wishes.rating ? { rating: wishes.rating } : {}),
    ...(wishes.neverPlayed ? { neverPlayed: true } : {}),
  };
}
