import * as v from 'valibot';
import { imageUpstreams, type UpstreamImageSource } from '../upstreams/images.ts';
import { Whole } from '../primitives/identifiers.ts';

export type ImageSource = UpstreamImageSource;
export const ImageSources: readonly ImageSource[] = imageUpstreams.map(({ source }) => source);

/** A picture the server can serve at /api/v1/images/:id. The one that is shown comes first in its owner's list. */
export const ImageReference = v.object({
  id: Whole,
  source: v.picklist(ImageSources),
  type: v.picklist(['artist', 'album']),
});
export type ImageReference = v.InferOutput<typeof ImageReference>;

/** The hue a cover lends to its page (OKLCH): degrees and chroma, found when the cover was first fetched. */
export const AccentColour = v.object({ hue: v.number(), chroma: v.number() });
export type AccentColour = v.InferOutput<typeof AccentColour>;
