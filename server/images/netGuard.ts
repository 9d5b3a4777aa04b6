import { lookup as lookupName } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';

/** Networks that no picture of a public service lives in (RFC 6890 and its successors). */
const inner = new BlockList();
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const)
  inner.addSubnet(network, prefix, 'ipv4');
for (const [network, prefix] of [
  ['::', 128],
  ['::1', 128],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
  ['64:ff9b::', 96],
] as const)
  inner.addSubnet(network, prefix, 'ipv6');

/** Loopback, private, link-local, multicast and reserved addresses, IPv4 in IPv6's clothes included. */
function isInnerAddress(address: string): boolean {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped) return inner.check(mapped, 'ipv4');
  const family = isIP(address);
  return family === 0 || inner.check(address, family === 4 ? 'ipv4' : 'ipv6');
}

/** What may be fetched: hosts by name (`*.archive.org` takes every name below), and whole origins of configured services. */
export interface Allowed {
  hosts: readonly string[];
  origins: readonly string[];
}

/**
 * Guards against SSRF, an address that makes the server ask its own network.
 *
 * @returns null when the address may be fetched, else why not, in words.
 */
export function urlRefusal(url: URL, allowed: Allowed): string | null {
  if (allowed.origins.includes(url.origin)) return null;
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return `${url.protocol} is no address of a picture`;
  if (url.port !== '') return 'pictures come from the usual ports only';
  const name = url.hostname.toLowerCase();
  if (isIP(name.replaceAll(/[[\]]/g, '')) !== 0) return 'pictures come from named hosts only';
  const known = allowed.hosts.some((host) =>
    host.startsWith('*.') ? name.endsWith(host.slice(1).toLowerCase()) : name === host.toLowerCase(),
  );
  return known ? null : `${name} is not among the allowed picture hosts`;
}

/** Resolves names for a request, refusing any that lead into this network, so that a name cannot be turned against us. */
export const outerLookup: LookupFunction = (hostname, options, callback) => {
  lookupName(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return callback(error, '', 0);
    const outer = addresses.filter(({ address }) => !isInnerAddress(address));
    const [first] = outer;
    if (!first) return callback(new Error(`${hostname} leads into a private network`), '', 0);
    if (options.all) callback(null, outer);
    else callback(null, first.address, first.family);
  });
};
