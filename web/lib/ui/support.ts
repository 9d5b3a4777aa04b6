/** How a record stands in the room; null for one known only from listening. */
export type SupportKind = 'vinyl' | 'cd' | 'cassette' | 'sacd' | 'digital' | 'other';

/** Reads the support as the library names it: "Vinyl", "LP", "CD", "SACD", "File", "Digital" … */
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
