import type { AlbumDocument } from '#shared/library/album.ts';
import { type Part, partKey, partsOf } from '#shared/library/parts.ts';
import { playedTracks, type Track, USUAL_SECONDS } from '#shared/library/track.ts';

/** A part of a record that one may play: all of it, a side or disc of it, or a track. */
export interface Portion {
  /** `whole`, `part …`, `track 17`. */
  key: string;
  name: string;
  /** Of a side, a disc or the like. */
  part?: Part;
  tracks: Track[];
}

/** The parts of a record, the whole first. An index track gives way to its sub-tracks. */
export function portionsOf(album: Pick<AlbumDocument, 'title' | 'tracks' | 'copies' | 'support'>): Portion[] {
  const playable = playedTracks(album.tracks);
  if (playable.length === 0) return [];
  const onPart = new Map(partsOf(album).map((part, index) => [album.tracks[index]!, part]));
  const parts = new Map<string, Portion>();
  for (const track of playable) {
    const part = onPart.get(track);
    if (!part) continue;
    const key = `part ${partKey(part)}`;
    parts.set(key, { key, name: '', part, tracks: [...(parts.get(key)?.tracks ?? []), track] });
  }
  return [
    { key: 'whole', name: album.title, tracks: playable },
    ...(parts.size > 1 ? parts.values() : []),
    ...playable.map((track) => ({ key: `track ${track.id}`, name: track.title, tracks: [track] })),
  ];
}

/** How long they play, in seconds. */
export const secondsOf = (tracks: readonly Track[]): number => tracks.reduce((sum, { durationSeconds }) => sum + (durationSeconds ?? USUAL_SECONDS), 0);
