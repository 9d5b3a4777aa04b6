import fc from 'fast-check';
import type { ListenSource } from '#shared/journal/listen.ts';
import type { Library } from '../api/library.ts';
import { START } from './library.ts';

const SOURCES: ListenSource[] = ['lastfm', 'roon', 'import'];
/** The days of the plays reach over the end of a month. */
export const FIRST_DAY = START + 16 * 86_400;
const SLOT_SECONDS = 10_800;

/** When a slot of three hours begins, in seconds since the epoch. */
export const slotStart = (slot: number): number => FIRST_DAY + slot * SLOT_SECONDS;

/** What a report is made of: plays of few names at few moments, so that reports meet. */
export const reportParts = (names: {
  artists: readonly string[];
  titles: readonly string[];
  albums: readonly (string | undefined)[];
}) => ({
  source: fc.constantFrom(...SOURCES),
  slot: fc.integer({ min: 0, max: 12 }),
  late: fc.integer({ min: 0, max: 90 }),
  artist: fc.constantFrom(...names.artists),
  title: fc.constantFrom(...names.titles),
  album: fc.constantFrom(...names.albums),
});

/** An index for {@link pick}. */
export const at = fc.nat({ max: 50 });
/** The item at an index, counted round; undefined for an empty list. */
export const pick = <T>(items: readonly T[], index: number): T | undefined => items[index % Math.max(1, items.length)];

const PAGE = { page: 1, pageSize: 200 };
export const listens = (library: Library) => library.reads.listens(PAGE).items;
export const albums = (library: Library) => library.reads.albums(PAGE).items;
export const artists = (library: Library) => library.reads.artists(PAGE).items;
