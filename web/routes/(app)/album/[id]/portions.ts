import type { AlbumDocument } from '#shared/library/album.ts';
import { type Part, partKey, partsOf } from '#shared/library/parts.ts';
import { playedTracks, type Track, withoutWholes } from '#shared/library/track.ts';
import type { TrackToPlay } from '$lib/library/index.ts';

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
  const playable = playedTracks(withoutWholes(album.tracks));
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

/** What one plays of a record: a portion's tracks, or all that is played. */
export interface Playing {
  album: Pick<AlbumDocument, 'tracks' | 'copies' | 'support'>;
  tracks: readonly Track[];
}

/** The tracks of these records one after the other, each with what begins with it: a side, a disc, the next record. */
export function tracksToPlay(records: readonly Playing[]): TrackToPlay[] {
  return records.flatMap(({ album, tracks }, record) => {
    const parts = partsOf(album);
    const partOf = new Map(album.tracks.map(({ id }, index) => [id, parts[index]]));
    let last: Part | null | undefined;
    return tracks.map(({ id, durationSeconds }, index): TrackToPlay => {
      const part = partOf.get(id);
      const begins =
        index === 0
          ? record > 0
            ? 'record'
            : undefined
          : part && last && partKey(part) !== partKey(last)
            ? part
            : undefined;
      last = part ?? last;
      return { trackId: id, ...(durationSeconds ? { durationSeconds } : {}), ...(begins && { begins }) };
    });
  });
}
