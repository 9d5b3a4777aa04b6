import { UpstreamError } from './upstreamError.ts';

export type Query = Record<string, string | number | undefined>;

/**
 * An address below a service's base address, whether or not that ends in a slash. Undefined query values are left out.
 * @param path below the base, without a leading slash, its variable parts already encoded.
 * @throws UpstreamError `bad-request` when the base is not an http(s) address: a person must correct the setting.
 */
export function upstreamUrl(upstream: string, base: string, path: string, query: Query = {}): URL {
  const address = path === '' ? base : `${base.replace(/\/+$/, '')}/${path}`;
  if (!/^https?:\/\//i.test(address) || !URL.canParse(address)) {
    throw new UpstreamError({
      upstream,
      kind: 'bad-request',
      code: 'bad-address',
      message: `The address set for ${upstream} is not an http or https address`,
    });
  }
  const url = new URL(address);
  for (const [name, value] of Object.entries(query)) if (value !== undefined) url.searchParams.set(name, String(value));
  return url;
}
