import { createHash } from 'node:crypto';

/** A call's parameters, names and values unencoded. */
export type LastfmParameters = Record<string, string>;

const UNSIGNED = new Set(['format', 'callback', 'api_sig']);

/**
 * Last.fm's signature of a call (last.fm/api/authspec, "Signing Calls"): all parameters but `format` and `callback`, sorted by
 * name in ASCII order ("artist[10]" before "artist[1]"), each name followed by its value, then the secret; its MD5 in hexadecimal.
 */
export function apiSignature(parameters: LastfmParameters, secret: string): string {
  const signed = Object.keys(parameters)
    .filter((name) => !UNSIGNED.has(name))
    .sort((a, b) => (a < b ? -1 : 1))
    .map((name) => name + parameters[name])
    .join('');
  return createHash('md5')
    .update(signed + secret, 'utf8')
    .digest('hex');
}
