import type { FoundRelease } from '#shared/api/discogs.ts';
import { supportGroup } from '$lib/ui/support.ts';

/** A release as the server describes it, or as much of one as is known; `id` is null when it is none of Discogs'. */
export type ReleaseFound = Omit<FoundRelease, 'id' | 'masterId'> & { id: number | null; masterId?: number | null };

/** The support among those one may choose that comes nearest: "SACD, Hybrid" is SACD. */
export function supportAmong(support: string | null): string {
  const kind = supportGroup(support);
  const names = { vinyl: 'Vinyl', cd: 'CD', cassette: 'Cassette', sacd: 'SACD', digital: 'Digital', other: '' };
  return kind === null ? '' : names[kind];
}
