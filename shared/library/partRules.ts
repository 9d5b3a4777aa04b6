import * as v from 'valibot';
import { hasSides, type Held, isForFilms } from './carriers.ts';
import { areRoman, type Place, placeOf } from './positions.ts';
import { Whole } from '../primitives/identifiers.ts';
import type { Track } from './track.ts';

/**
 * A part of a record: a side, a disc of a set, or a carrier beside others. What is unknown of it is absent; a part of which nothing
 * is known holds the tracks that stand nowhere else.
 */
export const Part = v.object({
  /** What it is on, where the release holds several kinds: "CD", "DVD", "Video"; in Discogs' words. */
  medium: v.exactOptional(v.string()),
  /** Which of several, counted from 1. */
  disc: v.exactOptional(Whole),
  /** By its letter: "A", "AA". */
  side: v.exactOptional(v.string()),
});
export type Part = v.InferOutput<typeof Part>;

/** The same text for the same part. */
export const partKey = ({ medium = '', disc, side = '' }: Part): string => `${medium}|${disc ?? ''}|${side}`;

type Line = Pick<Track, 'position' | 'kind'>;

/** A tracklist with what each line's position means by the rules of the whole list; null where it means nothing. */
export interface List {
  lines: readonly Line[];
  parsed: (Part | null)[];
}

export function readList(lines: readonly Line[], held: Held): List {
  const places = onRecords(spelledOut(lines).map(placeOf), held);
  const meaning = meaningOf(lines, places, held);
  const parsed = places.map((place, index) => (place === null ? null : partOf(place, lines[index]!, meaning)));
  countRuns(lines, places, parsed, meaning, held);
  return { lines, parsed };
}

/** "AI, AII, BI": sides whose tracks are counted in Roman; by itself "AI" is the thirty-fifth side of a box. */
function spelledOut(lines: readonly Line[]): readonly Line[] {
  if (!lines.some(({ position = '' }) => /^[A-H]II$/.test(position))) return lines;
  return lines.map((line) => ({
    ...line,
    ...(line.position !== undefined && { position: line.position.replace(/^([A-H])(?=[IVX]+$)/, '$1-') }),
  }));
}

/** "A1 B1 A1 B1": the letters begin anew on every record, where they do so as often as there are records. */
function onRecords(places: readonly (Place | null)[], held: Held): (Place | null)[] {
  let seen = new Set<string>();
  let record = 1;
  const on = places.map((place) => {
    if (place?.letter === undefined || place.word !== undefined || place.first !== undefined) return place;
    const key = `${place.letter} ${place.track ?? ''}`;
    if (place.track !== undefined && seen.has(key)) [seen, record] = [new Set(), record + 1];
    seen.add(key);
    return { ...place, first: record };
  });
  return held.counted && record > 1 && record === sidedOf(held) ? on : [...places];
}

/** What the list as a whole says its pieces mean. */
interface Meaning {
  /** Letters are sides; where not, they number tracks or discs, or say nothing that is known. */
  sides: ReadonlySet<string>;
  /** Roman numbers that stand before a track's own, by the disc they count. */
  romanDiscs: ReadonlyMap<string, number>;
  /** Roman numbers that are the tracks' own. */
  romanTracks: ReadonlySet<string>;
  /** The number before a dash or a point counts discs. */
  discs: { '-': boolean; '.': boolean };
  /** "1A", "1B": the sides of singles in a box. */
  boxed: boolean;
  /** Sides whose letter comes again on another disc or carrier are named with it; the others by their letter alone. */
  repeated: ReadonlySet<string>;
  /** Where a line stands that is only called a film: no release has a carrier of that name. Null: on the one disc there is. */
  film: Part | null;
  /** Of each carrier that is named, whether it is counted. */
  severalOf: ReadonlyMap<string, number>;
}

function meaningOf(lines: readonly Line[], places: readonly (Place | null)[], held: Held): Meaning {
  const whole = places.flatMap((place, index) => (place !== null && lines[index]!.kind !== 'sub-track' ? [place] : []));
  const all = places.filter((place) => place !== null);
  const sided = held.carriers.some(hasSides);
  const bare = lettersOf(whole.filter(({ track, letter }) => letter !== undefined && track === undefined));
  const tracked = lettersOf(all.filter(({ track }) => track !== undefined));
  // They cannot count more discs than there are: they are of sides, or of works, and which is not known.
  const countDiscs = areRoman(tracked) && (!held.counted || (totalOf(held) > 1 && tracked.length <= totalOf(held)));
  const romanTracks = new Set([...(areRoman(bare) ? bare : []), ...(areRoman(tracked) && !countDiscs ? tracked : [])]);
  const romanDiscs = new Map(countDiscs ? tracked.map((letter, index) => [letter, index + 1]) : []);
  const letters = [...new Set([...bare, ...tracked])].filter(
    (letter) => !romanTracks.has(letter) && !romanDiscs.has(letter),
  );
  const areSides =
    sided ||
    letters.includes('A') ||
    letters.some((letter) => letter.length === 1 && letters.includes(String.fromCharCode(letter.charCodeAt(0) + 1)));
  const severalOf = new Map<string, number>();
  for (const word of new Set(all.map((place) => place.word)))
    if (word !== undefined)
      severalOf.set(word, new Set(all.filter((place) => place.word === word).map(({ first }) => first)).size);
  return {
    sides: new Set(areSides ? letters : []),
    romanDiscs,
    romanTracks,
    discs: { '-': areDashedDiscs(all, held), '.': arePointedDiscs(lines, whole, held) || goesOnByPoint(all, held) },
    boxed: areBoxed(whole, held),
    repeated: repeatedSides(all),
    film: filmOf(held),
    severalOf,
  };
}

/** On the disc for films, where the release has one; else with the rest, where it is one disc alone. */
function filmOf({ carriers, counted }: Held): Part | null {
  const films = carriers.filter(isForFilms);
  if (films.length === 1) return { medium: films[0]!.name };
  return counted && carriers.length === 1 && carriers[0]!.count === 1 && !hasSides(carriers[0]!)
    ? null
    : { medium: FILM };
}

/** How a position calls a film, whatever it is on. */
const FILM = 'Video';

const lettersOf = (places: readonly Place[]): string[] => [
  ...new Set(places.flatMap(({ letter }) => (letter === undefined ? [] : [letter]))),
];
const isPlain = ({ word, first, letter }: Place): boolean =>
  word === undefined && first === undefined && letter === undefined;

/** "1-1 … 2-1 …": Discogs' own way of writing a set; on one disc alone they count programs or titles. "3-1, 3-2" among tracks 1, 2, 4 are the pieces of the third. */
function areDashedDiscs(places: readonly Place[], held: Held): boolean {
  if (held.counted && totalOf(held) === 1) return false;
  const dashed = places.filter(
    (place) =>
      place.word === undefined && place.by === '-' && (place.track !== undefined || place.letter !== undefined),
  );
  const plain = places.filter((place) => isPlain(place) && place.track !== undefined);
  const discs = [...new Set(dashed.map(({ first }) => first))];
  if (discs.length < 2) return false;
  const fromOne = discs.every((disc, index) => disc === index + 1);
  // Tracks of another carrier may follow, counted from 1 anew.
  return (
    plain.length === 0 ||
    (fromOne && plain[0]!.track === 1 && places.indexOf(plain[0]!) > places.indexOf(dashed.at(-1)!))
  );
}

/** "1.1 … 2.1 …": a set only where nothing else is listed and the release holds so many, or, of unknown number, where they are written "1.01" or reach "1.10". */
function arePointedDiscs(lines: readonly Line[], places: readonly Place[], held: Held): boolean {
  const pointed = places.filter((place) => place.word === undefined && place.by === '.');
  const discs = [...new Set(pointed.map(({ first }) => first))];
  if (discs.length < 2 || places.some((place) => isPlain(place)) || !discs.every((disc, index) => disc === index + 1))
    return false;
  const ofDisc = discs.map((disc) => pointed.filter(({ first }) => first === disc));
  if (ofDisc.some(([start]) => start?.track !== undefined && start.track > 1)) return false;
  return held.counted
    ? discs.length <= totalOf(held)
    : lines.some(({ position = '' }) => /^\d{1,3}\.(?:0\d|1\d)/.test(position.trim()));
}

/** "1-1, 2-1, 3.1": the discs that follow those before a dash, as far as the release holds so many. */
function goesOnByPoint(places: readonly Place[], held: Held): boolean {
  const firsts = (by: string): number[] => [
    ...new Set(places.flatMap((place) => (place.word === undefined && place.by === by ? [place.first!] : []))),
  ];
  const [dashed, pointed] = [firsts('-'), firsts('.')];
  const discs = [...dashed, ...pointed];
  return (
    areDashedDiscs(places, held) &&
    pointed.length > 0 &&
    discs.every((disc, index) => disc === index + 1) &&
    held.counted &&
    discs.length <= totalOf(held)
  );
}

const sidedOf = ({ carriers }: Held): number => carriers.filter(hasSides).reduce((sum, { count }) => sum + count, 0);
const totalOf = ({ carriers }: Held): number => carriers.reduce((sum, { count }) => sum + count, 0);

/** "1A, 1B, 2A, 2B" on records; on a disc without sides such letters are pieces of a track. */
function areBoxed(places: readonly Place[], held: Held): boolean {
  const own = places.filter(isPlain);
  const records = new Set(own.map(({ track }) => track));
  const sided = sidedOf(held);
  return (
    sided > 0 &&
    (!held.counted || [...records].every((record) => record !== undefined && record <= sided)) &&
    own.length > 0 &&
    own.every(({ track, suffix }) => track !== undefined && suffix !== undefined)
  );
}

function repeatedSides(places: readonly Place[]): Set<string> {
  const on = new Map<string, Set<string>>();
  for (const { word = '', first = '', letter } of places)
    if (letter !== undefined) on.set(letter, (on.get(letter) ?? new Set()).add(`${word} ${first}`));
  return new Set([...on].filter(([, carriers]) => carriers.size > 1).map(([letter]) => letter));
}

/** What a place is by the meaning of the list; null for nothing: a plain number, a piece, a movement. */
function partOf(place: Place, { kind }: Line, meaning: Meaning): Part | null {
  const { word, first, by, letter, track, suffix } = place;
  const isDisc =
    first !== undefined &&
    (word !== undefined ? (meaning.severalOf.get(word) ?? 1) > 1 : by !== undefined && meaning.discs[by]);
  const isPiece = kind === 'sub-track' && track === undefined && first === undefined;
  if (letter !== undefined && meaning.sides.has(letter) && !isPiece) {
    if (!meaning.repeated.has(letter)) return { side: letter };
    return { ...(word !== undefined && { medium: word }), ...(first !== undefined && { disc: first }), side: letter };
  }
  if (word === FILM) return meaning.film && { ...meaning.film, ...(isDisc && { disc: first }) };
  if (word !== undefined) return { medium: word, ...(isDisc && { disc: first }) };
  if (isDisc) return { disc: first };
  if (letter !== undefined && meaning.romanDiscs.has(letter)) return { disc: meaning.romanDiscs.get(letter)! };
  if (letter !== undefined && !meaning.romanTracks.has(letter) && !isPiece)
    return letter === 'V' && track !== undefined ? meaning.film : {};
  if (meaning.boxed && track !== undefined && suffix !== undefined && kind !== 'sub-track')
    return { disc: track, side: suffix.toUpperCase() };
  return null;
}

/**
 * Plain numbers beside other parts, or that begin anew: on the one carrier left for them, or on as many as the release holds. Numbers
 * that begin anew for another reason (a work, a scene) say nothing.
 */
function countRuns(
  lines: readonly Line[],
  places: readonly (Place | null)[],
  parsed: (Part | null)[],
  meaning: Meaning,
  { carriers, counted }: Held,
): void {
  const numbered = places.flatMap((place, index) => {
    if (place === null || parsed[index] !== null || lines[index]!.kind === 'sub-track') return [];
    if (place.letter !== undefined) return meaning.romanTracks.has(place.letter) ? [{ index, number: undefined }] : [];
    return [{ index, number: place.first ?? place.track }];
  });
  const runs: number[][] = [];
  let last = 0;
  for (const { index, number } of numbered) {
    if (runs.length === 0 || (number === 1 && last > 1)) runs.push([]);
    runs.at(-1)!.push(index);
    last = number ?? last;
  }
  const named = new Set(parsed.flatMap((part) => (part?.medium === undefined ? [] : [part.medium.toLowerCase()])));
  const anyNamed = parsed.some((part) => part !== null);
  const hasSide = parsed.some((part) => part?.side !== undefined);
  const left = carriers.filter((carrier) => !named.has(carrier.name.toLowerCase()) && !(hasSide && hasSides(carrier)));
  const each = left.flatMap(({ name, count }) =>
    Array.from({ length: count }, (_, at): Part =>
      left.length === 1 && !anyNamed ? { disc: at + 1 } : { medium: name, ...(count > 1 && { disc: at + 1 }) },
    ),
  );
  const inOrder = runs.length > 1 && counted && each.length === runs.length;
  if (!anyNamed && !inOrder) return;
  const one: Part | null =
    left.length === 1
      ? { medium: left[0]!.name }
      : (numbered[0]?.index ?? 0) > parsed.findIndex((part) => part !== null)
        ? {}
        : null;
  runs.forEach((run, at) => run.forEach((index) => (parsed[index] = inOrder ? each[at]! : one)));
}
