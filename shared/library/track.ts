import * as v from 'valibot';
import { DocumentId, Whole } from '../primitives/identifiers.ts';

/** An artist as credited on an album or a track, in the order and with the joins as printed. */
export const Credit = v.object({
  id: DocumentId,
  name: v.string(),
  /** The name as printed here, where it differs from the artist's own. */
  creditedAs: v.optional(v.string()),
  /** What stands between this name and the next: ",", "&", "feat." … */
  join: v.optional(v.string()),
});
export type Credit = v.InferOutput<typeof Credit>;

/** A track inside the document that carries it: its album's, or its artist's when no album is known. */
export const Track = v.object({
  id: Whole,
  title: v.string(),
  /** As printed: "A1", "1-4". Absent for a track known only from listening. */
  position: v.optional(v.string()),
  durationSeconds: v.optional(Whole),
  loved: v.optional(v.boolean()),
  /** Only where they differ from the album's. */
  artists: v.optional(v.array(Credit)),
  /**
   * A heading groups the tracks after it and is never played; an index track holds sub-tracks, which follow it. One without sub-tracks
   * and position is the record itself, heard as one: `isWholeRecord`.
   */
  kind: v.optional(v.picklist(['heading', 'index', 'sub-track'])),
});
export type Track = v.InferOutput<typeof Track>;

/** Stands for its whole record, of which no tracks were known when it was heard. @param next the track after it. */
export const isWholeRecord = (
  { kind, position }: Pick<Track, 'kind' | 'position'>,
  next: Pick<Track, 'kind'> | undefined,
): boolean => kind === 'index' && position === undefined && next?.kind !== 'sub-track';

/** The tracks of a list that are known: the record as one is none of them. */
export const withoutWholes = <T extends Pick<Track, 'kind' | 'position'>>(tracks: readonly T[]): T[] =>
  tracks.filter((track, index) => !isWholeRecord(track, tracks[index + 1]));

/** What of a tracklist is played: no heading, and no index whose pieces are listed after it, for those are. */
export const playedTracks = <T extends Pick<Track, 'kind'>>(tracks: readonly T[]): T[] =>
  tracks.filter(
    ({ kind }, index) => kind !== 'heading' && !(kind === 'index' && tracks[index + 1]?.kind === 'sub-track'),
  );
