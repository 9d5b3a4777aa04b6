import { sharedUpstreams, type UpstreamId } from '#shared/upstreams/registry.ts';
import { UpstreamError } from '../../../kit/http/upstreamError.ts';

/** @returns the client. @throws UpstreamError where the service is not connected. */
export function connected<T>(client: T | null, id: UpstreamId): T {
  const upstream = sharedUpstreams[id].name;
  if (client === null)
    throw new UpstreamError({
      upstream,
      kind: 'refused',
      code: 'not-configured',
      message: `${upstream} is not connected yet: connect it in Settings`,
    });
  return client;
}
