import * as v from 'valibot';
import { DocumentId } from './identifiers.ts';
import { ImageReference } from './image.ts';
import { Track } from './track.ts';

/** An artist as the replica holds it. */
export const ArtistDocument = v.object({
  id: DocumentId,
  name: v.string(),
  sortName: v.string(),
  images: v.array(ImageReference),
  lastfmUrl: v.optional(v.string()),
  /** Other names that lead here: aliases by hand and merged artists. */
  aliases: v.optional(v.array(v.object({ id: v.optional(DocumentId), name: v.string() }))),
  /** Tracks heard without any album ride on their artist's document. */
  tracks: v.array(Track),
});
export type ArtistDocument = v.InferOutput<typeof ArtistDocument>;
