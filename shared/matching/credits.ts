import { isBlank, trimmed } from '../text/blank.ts';
import { displayName } from './identity.ts';
import { LONGEST_NAME } from './memo.ts';

/** Who is credited for a track or an album: one artist who holds it and those who are further credited, in order. */
export interface Credits {
  primary: string;
  others: string[];
}

/** "Little Feat" and "50 ft" are no credits. */
const FEATURING = /(?<!little|\b\d+|\bsix)\s+[([]?(?:feat(?:\.|uring)?|ft\.?)\s+(?!and\b|&)/iu;
const WITH_IN_BRACKETS = /\s+[([](?:with|w\/|avec|mit|con)\s+/iu;
/** A bare "with" joins two full names ("Frank Sinatra with Count Basie"); "Sleeping with Sirens" is one band. */
const WITH = /^(\S+ .*\S) with (?!the |a |his |her )(\S+ \S.*)$/iu;
/** How Roon joins composers and several artists, and how tag editors do. "AC/DC" and "Steins;Gate" have no spaces. */
const JOINED = /\s+\/\s+|;\s+/u;

/** Ends of a list that belong to the name before them: "& the Bad Seeds", "and His Orchestra", ", the Creator", ", Jr.". */
const BACKING =
  '(?!(?:the|his|her|their|les|la|le|los|las|die|das|sein|seine|seu|sua|jr|sr|ses|son|co|friends|orchestra|trio|quartet|ii|iii)\\b)';
const LISTED = new RegExp(`\\s*,\\s+(?:(?:and|&)\\s+)?${BACKING}|\\s+(?:&|and|et|und|y|\\+)\\s+${BACKING}`, 'iu');

/** Names that a list's separators would break although nothing in their form shows it. */
const WHOLE_NAMES = [
  'Earth, Wind & Fire',
  'Earth, Wind and Fire',
  'Simon & Garfunkel',
  'Simon and Garfunkel',
  'Crosby, Stills, Nash & Young',
  'Crosby, Stills & Nash',
  'Emerson, Lake & Palmer',
  'Blood, Sweat & Tears',
  'Peter, Paul and Mary',
  'Peter, Paul & Mary',
  'Peter Bjorn and John',
  'Hall & Oates',
  'Mumford & Sons',
  'Florence + the Machine',
  'Belle and Sebastian',
  'Belle & Sebastian',
  'Brooks & Dunn',
  'Chase & Status',
  'Kool & the Gang',
  'Sam & Dave',
  'Ike & Tina Turner',
  'Above & Beyond',
  'Rodrigo y Gabriela',
  'Angus & Julia Stone',
  'Amadou & Mariam',
  'Tegan and Sara',
  'Iron & Wine',
  'Big & Rich',
  'Aly & Fila',
];
const WHOLE = new RegExp(WHOLE_NAMES.map((name) => name.replace(/[.*+?^${}()|[\]\\]/gu, '\\$&')).join('|'), 'giu');

/**
 * Splits an artist credit as a source prints it into the artist who holds the music and those further credited.
 *
 * Split are "feat.", "ft.", "featuring", a bracketed "with", a bare "with" between two full names, and names joined by
 * a slash between spaces or a semicolon. Commas and "&" are split only after such a word, because before it they are
 * as often part of a name ("Earth, Wind & Fire", "Tyler, the Creator", "Simon & Garfunkel"). A credit longer than any
 * real one is left whole.
 */
export function splitCredits(credit: string): Credits {
  if (credit.length > LONGEST_NAME) return { primary: trimmed(credit), others: [] };
  const [mainCredit, featured] = featuredPart(trimmed(credit));
  const [primary = trimmed(credit), ...joined] = mainCredit.split(JOINED).map(cleanName).filter(isName);
  const others = [...joined, ...(featured === undefined ? [] : listedArtists(featured))];
  return { primary, others: distinct(others.filter((name) => name !== primary)) };
}

/** The artists of a list such as follows "feat.": "A, B & C" are three, "A & the Bs" and "Earth, Wind & Fire" are one. */
export function listedArtists(list: string): string[] {
  const wholeNames: string[] = [];
  const sealed = list.replace(WHOLE, (name) => `\u0000${wholeNames.push(name) - 1}\u0000`);
  return distinct(
    sealed
      .split(JOINED)
      .flatMap((part) => part.split(LISTED))
      .map((part) =>
        cleanName(part.replace(/\u0000(\d+)\u0000/gu, (_, index: string) => wholeNames[Number(index)] ?? '')),
      )
      .filter(isName),
  );
}

function featuredPart(credit: string): [string, string | undefined] {
  const match = FEATURING.exec(credit) ?? WITH_IN_BRACKETS.exec(credit);
  if (match !== null && match.index > 0) {
    return [credit.slice(0, match.index), credit.slice(match.index + match[0].length)];
  }
  const joined = WITH.exec(credit);
  return joined === null ? [credit, undefined] : [joined[1] ?? credit, joined[2]];
}

/** Without the bracket that opened before the name, and without Discogs' number. */
function cleanName(name: string): string {
  const bare = trimmed(name);
  const open = /[([]/u.test(bare);
  return displayName(
    open || /^[^\p{L}\p{N}]*$/u.test(bare) ? bare : bare.replace(/(?<=[\p{L}\p{N}.])[)\]]$/u, ''),
  ).trim();
}

function isName(name: string): boolean {
  return !isBlank(name);
}

function distinct(names: string[]): string[] {
  return [...new Set(names)];
}
