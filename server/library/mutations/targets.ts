import type { RefusalReason } from '#shared/sync/refusals.ts';
import { resolveAlbumId, resolveArtistId, resolveId } from '../curation/redirects.ts';
import { trackById } from '../catalogue/trackById.ts';
import type { TrackRow } from '../catalogue/tracks.ts';
import type { Core } from '../core.ts';
import { type ListenRow, listenRow } from '../listens/listens.ts';
import { Refusal } from './refusal.ts';

export const SERVER_ID = /^\d{1,15}$/;

/** The album a mutation names: by its id, by one it had before a merge, or by the UUID a device gave it. */
export function albumIdOf(core: Core, documentId: string): number | undefined {
  if (!SERVER_ID.test(documentId))
    return core.db.get<{ id: number }>('SELECT id FROM albums WHERE uid = ?', documentId)?.id;
  return resolveAlbumId(core, Number(documentId)) ?? undefined;
}

export function albumNamedBy(core: Core, documentId: string): number {
  return albumIdOf(core, documentId) ?? refuse('unknown-album', 'This album is not in the library any more.');
}

/** The artist a mutation names, by id or by one they had before a merge. */
export function artistNamedBy(core: Core, documentId: string): number {
  const id = SERVER_ID.test(documentId) ? Number(documentId) : 0;
  return resolveArtistId(core, id) ?? refuse('unknown-artist', 'This artist is not in the library any more.');
}

export function trackNamedBy(core: Core, trackId: number): TrackRow {
  return trackById(core, trackId) ?? refuse('unknown-track', 'This track is not in the library any more.');
}

export function listenNamedBy(core: Core, listenId: number): ListenRow {
  return (
    listenRow(core, resolveId(core, 'listen', listenId)) ??
    refuse('unknown-listen', 'This listen is not in the journal any more.')
  );
}

export function refuse(reason: RefusalReason, message: string): never {
  throw new Refusal(reason, message);
}

export const UNKNOWN_MERGE =
  'They became one before the library was brought back from a device, and what belonged to which is not known any more.';
