import type { Calendar } from '#shared/journal/calendar.ts';
import { ListenSources, type ListenSource } from '#shared/journal/listen.ts';
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

const NUMBERS = { track: Number.MAX_SAFE_INTEGER, decade: 9_990, hour: 23, weekday: 6 } as const;
const WORDS = ['zone', 'artist', 'album', 'q', 'genre', 'style', 'label', 'support'] as const;
const DAYS = ['from', 'to'] as const;
const FLAGS = ['loved', 'noted'] as const;
type NumberKey = keyof typeof NUMBERS;
const NUMBER_KEYS = Object.keys(NUMBERS) as NumberKey[];

/** Everything an address may narrow by, in the order in which the Journal names it. */
export const PLACE_KEYS = ['from', 'to', 'q', 'artist', 'album', 'track', 'loved', 'noted', 'source', 'zone', 'genre', 'style', 'label', 'support', 'decade', 'weekday', 'hour'] as const satisfies readonly (keyof JournalPlace)[];

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

/** What an address asks for. What it says wrongly (no such day, an hour 25) is left out. */
export function readJournalAddress(query: URLSearchParams): JournalPlace {
  const place: JournalPlace = {};
  for (const key of DAYS) if (isDay(query.get(key))) place[key] = query.get(key)!;
  for (const key of WORDS) if (query.get(key)?.trim()) place[key] = query.get(key)!;
  for (const key of FLAGS) if (query.get(key) === '1') place[key] = true;
  for (const key of NUMBER_KEYS) {
    const value = query.get(key) ?? '';
    if (/^\d{1,15}$/.test(value) && Number(value) <= NUMBERS[key]) place[key] = Number(value);
  }
  const source = ListenSources.find((known) => known === query.get('source'));
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

function isDay(text: string | null): boolean {
  if (text === null || !/^\d{4}-\d\d-\d\d$/.test(text)) return false;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}
