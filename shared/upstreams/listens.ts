import { sharedUpstreams, type UpstreamWith } from './registry.ts';
import type { SharedUpstream, UpstreamListens } from './upstream.ts';

/** A service that reports plays. */
export type ListenUpstreamId = UpstreamWith<{ listens: object }>;

/** What the reports of each are worth, by its id. */
export const listenUpstreams: ReadonlyMap<string, UpstreamListens> = new Map(
  Object.entries<SharedUpstream>(sharedUpstreams).flatMap(([id, { listens }]) => (listens ? [[id, listens]] : [])),
);
