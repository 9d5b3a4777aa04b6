/** A picture of Roon's image service as the library keeps it: no address, as the Core's may change, but whose key it is. */
export const roonImageUrl = (coreId: string, key: string): string =>
  `roon:${encodeURIComponent(coreId)}/${encodeURIComponent(key)}`;

/** @returns null for every other picture's address. */
export function readRoonImageUrl(url: string): { coreId: string; key: string } | null {
  const [, coreId, key] = /^roon:([^/]+)\/([^/]+)$/.exec(url) ?? [];
  return coreId === undefined || key === undefined
    ? null
    : { coreId: decodeURIComponent(coreId), key: decodeURIComponent(key) };
}
