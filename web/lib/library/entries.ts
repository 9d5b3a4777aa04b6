import { isOwned, type AlbumDocument } from '#shared/library/album.ts';
import type { ArtistDocument } from '#shared/library/artist.ts';
import { withoutWholes } from '#shared/library/track.ts';
import { distinctNames } from '#shared/matching/distinct.ts';
import { foldForSearch } from '#shared/matching/fold.ts';
import { sortName } from '#shared/matching/sortName.ts';
import { creditLine } from './credits.ts';
import type { AlbumEntry, ArtistEntry } from './types.ts';

/** Whether a copy was added manually: its device gave it a UUID, where Discogs' have numbers. */
export const isManualCopy = (instanceId: string): boolean => instanceId.includes('-');

const NONE: readonly string[] = [];

/** What lists need of an album. */
export function albumEntry(document: AlbumDocument): AlbumEntry {
  const first = document.artists[0];
  return {
    id: document.id,
    title: document.title,
    artists: document.artists,
    artistLine: creditLine(document.artists),
    artistSort: first ? foldForSearch(sortName(first.name)) : '',
    titleSort: foldForSearch(sortName(document.title)),
    year: document.year,
    support: document.support,
    owned: isOwned(document),
    wanted: document.wanted ?? false,
    addedAt: document.addedAt,
    rating: document.rating,
    imageId: document.images[0]?.id ?? null,
    lent: document.lent ?? null,
    genres: distinctNames(document.genres),
    labels: distinctNames(document.labels.map(({ name }) => name)),
    trackCount: withoutWholes(document.tracks).filter(({ kind }) => kind === undefined || kind === 'index').length,
    masterId: document.masterId,
    discogsId: document.discogsId,
    spotifyUrl: document.spotifyUrl,
    manualCopies: document.copies.some(({ instanceId }) => isManualCopy(instanceId))
      ? document.copies.map(({ instanceId }) => instanceId).filter(isManualCopy)
      : NONE,
  };
}

export function artistEntry({ id, name, sortName: sorted, images, discogsId }: ArtistDocument): ArtistEntry {
  return { id, name, sortName: sorted, imageId: images[0]?.id ?? null, discogsId: discogsId ?? null };
}
