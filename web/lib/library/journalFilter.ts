import { NOWHERE, type LibraryIndex } from '#shared/analytics/libraryIndex.ts';
import type { Calendar } from '#shared/journal/calendar.ts';
import type { JournalColumns } from '#shared/journal/columns.ts';
import { ListenSources } from '#shared/journal/listen.ts';
import { DATE_UNKNOWN } from '#shared/primitives/moments.ts';
import { HAS_NOTE } from '#shared/journal/rows.ts';
import { foldForSearch } from '#shared/matching/fold.ts';
import { queryTokens } from '#shared/matching/searchTerms.ts';
import { nearIn, spellingsIn } from '#shared/matching/typing.ts';
import { foldedNames } from './foldedNames.ts';
import type { JournalFilter } from './types.ts';

type Test = (number: number) => boolean;

/**
 * The rows that pass, ascending. What depends on the track is decided once for each track, so that of a row only numbers are
 * looked at: 300,000 rows take a few milliseconds.
 */
export function rowsThatPass(
  filter: JournalFilter,
  rows: JournalColumns,
  index: LibraryIndex,
  calendar: Calendar,
): number[] {
  const passed = rowsBy(rowTests(filter, rows, index, calendar, false), filter, rows);
  // Where no listen has all the words, each may be mistyped, also one that another name has: "form" for "from".
  return passed.length > 0 || filter.text === undefined
    ? passed
    : rowsBy(rowTests(filter, rows, index, calendar, true), filter, rows);
}

function rowsBy(
  tests: readonly Test[],
  { from = -Infinity, to = Infinity }: JournalFilter,
  rows: JournalColumns,
): number[] {
  const passed: number[] = [];
  for (const [start, end] of rows.periodRanges(from, to))
    for (let row = start; row < end; row++) if (passesAll(tests, row)) passed.push(row);
  return passed;
}

function passesAll(tests: readonly Test[], number: number): boolean {
  for (let at = 0; at < tests.length; at++) if (!tests[at]!(number)) return false;
  return true;
}

/** The cheap questions first, those about the clock last. */
function rowTests(
  filter: JournalFilter,
  rows: JournalColumns,
  index: LibraryIndex,
  calendar: Calendar,
  mistyped: boolean,
): Test[] {
  const tests: Test[] = [];
  const { sources, albumId, trackId, notedOnly, zone, hour, weekday } = filter;
  if (sources) {
    const wanted = ListenSources.map((source) => sources.includes(source));
    tests.push((row) => wanted[rows.source[row]!]!);
  }
  if (trackId !== undefined) tests.push((row) => rows.track[row] === trackId);
  if (zone !== undefined) {
    const wanted = Array.from({ length: rows.zones.size }, (_, number) => rows.zones.nameOf(number) === zone);
    tests.push((row) => wanted[rows.zone[row]!]!);
  }
  if (notedOnly) tests.push((row) => (rows.flags[row]! & HAS_NOTE) !== 0);
  if (albumId !== undefined) {
    const pressingIds = new Set(pressingsOf(albumId, index).map(Number));
    tests.push((row) => pressingIds.has(rows.owner[row]!));
  }
  const ofTrack = trackTests(filter, index, mistyped);
  if (ofTrack.length > 0) {
    const passes = new Uint8Array(index.trackIds.length);
    for (let track = 0; track < passes.length; track++) if (passesAll(ofTrack, track)) passes[track] = 1;
    const tracks = index.trackIndexes(rows.track);
    tests.push((row) => passes[tracks[row]!] === 1);
  }
  if (hour !== undefined || weekday !== undefined) tests.push((row) => rows.time[row] !== DATE_UNKNOWN);
  if (weekday !== undefined) tests.push((row) => calendar.weekday(rows.time[row]!) === weekday);
  if (hour !== undefined) tests.push((row) => calendar.hour(rows.time[row]!) === hour);
  return tests;
}

function trackTests(
  { lovedOnly, artistId, text, ...of }: JournalFilter,
  index: LibraryIndex,
  mistyped: boolean,
): Test[] {
  const tests: Test[] = [];
  if (lovedOnly) tests.push((track) => index.trackLoved[track] === 1);
  if (artistId !== undefined) {
    const artist = index.artistIndex(artistId);
    tests.push((track) => index.trackArtists[track]!.includes(artist));
  }
  const ofAlbum = albumTests(of, index);
  if (ofAlbum.length > 0) {
    const passes = index.albumIds.map((_, album) => passesAll(ofAlbum, album));
    tests.push((track) => passes[index.trackAlbum[track]!] === true);
  }
  const tokens = text === undefined ? [] : queryTokens(foldForSearch(text));
  for (const word of tokens) tests.push(trackHas(word, index, mistyped));
  return tests;
}

type AlbumPart = Pick<JournalFilter, 'genre' | 'style' | 'label' | 'support' | 'decade'>;

function albumTests({ genre, style, label, support, decade }: AlbumPart, index: LibraryIndex): Test[] {
  const tests: Test[] = [];
  const holds = (names: readonly string[], of: readonly (readonly number[])[], wanted: string | undefined): void => {
    if (wanted === undefined) return;
    const number = names.indexOf(wanted);
    tests.push((album) => of[album]?.includes(number) ?? false);
  };
  holds(index.genres.names, index.albumGenres, genre);
  holds(index.styles.names, index.albumStyles, style);
  holds(index.labels.names, index.albumLabels, label);
  if (support !== undefined) tests.push((album) => index.supports.names[index.albumSupport[album]!] === support);
  if (decade !== undefined) {
    tests.push((album) => {
      const year = index.albumGroup[album]! < 0 ? 0 : index.originalYear(index.albumGroup[album]!);
      return year >= decade && year < decade + 10;
    });
  }
  return tests;
}

/** Whether title, an artist or the record has this word, folded; one that no name has is taken for one with a typing error, or any. */
function trackHas(word: string, index: LibraryIndex, mistyped: boolean): Test {
  const { titles, artists, albums } = foldedNames(index);
  const names = [...artists, ...albums, ...titles];
  const spellings = mistyped ? [word, ...nearIn(names, word)] : spellingsIn(names, word);
  const has = (name: string): boolean => spellings.some((spelling) => name.includes(spelling));
  const [byArtist, byAlbum] = [artists.map(has), albums.map(has)];
  return (track) => {
    const album = index.trackAlbum[track]!;
    return (
      has(titles[track]!) ||
      (album > NOWHERE && byAlbum[album]!) ||
      index.trackArtists[track]!.some((artist) => byArtist[artist]!)
    );
  };
}

/** Ids of the albums that share this one's master, itself among them. */
export function pressingsOf(albumId: string, index: LibraryIndex): string[] {
  const album = index.albumIndex(albumId);
  const group = index.groupAlbums[index.albumGroup[album] ?? -1] ?? [];
  return group.includes(album) ? group.map((each) => index.albumIds[each]!) : [albumId];
}
