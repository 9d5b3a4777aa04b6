import { sharedUpstreams, type UpstreamWith } from './registry.ts';
import type { SharedUpstream, UpstreamImages } from './upstream.ts';

type SourceOf<Id extends UpstreamWith<{ images: object }>> = Id extends unknown
  ? (typeof sharedUpstreams)[Id]['images'] extends { source: infer Source extends string }
    ? Source
    : Id
  : never;
/** The name under which a service's pictures are stored. */
export type UpstreamImageSource = SourceOf<UpstreamWith<{ images: object }>>;

/** What is known of the pictures of each source, in the order of their positions. */
export const imageUpstreams: readonly (UpstreamImages & { source: UpstreamImageSource })[] =
  Object.entries<SharedUpstream>(sharedUpstreams)
    .flatMap(([id, { images }]) =>
      images ? [{ ...images, source: (images.source ?? id) as UpstreamImageSource }] : [],
    )
    .sort((one, other) => one.position - other.position);
