import { textKey } from '#shared/matching/identity.ts';
import { type Core, isoNow } from '../core.ts';

/** Adds a track to an album; with a number, to its list. @returns its id. */
export function addTrack(
  core: Core,
  albumId: number,
  title: string,
  number: number | null,
  artists: readonly string[],
): number {
  const now = isoNow(core);
  const { lastId } = core.db.run(
    'INSERT INTO tracks (album_id, title, title_key, track_number, position, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?)',
    albumId,
    title,
    textKey(title),
    number,
    number === null ? null : String(number),
    now,
    now,
  );
  core.search.put('tracks', lastId, [title, ...artists]);
  return lastId;
}
