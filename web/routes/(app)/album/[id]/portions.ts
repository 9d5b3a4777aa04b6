import type { AlbumDocument } from '#shared/library/album.ts';
import type { Track } from '#shared/library/track.ts';
import { partOf } from './sides.ts';

/** A part of a record that one may play: all of it, a side or disc of it, or a track. */
export interface Portion {
  /** `whole`, `side A`, `disc 2`, `track 17`. */
  key: string;
  name: string;
  tracks: Track[];
}

/** A track whose length nobody knows counts as this long. */
const UNKNOWN = 240;

/** The parts of a record, the whole first. An index track gives way to its sub-tracks. */
export function portionsOf({ title, tracks }: Pick<AlbumDocument, 'title' | 'tracks'>): Portion[] {
  const playable = tracks.filter(({ kind }) => kind !== 'heading' && kind !== 'index');
  if (playable.length === 0) return [];
  const parts = new Map<string, Portion>();
  for (const track of playable) {
    const part = partOf(track.position);
    if (!part) continue;
    const [kind, name] = 'side' in part ? ['side', part.side] : ['disc', String(part.disc)];
    const key = `${kind} ${name}`;
    parts.set(key, { key, name: name ?? '', tracks: [...(parts.get(key)?.tracks ?? []), track] });
  }
  return [
    { key: 'whole', name: title, tracks: playable },
    ...(parts.size > 1 ? parts.values() : []),
    ...playable.map((track) => ({ key: `track ${track.id}`, name: track.title, tracks: [track] })),
  ];
}

/** How long they play, in seconds. */
export const secondsOf = (tracks: readonly Track[]): number => tracks.reduce((sum, { durationSeconds }) => sum + (durationSeconds ?? UNKNOWN), 0);
