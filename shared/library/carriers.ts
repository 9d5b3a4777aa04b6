import type { AlbumDocument } from './album.ts';

/** What a release holds of one kind of carrier, by Discogs' name of it: two of "Vinyl". */
export interface Carrier {
  name: string;
  count: number;
}

/** Carriers with a front and a back: their tracks stand on sides, which go by letters. */
const SIDED = new Set([
  'vinyl',
  'acetate',
  'flexi-disc',
  'lathe cut',
  'shellac',
  'pathé disc',
  'edison disc',
  'sopic',
  'cassette',
  'nt cassette',
  'microcassette',
  'dcc',
  'mighty tiny',
  'elcaset',
  'dc-international',
  'rca tape cartridge',
]);
/** Carriers that are made for films. */
const FILMED = new Set([
  'dvd',
  'dvdr',
  'hd dvd',
  'hd dvd-r',
  'blu-ray',
  'blu-ray-r',
  'ultra hd blu-ray',
  'laserdisc',
  'vhs',
  'umd',
  'super vhs',
  'betamax',
  'betacam',
  'vhd',
  'selectavision',
  'film reel',
]);
/** Carriers that are played in one go. "File" is how Discogs calls what is downloaded. */
const WHOLE = new Set([
  ...FILMED,
  'cd',
  'cdr',
  'cdv',
  'sacd',
  'hybrid',
  'minidisc',
  'dat',
  'file',
  'memory stick',
  '8-track cartridge',
  'floppy disk',
  'reel-to-reel',
  'digital',
  '4-track cartridge',
  'playtape',
  'cylinder',
  'hitclips',
  'mvd',
  'wire recording',
]);

export const isForFilms = ({ name }: Carrier): boolean => FILMED.has(name.toLowerCase());
export const hasSides = ({ name }: Carrier): boolean => SIDED.has(name.toLowerCase());

/**
 * The carriers of a release from its format in words, as Discogs' own pages and a copy's `format` have it: "2 × Vinyl, LP, Album + CD".
 * What a person wrote there freely ("Red + Blue"), and what is no carrier ("Box Set", "All Media"), are left out.
 */
export function carriersOf(format: string): Carrier[] {
  return format.split(' + ').flatMap((medium) => {
    const [, count = '1', name = ''] = /^(?:(\d{1,3}) × )?([^,]+)/.exec(medium) ?? [];
    return SIDED.has(name.toLowerCase()) || WHOLE.has(name.toLowerCase()) ? [{ name, count: Number(count) }] : [];
  });
}

/** What a release holds, and whether that is counted: a support alone gives no number. */
export interface Held {
  carriers: readonly Carrier[];
  counted: boolean;
}

/** What an album's tracklist is spread over, by its first copy, else by its support; empty when neither says. */
export function albumCarriers({ copies, support }: Pick<AlbumDocument, 'copies' | 'support'>): Held {
  for (const { format } of copies) {
    const carriers = format === null ? [] : carriersOf(format);
    if (carriers.length > 0) return { carriers, counted: true };
  }
  return { carriers: support === null ? [] : carriersOf(support), counted: false };
}
