import type { Track } from './track.ts';

/** A parsed position, before the whole list says what its pieces mean: "CD2-4", "1-A1", "A1a", "3.1", "5a". */
export interface Place {
  /** What stands before it in words: a carrier ("CD", "DVD") or anything printed there ("Bonus"). */
  word?: string;
  /** The number before a dash or a point: of a disc, or of a track that is listed in pieces. */
  first?: number;
  by?: '-' | '.';
  /** In capitals: of a side, or a Roman number. */
  letter?: string;
  /** The track's own number. */
  track?: number;
  /** A letter after the only number: "1A" is the side of a single in a box, "5a" a piece of track 5. */
  suffix?: string;
}

/** How positions name carriers, as this library does. Any longer word is taken as it is printed. */
const CARRIERS: Readonly<Record<string, string>> = {
  lp: 'LP',
  ep: 'EP',
  mc: 'Cassette',
  tape: 'Cassette',
  cass: 'Cassette',
  cassette: 'Cassette',
  vinyl: 'Vinyl',
  cd: 'CD',
  cdr: 'CD',
  sacd: 'SACD',
  dvd: 'DVD',
  dvda: 'DVD',
  dvdv: 'DVD',
  bd: 'Blu-ray',
  br: 'Blu-ray',
  bluray: 'Blu-ray',
  'blu-ray': 'Blu-ray',
  vhs: 'VHS',
  dl: 'File',
  file: 'File',
  digital: 'File',
  download: 'File',
  mp3: 'File',
  usb: 'USB',
  video: 'Video',
  vid: 'Video',
};

/** Parses a line's position; null where it has none, as a heading does. */
export function placeOf({ position = '', kind }: Pick<Track, 'position' | 'kind'>): Place | null {
  const text = position
    .trim()
    .replace(/^(?:side|face)\s+/i, '')
    .replace(/\p{Pd}/gu, '-');
  if (kind === 'heading' || text === '') return null;
  const run = /^(?:\d{1,2}"|[Mm][Pp]3|[A-Za-z]+(?:-(?=[a-z]{2})[a-z]+)?)/.exec(text)?.[0] ?? '';
  const word = wordOf(run);
  const after =
    word === undefined
      ? text
      : text
          .slice(run.length)
          .replace(/^[\s.-]+/, '')
          .replace(/^(\d{1,3})[\s:/]+(?=[A-Za-z\d])/, '$1-');
  const [prefix = '', first, by] = /^(\d{1,3})([-.])(?=[A-Za-z\d])/.exec(after) ?? [];
  const rest = after.slice(prefix.length);
  const letter = /^(?:[IVX]{1,5}|[A-Z]{1,2}|[a-z](?=\d))(?=$|[^A-Za-z]|[a-z]$)/.exec(rest)?.[0];
  const [, track, suffix] =
    /^[\s.-]*(\d{1,4})?(?:[\s.-]?([A-Za-z])$)?/.exec(letter === undefined ? rest : rest.slice(letter.length)) ?? [];
  return {
    ...(word !== undefined && { word }),
    ...(first !== undefined && { first: Number(first), by: by as '-' | '.' }),
    ...(letter !== undefined && { letter: letter.toUpperCase() }),
    ...(track !== undefined && { track: Number(track) }),
    ...(suffix !== undefined && letter === undefined && { suffix }),
  };
}

function wordOf(run: string): string | undefined {
  const known = Object.hasOwn(CARRIERS, run.toLowerCase()) ? CARRIERS[run.toLowerCase()] : undefined;
  return known ?? (run.includes('"') || (run.length > 2 && !/^[IVX]+$/i.test(run)) ? run : undefined);
}

/** Whether these are Roman numbers from I on, as movements and some records are counted: then they are no sides, though "I" and "II" could be. */
export const areRoman = (letters: readonly string[]): boolean =>
  letters.length > 1 && letters.every((letter, index) => letter === roman(index + 1));

/** @param number 1 to 39. */
function roman(number: number): string {
  const ones = ['', 'I', 'II', 'III', 'IV', 'V', 'VI', 'VII', 'VIII', 'IX'];
  return 'X'.repeat(Math.floor(number / 10)) + ones[number % 10];
}
