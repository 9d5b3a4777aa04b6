import * as v from 'valibot';
import { DocumentId } from '../primitives/identifiers.ts';
import { ImageReference } from './image.ts';
import { Track } from './track.ts';

/** What distinguishes artists of one name: a library that is restored from a device recognises each of them. */
const Numbered = v.object({
  /** Discogs' number of the artist; null where none is known. Replicas of earlier versions do not say. */
  discogsId: v.optional(v.nullable(v.string())),
  /** The name with the number by which Discogs or the library distinguishes namesakes ("Nirvana (2)"), where it has one. */
  numberedName: v.optional(v.string()),
});

/** An artist as the replica holds it. */
export const ArtistDocument = v.object({
  id: DocumentId,
  name: v.string(),
  ...Numbered.entries,
  sortName: v.string(),
  images: v.array(ImageReference),
  lastfmUrl: v.optional(v.string()),
  /** Other names that lead here: manual aliases and merged artists. */
  aliases: v.optional(v.array(v.object({ id: v.optional(DocumentId), name: v.string(), ...Numbered.entries }))),
  /** Tracks heard without any album ride on their artist's document. */
  tracks: v.array(Track),
});
export type ArtistDocument = v.InferOutput<typeof ArtistDocument>;
