import { distinctNames } from '#shared/matching/distinct.ts';

/** One medium of a release as Discogs describes it: "2 × Vinyl, LP, Album (Blue)". */
export interface Format {
  name: string;
  /** How many of it; Discogs sends text, 1 when it is unreadable. */
  qty: number;
  descriptions: string[];
  /** Free words: colour, edition. */
  text: string | null;
}

/** Words about all media or the package: they say nothing of how the music is played. */
const PSEUDO = new Set(['All Media', 'Box Set']);

/** Discogs' names of one kind of carrier, brought together under the name a shelf uses. Others keep Discogs' name. */
const SUPPORT_BY_FORMAT: Record<string, string> = {
  Acetate: 'Vinyl',
  'Flexi-disc': 'Vinyl',
  'Lathe Cut': 'Vinyl',
  CDr: 'CD',
  CDV: 'CD',
  Microcassette: 'Cassette',
  'NT Cassette': 'Cassette',
  DVDr: 'DVD',
  'HD DVD': 'DVD',
  'HD DVD-R': 'DVD',
  'Blu-ray-R': 'Blu-ray',
  'Ultra HD Blu-ray': 'Blu-ray',
  File: 'Digital',
  'Memory Stick': 'Digital',
  '8-Track Cartridge': '8-Track',
  'Reel-To-Reel': 'Reel-to-reel',
};

/**
 * What the release is played from: Vinyl, CD, Cassette, SACD, DVD, Blu-ray, Digital, Shellac …
 * Discogs lists the main medium first, so a record with a CD inside is Vinyl.
 * @returns null when no format says.
 */
export function supportOf(formats: readonly Format[]): string | null {
  const main =
    formats.find((format) => !PSEUDO.has(format.name)) ?? formats.find((format) => format.name !== 'All Media');
  if (!main) return null;
  return Object.hasOwn(SUPPORT_BY_FORMAT, main.name) ? SUPPORT_BY_FORMAT[main.name]! : main.name;
}

/** In words, as on Discogs' own pages, a medium that is listed twice counted: "2 × Vinyl, LP, Album, Reissue, Blue + CD". Null when there are no formats. */
export function describeFormats(formats: readonly Format[]): string | null {
  const counts = new Map<string, { qty: number; description: string }>();
  for (const { name, qty, descriptions, text } of formats) {
    const description = distinctNames([name, ...descriptions, ...(text === null ? [] : [text])]).join(', ');
    counts.set(description, { description, qty: qty + (counts.get(description)?.qty ?? 0) });
  }
  return counts.size === 0
    ? null
    : Array.from(counts.values(), ({ qty, description }) => (qty > 1 ? `${qty} × ${description}` : description)).join(
        ' + ',
      );
}
