import { type AlbumDocument, UNKNOWN_ALBUM } from '#shared/library/album.ts';
import type { ArtistDocument } from '#shared/library/artist.ts';
import type { Track } from '#shared/library/track.ts';
import type { MutationDocument, MutationResult } from '#shared/mutations/document.ts';
import type { Mutation } from '#shared/mutations/registry.ts';
import type { Signal } from '../signal.ts';

export const silent = (): Signal => ({ track: () => undefined, bump: () => undefined });

export const track = (id: number, title = `Track ${id}`, more: Partial<Track> = {}): Track => ({ id, title, ...more });

export function album(id: string, title = `Album ${id}`, more: Partial<AlbumDocument> = {}): AlbumDocument {
  return { ...UNKNOWN_ALBUM, id, title, artists: [{ id: '1', name: 'Mara Lindqvist' }], ...more };
}

export const copy = (id: string) => ({
  instanceId: id,
  folder: null,
  dateAdded: null,
  rating: null,
  notes: [],
  format: null,
});

export const artist = (id: string, name: string, more: Partial<ArtistDocument> = {}): ArtistDocument => ({
  id,
  name,
  sortName: name,
  images: [],
  tracks: [],
  ...more,
});

let count = 0;

/** After everything that these tests log: what was heard had ended. */
const MADE_AT = 4_000_000_000_000;

/** A mutation as this device wrote it, the later the greater its number. */
export function mutation(wanted: Mutation, result?: MutationResult): MutationDocument {
  const number = ++count;
  const id = `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
  return {
    id,
    deviceId: '00000000-0000-4000-8000-00000000dddd',
    number,
    madeAt: MADE_AT + number,
    intent: wanted,
    ...(result && { verdict: result }),
  };
}

export const applied = (appliedSeq: number): MutationResult => ({ state: 'applied', at: 1, appliedSeq });
export const refused: MutationResult = {
  state: 'refused',
  at: 1,
  reason: 'not-found',
  message: 'There is no such album',
};
