import { randomUUID } from 'node:crypto';
import type { PlaylistDocument, PlaylistEntry } from '#shared/library/playlist.ts';

/** The most places a playlist has. */
export const MOST_ENTRIES = 2_000;

/** What was asked of a playlist makes no sense; `field` names what is wrong. */
export class EditError extends Error {
  override readonly name = 'EditError';
  readonly field: string;
  constructor(field: string, message: string) {
    super(message);
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
    if (!entry) throw new EditError(`entries.${index}`, `There is no place "${name}", or it is named twice`);
    places.delete(name);
    return entry;
  });
  if (places.size > 0) throw new EditError('entries', `${places.size} of the ${entries.length} places are not named`);
  return sorted;
}

/**
 * The places with more tracks, from `position` (counted from 1) on, or at the end.
 * @throws EditError when there is no such position, or no room.
 */
export function withTracks({ entries }: PlaylistDocument, trackIds: readonly number[], position = entries.length + 1): PlaylistEntry[] {
  if (position > entries.length + 1) throw new EditError('position', `The playlist has ${entries.length} tracks`);
  if (entries.length + trackIds.length > MOST_ENTRIES) throw new EditError('trackIds', `A playlist holds ${MOST_ENTRIES} tracks at the most`);
  return entries.toSpliced(position - 1, 0, ...trackIds.map((trackId) => ({ entry: randomUUID(), trackId })));
}

/** The places without one; null when there is none of that name. */
export function withoutEntry({ entries }: PlaylistDocument, name: string): PlaylistEntry[] | null {
  const rest = entries.filter(({ entry }) => entry !== name);
  return rest.length === entries.length ? null : rest;
}
