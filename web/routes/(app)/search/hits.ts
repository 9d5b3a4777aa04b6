import type { PlainKey } from '$lib/i18n/index.svelte.ts';
import type { SearchAnswer, SearchResult } from '$lib/library/index.ts';
import type { IconName } from '$lib/ui/icons.ts';
import { shelfStatusName } from '../names.ts';
import { namesakesAmong, secondLine, type Names } from '../namesakes.ts';
import type { Place } from './places.ts';

/** Something that was found, ready to be shown and opened. */
export interface Hit {
  href: string;
  name: string;
  detail: string;
  aside: string;
  matches: readonly (readonly [number, number])[];
  /** A record's cover, or an icon. */
  albumId?: string;
  icon: IconName;
}
export interface HitGroup {
  name: PlainKey;
  hits: Hit[];
}

/** What a search found, in groups; empty groups are left out. */
export function hitsOf(answer: SearchAnswer | null, places: readonly Place[], library: Names): HitGroup[] {
  const tracks = withoutLooseTwins(answer?.tracks ?? []);
  const namesakes = namesakesAmong([...(answer?.albums ?? []), ...(answer?.artists ?? []), ...tracks]);
  const groups: HitGroup[] = [
    { name: 'search.albums', hits: (answer?.albums ?? []).map((found) => albumHit(found, namesakes, library)) },
    {
      name: 'search.artists',
      hits: (answer?.artists ?? []).map((found) => ({
        ...plainHit(found, `/artist/${found.id}`, 'person'),
        detail: secondLine(found, namesakes, library),
      })),
    },
    { name: 'search.tracks', hits: tracks.map((found) => trackHit(found, namesakes, library)) },
    {
      name: 'search.playlists',
      hits: (answer?.playlists ?? []).map((found) => plainHit(found, `/playlists/${found.id}`, 'playlists')),
    },
    {
      name: 'search.places',
      hits: places.map(({ href, name, icon }) => ({ href, name, icon, detail: '', aside: '', matches: [] })),
    },
  ];
  return groups.filter(({ hits }) => hits.length > 0);
}

/** Without the tracks of no record that are there as those of a record too: to whoever looks for them they are one. */
const withoutLooseTwins = (tracks: readonly SearchResult[]): SearchResult[] =>
  tracks.filter(({ ownerId = 0, name, detail }) => {
    const isTwin = (other: SearchResult) =>
      (other.ownerId ?? 0) > 0 && other.name === name && other.detail.startsWith(`${detail} · `);
    return ownerId > 0 || !tracks.some(isTwin);
  });

const plainHit = (found: SearchResult, href: string, icon: IconName): Hit => ({
  href,
  icon,
  name: found.name,
  detail: found.detail,
  aside: '',
  matches: found.matches,
});

function albumHit(found: SearchResult, namesakes: ReadonlySet<SearchResult>, library: Names): Hit {
  const album = library.albums.entry(found.id);
  const year = album?.year ? ` · ${album.year}` : '';
  return {
    ...plainHit(found, `/album/${found.id}`, 'collection'),
    albumId: found.id,
    detail: namesakes.has(found) ? secondLine(found, namesakes, library) : `${found.detail}${year}`,
    aside: album ? shelfStatusName(album.owned ? album : { ...album, support: null }) : '',
  };
}

function trackHit(found: SearchResult, namesakes: ReadonlySet<SearchResult>, library: Names): Hit {
  const ownerId = found.ownerId ?? 0;
  const hit = {
    ...plainHit(found, ownerId >= 0 ? `/album/${ownerId}` : `/artist/${-ownerId}`, 'journal'),
    detail: secondLine(found, namesakes, library),
  };
  return ownerId > 0 ? { ...hit, albumId: String(ownerId) } : hit;
}
