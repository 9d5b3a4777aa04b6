import * as v from 'valibot';
import { DocumentId } from './identifiers.ts';
import { ImageReference } from './image.ts';
import { Track } from './track.ts';

/** What tells artists of one name apart: a library that is brought back from a device knows each of them again. */
const Numbered = v.object({
  /** Discogs' number of the artist; null where none is known. Replicas of earlier versions do not say. */
  discogsId: v.optional(v.nullable(v.string())),
  /** The name with the number that Discogs or the library tells namesakes apart by ("Nirvana (2)"), where it has one. */
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
  /** Other names that lead here: aliases by hand and merged artists. */
  aliases: v.optional(v.array(v.object({ id: v.optional(DocumentId), name: v.string(), ...Numbered.entries }))),
  /** Tracks heard without any album ride on their artist's document. */
  tracks: v.array(Track),
});
export type ArtistDocument = v.InferOutput<typeof ArtistDocument>;
