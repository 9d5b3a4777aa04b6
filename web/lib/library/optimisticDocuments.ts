import { UNKNOWN_ALBUM, type AlbumDocument, type Copy } from '#shared/library/album.ts';
import type { ArtistDocument } from '#shared/library/artist.ts';
import type { Track } from '#shared/library/track.ts';
import type { OptimisticState } from '#shared/mutations/optimisticState.ts';

/** The album as this device shows it: with the person's mutations that the server has not sent back yet. */
export function optimisticAlbum(document: AlbumDocument, state: OptimisticState): AlbumDocument {
  const { id } = document;
  const rating = state.ratings.get(id);
  const note = state.notes.get(id);
  const cover = state.covers.get(id);
  const tracks = optimisticTracks(document.tracks, state);
  const copies = optimisticCopies(document, state);
  const sameCopies = copies === document.copies;
  if (rating === undefined && note === undefined && cover === undefined && tracks === document.tracks && sameCopies)
    return document;
  const { missingCover, ...known } = document;
  const { images, support } = known;
  return {
    ...known,
    // Whoever chooses another does not miss it any more.
    ...(missingCover !== undefined && cover === undefined && { missingCover }),
    tracks,
    ...(!sameCopies && { copies, support: support ?? copies[0]?.format ?? null }),
    ...(rating !== undefined && { rating }),
    ...(note !== undefined && { note: note === '' ? null : note }),
    ...(cover !== undefined && {
      images: [...images.filter((image) => image.id === cover), ...images.filter((image) => image.id !== cover)],
    }),
  };
}

/** With the copies that a person says to have of it, without those they took back. */
function optimisticCopies({ id, copies }: AlbumDocument, { manualAlbums, removedCopies }: OptimisticState): Copy[] {
  const there = new Set(copies.map(({ instanceId }) => instanceId));
  const added = [...manualAlbums.values()].filter(({ albumId, alias }) => albumId === id && !there.has(alias));
  const remaining =
    removedCopies.size === 0 ? copies : copies.filter(({ instanceId }) => !removedCopies.has(instanceId));
  if (added.length === 0 && remaining.length === copies.length) return copies;
  return [...remaining, ...added.map(({ alias, support }) => createManualCopy(alias, support, null))];
}

const createManualCopy = (alias: string, format: string | null, dateAdded: number | null): Copy => ({
  instanceId: alias,
  folder: null,
  dateAdded,
  rating: null,
  notes: [],
  format,
});

export function optimisticArtist(document: ArtistDocument, state: OptimisticState): ArtistDocument {
  const tracks = optimisticTracks(document.tracks, state);
  const names = state.aliases.get(document.id);
  if (!names) return tracks === document.tracks ? document : { ...document, tracks };
  const remaining = (document.aliases ?? []).filter(({ name }) => !names.has(name));
  const added = [...names].filter(([, add]) => add).map(([name]) => ({ name }));
  return { ...document, tracks, aliases: [...remaining, ...added] };
}

function optimisticTracks(tracks: Track[], { loves }: OptimisticState): Track[] {
  if (loves.size === 0 || !tracks.some(({ id }) => loves.has(id))) return tracks;
  return tracks.map((track) => {
    const loved = loves.get(track.id);
    return loved === undefined ? track : { ...track, loved };
  });
}

/** A manual record, as it looks until the server has made an album of it. */
export function recordAsAlbum(
  alias: string,
  state: OptimisticState,
  { addedAt, artistNamed }: { addedAt: number; artistNamed: (name: string) => string | undefined },
): AlbumDocument | null {
  const record = state.manualAlbums.get(alias);
  if (!record || record.albumId !== undefined) return null;
  return {
    ...UNKNOWN_ALBUM,
    id: alias,
    title: record.title,
    year: record.year,
    support: record.support,
    artists: record.artists.map((name, index) => ({ id: artistNamed(name) ?? `${alias}-${index}`, name, join: ',' })),
    copies: [createManualCopy(alias, record.support, addedAt)],
    discogsId: record.discogsId ?? null,
    addedAt,
  };
}
