import { readMusicLink } from '#shared/links/musicLink.ts';
import { cut } from '#shared/text/cut.ts';

/** What is looked up at Discogs: one release, the releases of a barcode, or those that words may mean. */
export type DiscogsQuery = { release: number } | { barcode: string } | { q: string };

/** Shorter numbers are Discogs' own; barcodes have 8 digits (EAN-8) to 14. */
const SHORTEST_BARCODE = 8;

/** Reads what was typed: an address, "r249504", "[r249504]", a number, a barcode with its gaps, or words; null for nothing. */
export function readDiscogsQuery(text: string): DiscogsQuery | null {
  const typed = text.trim();
  if (typed === '') return null;
  const link = readMusicLink(typed);
  if (link?.service === 'discogs' && link.kind === 'release') return { release: Number(link.id) };
  if (link?.service === 'discogs' && link.text !== '') return { q: link.text };
  const release = /^\[?r(\d{1,12})\]?$/i.exec(typed)?.[1];
  if (release !== undefined) return { release: Number(release) };
  const digits = typed.replaceAll(/[\s-]/g, '');
  if (/^\d+$/.test(digits))
    return digits.length >= SHORTEST_BARCODE ? { barcode: cut(digits, 40) } : { release: Number(digits) };
  return { q: cut(typed, 200, 200) };
}
