import type { Calendar } from '#shared/journal/calendar.ts';
import { ListenSources, type ListenSource } from '#shared/journal/listen.ts';
import type { Address } from '../address.ts';
import type { JournalFilter, JournalTraits } from './types.ts';

/**
 * What part of the Journal an address shows. Every page may link there, and the parts add up: all of them must hold for a
 * listen. Ids are those of the documents; names are as the library writes them.
 */
export interface JournalPlace extends JournalTraits {
  /** Local date of the first day, `2026-11-01`. */
  from?: string;
  /** Local date of the last day, which is shown too. */
  to?: string;
  source?: ListenSource;
  artist?: string;
  /** The record and its other pressings. */
  album?: string;
  track?: number;
  loved?: boolean;
  noted?: boolean;
  /** Words that title, artists or record must have; accents and case do not count. */
  q?: string;
}

const NUMBERS = { track: 999_999_999_999_999, hour: 23, weekday: 6 } as const;
const TEXT_KEYS = ['zone', 'q', 'genre', 'style', 'label', 'support'] as const;
const IDS = ['artist', 'album'] as const;
const FLAGS = ['loved', 'noted'] as const;
type NumberKey = keyof typeof NUMBERS;
const NUMBER_KEYS = Object.keys(NUMBERS) as NumberKey[];

/** Everything an address may narrow by, in the order in which the Journal names it. */
export const PLACE_KEYS = [
  'from',
  'to',
  'q',
  'artist',
  'album',
  'track',
  'loved',
  'noted',
  'source',
  'zone',
  'genre',
  'style',
  'label',
  'support',
  'decade',
  'weekday',
  'hour',
] as const satisfies readonly (keyof JournalPlace)[];

/** The address of this part of the Journal: `/journal?artist=12&from=2026-11-01&loved=1`. */
export function journalAddress(place: JournalPlace = {}): string {
  const query = new URLSearchParams();
  for (const key of PLACE_KEYS) {
    const value = place[key];
    if (value === undefined || value === false || value === '') continue;
    query.set(key, value === true ? '1' : String(value));
  }
  const text = query.toString();
  return text === '' ? '/journal' : `/journal?${text}`;
}

/** What an address asks for. What it says wrongly (no such day, an hour 25) is noted, and left out. `day` is a range of one day, and has no other beside it. */
export function readJournalAddress(address: Address): JournalPlace {
  const day = address.day('day');
  if (day !== undefined && (address.has('from') || address.has('to'))) address.note('day', day);
  const place: JournalPlace = { ...(day !== undefined && { from: day, to: day }), ...address.days('from', 'to') };
  for (const key of TEXT_KEYS) {
    const text = address.text(key);
    if (text !== undefined) place[key] = text;
  }
  for (const key of IDS) {
    const id = address.id(key);
    if (id !== undefined) place[key] = id;
  }
  for (const key of FLAGS) if (address.flag(key)) place[key] = true;
  for (const key of NUMBER_KEYS) {
    const number = address.whole(key, 0, NUMBERS[key]);
    if (number !== undefined) place[key] = number;
  }
  const decade = address.decade('decade');
  if (decade !== undefined) place.decade = decade;
  const source = address.oneOf('source', ListenSources);
  if (source) place.source = source;
  return place;
}

/** The same as a filter of listens, days in this calendar. */
export function filterOf(place: JournalPlace, calendar: Calendar): JournalFilter {
  const { from, to, source, artist, album, track, loved, noted, q, ...same } = place;
  return {
    ...same,
    ...(from !== undefined && { from: calendar.dayStart(from) }),
    ...(to !== undefined && { to: calendar.dayEnd(to) }),
    ...(source !== undefined && { sources: [source] }),
    ...(artist !== undefined && { artistId: artist }),
    ...(album !== undefined && { albumId: album }),
    ...(track !== undefined && { trackId: track }),
    ...(loved && { lovedOnly: true }),
    ...(noted && { notedOnly: true }),
    ...(q !== undefined && { text: q }),
  };
}
