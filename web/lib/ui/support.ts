/** The kind of carrier of a record. */
export type SupportKind = 'vinyl' | 'cd' | 'cassette' | 'sacd' | 'digital' | 'other';

/** How a support looks, as the library names it: "Vinyl", "LP", "CD", "SACD", "File", "Digital" …; null for a record known only from listening. */
export function supportKind(support: string | null | undefined): SupportKind | null {
  if (!support) return null;
  const name = support.toLowerCase();
  if (name.includes('sacd')) return 'sacd';
  if (/vinyl|\blp\b|shellac|lathe|flexi|acetate/.test(name)) return 'vinyl';
  if (/\bcdr?\b|compact disc|minidisc|dvd|blu-ray/.test(name)) return 'cd';
  if (/cassette|tape|reel|8-track/.test(name)) return 'cassette';
  if (/digital|file|flac|mp3|stream/.test(name)) return 'digital';
  return 'other';
}

/** They look like one of the kinds, and are none of it: a DVD is no CD, and shellac no vinyl. */
const OF_THEIR_OWN = /dvd|blu-ray|minidisc|laserdisc|shellac|reel|\d-track/i;

/** What a support is counted and shown as. */
export const supportGroup = (support: string | null | undefined): SupportKind | null =>
  support && OF_THEIR_OWN.test(support) ? 'other' : supportKind(support);
