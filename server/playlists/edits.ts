import { randomUUID } from 'node:crypto';
import type { CodedError } from '#shared/errors/errorCodes.ts';
import { MOST_ENTRIES, type PlaylistDocument, type PlaylistEntry } from '#shared/library/playlist.ts';
import { CodedFailure } from '../kit/codedFailure.ts';

/** What was asked of a playlist makes no sense; `field` names what is wrong. */
export class EditError extends CodedFailure {
  override readonly name = 'EditError';
  readonly field: string;
  constructor(field: string, problem: CodedError) {
    super(problem);
    this.field = field;
  }
}

/**
 * The places in another order.
 * @throws EditError unless every place is named, each once.
 */
export function reordered({ entries }: PlaylistDocument, order: readonly string[]): PlaylistEntry[] {
  const places = new Map(entries.map((entry) => [entry.entry, entry]));
  const sorted = order.map((name, index) => {
    const entry = places.get(name);
    if (!entry) throw new EditError(`entries.${index}`, { code: 'place-not-there', params: { entry: name } });
    places.delete(name);
    return entry;
  });
  if (places.size > 0)
    throw new EditError('entries', {
      code: 'places-missing',
      params: { missing: places.size, places: entries.length },
    });
  return sorted;
}

/**
 * The places with more tracks, from `position` (counted from 1) on, or at the end.
 * @throws EditError when there is no such position, or no room.
 */
export function withTracks(
  { entries }: PlaylistDocument,
  trackIds: readonly number[],
  position = entries.length + 1,
): PlaylistEntry[] {
  if (position > entries.length + 1)
    throw new EditError('position', { code: 'position-beyond', params: { tracks: entries.length } });
  if (entries.length + trackIds.length > MOST_ENTRIES)
    throw new EditError('trackIds', { code: 'playlist-full', params: { most: MOST_ENTRIES } });
  return entries.toSpliced(position - 1, 0, ...trackIds.map((trackId) => ({ entry: randomUUID(), trackId })));
}

/** The places without one; null when there is none of that name. */
export function withoutEntry({ entries }: PlaylistDocument, name: string): PlaylistEntry[] | null {
  const rest = entries.filter(({ entry }) => entry !== name);
  return rest.length === entries.length ? null : rest;
}
