import { Address } from '../../../lib/address.ts';
import type { AlbumFilter, AlbumSort } from '$lib/library/index.ts';
import type { SupportKind } from '$lib/ui/support.ts';

/** What the person wishes to see of the shelf. It lives in the address, so that it can be kept, shared and gone back to. */
export interface Wishes {
  view: 'grid' | 'list';
  sort: AlbumSort;
  support: SupportKind | null;
  genre: string | null;
  decade: number | null;
  /** Its id. */
  artist: string | null;
  label: string | null;
  rating: number | null;
  neverPlayed: boolean;
  /** Null for the shelf as it stands: what is owned, or everything while nothing is. */
  shelf: 'heard' | 'wanted' | 'all' | null;
}

export const sorts = [
  'added',
  'artist',
  'title',
  'year',
  'plays',
  'lastPlayed',
  'rating',
] as const satisfies readonly AlbumSort[];
const views = ['grid', 'list'] as const;
const supports = ['vinyl', 'cd', 'cassette', 'sacd', 'digital', 'other'] as const satisfies SupportKind[];
const shelves = ['heard', 'wanted', 'all'] as const;

/** Reads an address; what cannot be is noted, and left out. */
export function wishesOf(address: Address): Wishes {
  return {
    view: address.oneOf('view', views) ?? 'grid',
    sort: address.oneOf('sort', sorts) ?? 'added',
    support: address.oneOf('support', supports) ?? null,
    genre: address.text('genre') ?? null,
    decade: address.decade('decade') ?? null,
    artist: address.id('artist') ?? null,
    label: address.text('label') ?? null,
    rating: address.whole('rating', 1, 5) ?? null,
    neverPlayed: address.flag('never'),
    shelf: address.oneOf('shelf', shelves) ?? (address.flag('heard') ? 'all' : null),
  };
}

/** The whole shelf as it stands. */
export const noWishes = (): Wishes => wishesOf(new Address(new URLSearchParams()));

/** The address for these wishes: only what differs from the shelf as it stands. */
export function paramsOf(wishes: Wishes): URLSearchParams {
  const params = new URLSearchParams();
  if (wishes.view !== 'grid') params.set('view', wishes.view);
  if (wishes.sort !== 'added') params.set('sort', wishes.sort);
  if (wishes.support) params.set('support', wishes.support);
  if (wishes.genre) params.set('genre', wishes.genre);
  if (wishes.decade !== null) params.set('decade', String(wishes.decade));
  if (wishes.artist) params.set('artist', wishes.artist);
  if (wishes.label) params.set('label', wishes.label);
  if (wishes.rating !== null) params.set('rating', String(wishes.rating));
  if (wishes.neverPlayed) params.set('never', '');
  if (wishes.shelf) params.set('shelf', wishes.shelf);
  return params;
}

/** Whether anything but order, view and support is wished for. */
export const isNarrowed = ({ genre, decade, artist, label, rating, neverPlayed, shelf }: Wishes): boolean =>
  neverPlayed || [genre, decade, artist, label, rating, shelf].some((wish) => wish !== null);

/** What comes first in each order: the newest and the most, but A before Z. */
const downwards: ReadonlySet<AlbumSort> = new Set(['added', 'plays', 'lastPlayed', 'rating']);

/** @param supportNames the library's own names for the wished kind of support. */
export function filterOf(wishes: Wishes, supportNames: readonly string[]): AlbumFilter {
  return {
    sort: wishes.sort,
    descending: downwards.has(wishes.sort),
    ...(wishes.shelf ? { shelf: wishes.shelf } : {}),
    ...(wishes.support ? { supports: supportNames } : {}),
    ...(wishes.genre ? { genres: [wishes.genre] } : {}),
    ...(wishes.decade !== null ? { decades: [wishes.decade] } : {}),
    ...(wishes.artist ? { artistIds: [wishes.artist] } : {}),
    ...(wishes.label ? { labels: [wishes.label] } : {}),
    ...(wishes.rating ? { rating: wishes.rating } : {}),
    ...(wishes.neverPlayed ? { neverPlayed: true } : {}),
  };
}
