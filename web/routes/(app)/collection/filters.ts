import { Address } from '../../../lib/address.ts';
import type { AlbumFilter, AlbumSort } from '$lib/library/index.ts';
import type { SupportKind } from '$lib/ui/support.ts';

/** The filter, sorting and grouping of the collection. It lives in the address, so that it can be stored, shared and gone back to. */
export interface CollectionFilters {
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
export function filtersOf(address: Address): CollectionFilters {
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
export const noFilters = (): CollectionFilters => filtersOf(new Address(new URLSearchParams()));

/** The address for this filter: only what differs from the default. */
export function paramsOf(filters: CollectionFilters): URLSearchParams {
  const params = new URLSearchParams();
  if (filters.view !== 'grid') params.set('view', filters.view);
  if (filters.sort !== 'added') params.set('sort', filters.sort);
  if (filters.support) params.set('support', filters.support);
  if (filters.genre) params.set('genre', filters.genre);
  if (filters.decade !== null) params.set('decade', String(filters.decade));
  if (filters.artist) params.set('artist', filters.artist);
  if (filters.label) params.set('label', filters.label);
  if (filters.rating !== null) params.set('rating', String(filters.rating));
  if (filters.neverPlayed) params.set('never', '');
  if (filters.shelf) params.set('shelf', filters.shelf);
  return params;
}

/** Whether anything but order, view and support is wished for. */
export const isNarrowed = ({ genre, decade, artist, label, rating, neverPlayed, shelf }: CollectionFilters): boolean =>
  neverPlayed || [genre, decade, artist, label, rating, shelf].some((filter) => filter !== null);

/** What comes first in each order: the newest and the most, but A before Z. */
const downwards: ReadonlySet<AlbumSort> = new Set(['added', 'plays', 'lastPlayed', 'rating']);

/** @param supportNames the library's own names for the wished kind of support. */
export function filterOf(filters: CollectionFilters, supportNames: readonly string[]): AlbumFilter {
  return {
    sort: filters.sort,
    descending: downwards.has(filters.sort),
    ...(filters.shelf ? { shelf: filters.shelf } : {}),
    ...(filters.support ? { supports: supportNames } : {}),
    ...(filters.genre ? { genres: [filters.genre] } : {}),
    ...(filters.decade !== null ? { decades: [filters.decade] } : {}),
    ...(filters.artist ? { artistIds: [filters.artist] } : {}),
    ...(filters.label ? { labels: [filters.label] } : {}),
    ...(filters.rating ? { rating: filters.rating } : {}),
    ...(filters.neverPlayed ? { neverPlayed: true } : {}),
  };
}
