import type { HighestIds } from '../api/libraryIdentity.ts';
import { HIGHEST_ID, isGivableId, LAST_ID } from '#shared/primitives/identifiers.ts';

/** Ids left out beyond the highest that is known to be given: what was given in the moment before is given to nobody else. */
export const GAP = 1_000;
/** The same where nothing but the database itself shows what was given. */
export const WIDE_GAP = 1_000_000;

/** The furthest that a library's ids are raised: whatever wrote a mark, more ids than any library needs are left to be given. */
export const MAX_HIGHEST_ID = LAST_ID - HIGHEST_ID;

const selected = (ids: HighestIds, isSelected: (id: number) => boolean): HighestIds =>
  Object.fromEntries(Object.entries(ids).filter(([, id]) => isSelected(id)));
const mapped = (ids: HighestIds, of: (id: number, name: string) => number): HighestIds =>
  Object.fromEntries(Object.entries(ids).map(([name, id]) => [name, of(id, name)]));

/** Watermarks as they are stored, in JSON. What cannot be read is not trusted: then no two lives are known to share an id. */
export function parseHighestIds(text: string): HighestIds {
  try {
    const reported = JSON.parse(text) as unknown;
    const entries = reported !== null && typeof reported === 'object' ? Object.entries(reported) : [];
    return Object.fromEntries(entries.filter((entry): entry is [string, number] => Number.isSafeInteger(entry[1])));
  } catch {
    return {};
  }
}

/** Without the watermarks that no library comes to. */
export const possible = (ids: HighestIds): HighestIds => selected(ids, (id) => id <= MAX_HIGHEST_ID);

/** Of ids up to which two lives mean the same things: those that there can be. */
export const clipped = (ids: HighestIds): HighestIds => mapped(ids, (id) => Math.min(id, MAX_HIGHEST_ID));

/** A little beyond each id. */
export const beyond = (ids: HighestIds, by = GAP): HighestIds => mapped(ids, (id) => id + by);

/** How far the ids that a device has seen are trusted: none further than a device may be ahead, and each at most `reach` beyond what is known to be given. */
export const plausibleIds = (reported: HighestIds, given: HighestIds, reach: number): HighestIds =>
  mapped(
    selected(reported, (id) => id === 0 || isGivableId(id)),
    (id, name) => Math.min(id, (given[name] ?? 0) + reach),
  );

/** The highest of both for each table. */
export const higher = (one: HighestIds, other: HighestIds): HighestIds =>
  merged(one, other, (a, b) => Math.max(a ?? 0, b ?? 0));
export const lower = (one: HighestIds, other: HighestIds): HighestIds =>
  merged(one, other, (a, b) => Math.min(a ?? 0, b ?? 0));

function merged(
  one: HighestIds,
  other: HighestIds,
  of: (a: number | undefined, b: number | undefined) => number,
): HighestIds {
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return Object.fromEntries([...names].map((name) => [name, of(one[name], other[name])]));
}
