import type { AlbumDocument } from '#shared/library/album.ts';
import type { ArtistDocument } from '#shared/library/artist.ts';
import type { Track } from '#shared/library/track.ts';
import type { Overlay } from './overlay.ts';

/** The album as this device shows it: with the person's wishes that the server has not sent back yet. */
export function laidOverAlbum(document: AlbumDocument, overlay: Overlay): AlbumDocument {
  const { id } = document;
  const rating = overlay.ratings.get(id);
  const note = overlay.notes.get(id);
  const cover = overlay.covers.get(id);
  const tracks = laidOverTracks(document.tracks, overlay);
  if (rating === undefined && note === undefined && cover === undefined && tracks === document.tracks) return document;
  const { images } = document;
  return {
    ...document,
    tracks,
    ...(rating !== undefined && { rating }),
    ...(note !== undefined && { note: note === '' ? null : note }),
    ...(cover !== undefined && {
      images: [...images.filter((image) => image.id === cover), ...images.filter((image) => image.id !== cover)],
    }),
  };
}

export function laidOverArtist(document: ArtistDocument, overlay: Overlay): ArtistDocument {
  const tracks = laidOverTracks(document.tracks, overlay);
  const names = overlay.aliases.get(document.id);
  if (!names) return tracks === document.tracks ? document : { ...document, tracks };
  const kept = (document.aliases ?? []).filter(({ name }) => !names.has(name));
  const added = [...names].filter(([, add]) => add).map(([name]) => ({ name }));
  return { ...document, tracks, aliases: [...kept, ...added] };
}

function laidOverTracks(tracks: Track[], { loves }: Overlay): Track[] {
  if (loves.size === 0 || !tracks.some(({ id }) => loves.has(id))) return tracks;
  return tracks.map((track) => {
    const loved = loves.get(track.id);
    return loved === undefined ? track : { ...track, loved };
  });
}

/** A record written down by hand, as it looks until the server has made an album of it. */
export function recordAsAlbum(alias: string, overlay: Overlay, addedAt: number): AlbumDocument | null {
  const record = overlay.records.get(alias);
  if (!record) return null;
  return {
    id: alias,
    title: record.title,
    year: record.year,
    support: record.support,
    artists: record.artists.map((name, index) => ({ id: `${alias}-${index}`, name, join: ',' })),
    tracks: [],
    images: [],
    copies: [{ instanceId: alias, folder: null, dateAdded: addedAt, rating: null, notes: [], format: record.support }],
    labels: [],
    genres: [],
    styles: [],
    discogsId: record.discogsId ?? null,
    masterId: null,
    discogsUrl: null,
    spotifyUrl: null,
    haiku: null,
    summary: null,
    film: null,
    rating: 0,
    note: null,
    addedAt,
  };
}
