import type { AlbumDocument } from '#shared/library/album.ts';
import { identityKey } from '#shared/matching/identity.ts';
import { t } from '$lib/i18n/index.svelte.ts';
import type { Library } from '$lib/library/index.ts';
import { supportName } from './names.ts';

/** An artist or a record in a list of names. */
export interface Namesake {
  kind: 'artist' | 'album' | 'track' | 'playlist';
  id: string;
  name: string;
  detail?: string;
  /** Of a track: its record's id, or minus its artist's. */
  ownerId?: number;
}

/** What names are looked up in. */
export type Names = Pick<Library, 'albums' | 'artists' | 'journal' | 'tracks'>;

/** Nothing until the whole history is here. */
const listens = (n: number, { journal }: Names): string[] => (journal.complete ? [t('unit.listens', { n })] : []);

/** What distinguishes an artist, a record or a track from another of its name, as far as it is known: records, year, format, place, listens. */
export function distinctionOf(
  { kind, id, ownerId = 0 }: Pick<Namesake, 'kind' | 'id' | 'ownerId'>,
  library: Names,
): string[] {
  const { albums, artists } = library;
  if (kind === 'track') return distinctionOfTrack(Number(id), ownerId > 0 ? String(ownerId) : null, library);
  if (kind === 'artist') {
    const records = artists.albums(id).length;
    return [...(records > 0 ? [t('unit.records', { n: records })] : []), ...listens(artists.plays(id).count, library)];
  }
  const album = kind === 'album' ? albums.entry(id) : null;
  if (!album) return [];
  return [
    ...(album.year === null ? [] : [String(album.year)]),
    ...(album.support === null ? [] : [supportName(album.support)]),
    ...listens(albums.plays(id).count, library),
  ];
}

/** By its pressing and where it stands there. */
function distinctionOfTrack(id: number, albumId: string | null, library: Names): string[] {
  const { albums, tracks } = library;
  const album = albumId === null ? null : albums.entry(albumId);
  const position =
    albumId === null ? undefined : albums.get(albumId)?.tracks.find((track) => track.id === id)?.position;
  return [
    ...(album?.year ? [String(album.year)] : []),
    ...(album?.support ? [supportName(album.support)] : []),
    ...(position ? [position] : []),
    ...listens(tracks.plays(id).count, library),
  ];
}

/** Discogs' own number of it, which is never the same for two. */
export function discogsNumber(
  { kind, id, ownerId = 0 }: Pick<Namesake, 'kind' | 'id' | 'ownerId'>,
  { albums, artists }: Names,
): string[] {
  const albumId = kind === 'album' ? id : ownerId > 0 ? String(ownerId) : null;
  const number =
    kind === 'artist' ? artists.entry(id)?.discogsId : albumId === null ? null : albums.entry(albumId)?.discogsId;
  return discogsNumberLabels(number);
}

/** Discogs' number in words; none where it is not known. */
export const discogsNumberLabels = (number: string | null | undefined): string[] =>
  number ? [t('search.discogsNumber', { number })] : [];

const nameOf = ({ kind, name, detail = '' }: Namesake): string =>
  `${kind} ${identityKey(name)}${kind === 'artist' ? '' : `\n${identityKey(detail)}`}`;

/** Those of a list that bear the name of another in it: artists of one name, records and tracks of one title by one artist. */
export function namesakesAmong<N extends Namesake>(list: readonly N[]): ReadonlySet<N> {
  const counts = new Map<string, number>();
  for (const each of list) counts.set(nameOf(each), (counts.get(nameOf(each)) ?? 0) + 1);
  return new Set(list.filter((each) => counts.get(nameOf(each))! > 1));
}

/** The second line of something that was found: its own, and for one of several of its name what distinguishes it. */
export function secondLine(found: Namesake, namesakes: ReadonlySet<Namesake>, library: Names): string {
  const distinction = namesakes.has(found) ? [...distinctionOf(found, library), ...discogsNumber(found, library)] : [];
  return [found.detail, ...distinction].filter(Boolean).join(' · ');
}

/** Two names that look the same to a reader. */
const isSame = (one: string, other: string): boolean =>
  one === other || (one.length === other.length && one.toLowerCase() === other.toLowerCase());

/** The name of an artist or a record where it stands alone; where others of the library bear it, with what distinguishes it from them. */
export function nameAlone(kind: 'artist' | 'album', id: string, library: Names): string | undefined {
  const { albums, artists } = library;
  if (kind === 'artist') {
    const artist = artists.entry(id);
    const isOneOfMany = artist && artists.list().some((other) => other.id !== id && isSame(other.name, artist.name));
    return isOneOfMany
      ? [artist.name, ...distinctionOf({ kind, id }, library), ...discogsNumber({ kind, id }, library)].join(' · ')
      : artist?.name;
  }
  const album = albums.entry(id);
  if (!album) return undefined;
  const others = albums.list({ shelf: 'all' }).filter((other) => other.id !== id && isSame(other.title, album.title));
  if (others.length === 0) return album.title;
  const isOfSameArtist = others.some((other) => isSame(other.artistLine, album.artistLine));
  return [
    album.title,
    album.artistLine,
    ...(isOfSameArtist ? [...distinctionOf({ kind, id }, library), ...discogsNumber({ kind, id }, library)] : []),
  ]
    .filter(Boolean)
    .join(' · ');
}

/** What distinguishes the parts of a record where they bear one title, by their ids: Discogs' number, where one is known. */
export function distinguishParts(merged: NonNullable<AlbumDocument['merged']>): ReadonlyMap<string, string> {
  const twins = merged.filter(({ id, title }) => merged.some((other) => other.id !== id && isSame(other.title, title)));
  return new Map(twins.map(({ id, discogsId }) => [id, discogsNumberLabels(discogsId)[0] ?? t('merge.noNumber')]));
}
