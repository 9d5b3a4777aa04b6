import { sharedUpstreams, upstreamIds, type UpstreamId } from '#shared/upstreams/registry.ts';

type Names = { readonly [Id in UpstreamId as `service.${Id}`]: (typeof sharedUpstreams)[Id]['name'] };

/** What the services are called, which is the same in every language. */
export const serviceNames = Object.fromEntries(
  upstreamIds.map((id) => [`service.${id}`, sharedUpstreams[id].name]),
) as Names;
