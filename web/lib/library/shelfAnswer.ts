import type { MusicLink } from '#shared/links/musicLink.ts';
import { foldForSearch as fold } from '#shared/matching/fold.ts';
import { compareAlbums } from '#shared/matching/sameAlbum.ts';
import type { AlbumEntry, ArtistEntry } from './types.ts';
import { isBlank } from '#shared/text/blank.ts';

/** What is known of a page elsewhere beside its address: what the address spells out, or what the service said. */
export interface Named {
  /** Words amid which artist and title stand, in any order. */
  text?: string;
  artist?: string;
  title?: string;
  masterId?: string;
}

export interface ShelfAnswer {
  /** The record itself, in whatever edition, the most surely the same first. */
  albums: readonly AlbumEntry[];
  /** Other pressings of it, known by their master. */
  pressings: readonly AlbumEntry[];
  artist: ArtistEntry | null;
}

/** "Do I own this?", asked of everything on this device. Works without a network; a service's own ids go before names. */
export function answerFor(
  link: MusicLink | null,
  named: Named,
  albums: readonly AlbumEntry[],
  artists: readonly ArtistEntry[],
): ShelfAnswer {
  const names = namesOf(link, named);
  const exact = albums.filter((album) => isLinked(album, link));
  const byName =
    exact.length > 0
      ? []
      : names.title === undefined
        ? albumsNamedIn(names.text ?? '', albums)
        : byTitle(names.artist ?? '', names.title, albums);
  const found = (exact.length > 0 ? exact : byName).toSorted((a, b) => rank(a) - rank(b));
  const masters = new Set([...found.map(({ masterId }) => masterId), named.masterId].filter((id) => id != null));
  const pressings = albums.filter(
    (album) => album.masterId !== null && masters.has(album.masterId) && !found.includes(album),
  );
  return { albums: found, pressings, artist: artistOf(link, names, found, artists) };
}

/** What the link and what came with it say together. */
function namesOf(link: MusicLink | null, named: Named): Named {
  if (link?.service === 'lastfm')
    return { artist: link.artist, ...(link.kind !== 'artist' && link.album !== null && { title: link.album }) };
  return link?.service === 'discogs' && link.text !== '' ? { text: link.text, ...named } : named;
}

function isLinked(album: AlbumEntry, link: MusicLink | null): boolean {
  if (link?.service === 'discogs')
    return link.kind === 'release' ? album.discogsId === link.id : link.kind === 'master' && album.masterId === link.id;
  return (
    link?.service === 'spotify' && link.kind === 'album' && (album.spotifyUrl?.includes(`/album/${link.id}`) ?? false)
  );
}

/** Owned before wanted before heard. */
const rank = ({ owned, wanted }: AlbumEntry): number => (owned ? 0 : wanted ? 1 : 2);

function byTitle(artist: string, title: string, albums: readonly AlbumEntry[]): AlbumEntry[] {
  const tokens = new Set(fold(title).split(' '));
  return albums.filter(
    (album) =>
      album.titleSort.split(' ').some((word) => tokens.has(word)) &&
      compareAlbums({ artist, title }, { artist: album.artistLine, title: album.title }).decision === 'same',
  );
}

/** Albums whose title and first artist both stand in the text, not overlapping; those with the longest names. */
function albumsNamedIn(text: string, albums: readonly AlbumEntry[]): AlbumEntry[] {
  const within = ` ${fold(text)} `;
  if (isBlank(within)) return [];
  const hits = albums.filter((album) => {
    const artist = ` ${fold(album.artists[0]?.name ?? '')} `;
    const title = ` ${fold(album.title)} `;
    const at = within.indexOf(artist);
    return (
      !isBlank(artist) &&
      !isBlank(title) &&
      at >= 0 &&
      `${within.slice(0, at + 1)}|${within.slice(at + artist.length - 1)}`.includes(title)
    );
  });
  const longest = Math.max(0, ...hits.map(({ title }) => title.length));
  return hits.filter(
    ({ title }) => fold(title) === fold(hits.find((hit) => hit.title.length === longest)?.title ?? ''),
  );
}

function artistOf(
  link: MusicLink | null,
  { artist, text }: Named,
  found: readonly AlbumEntry[],
  artists: readonly ArtistEntry[],
): ArtistEntry | null {
  const id = found[0]?.artists[0]?.id;
  if (id !== undefined) return artists.find((known) => known.id === id) ?? null;
  const name = fold(artist ?? (link?.kind === 'artist' ? (text ?? '') : ''));
  return name === '' ? null : (artists.find((known) => fold(known.name) === name) ?? null);
}
