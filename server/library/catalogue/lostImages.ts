import type { Core } from '../core.ts';

/** An address that is lost, in SQL; written so that the index by address is used. */
export const IS_LOST = "(url >= 'lost:' AND url < 'lost;')";

/** Gives a picture of which only its source was known the address that its source reports again; its id stays. @returns true when there was one. */
export function findLostImage(
  { db, feed }: Core,
  {
    url,
    source,
    albumId,
    artistId,
  }: { url: string; source: string; albumId?: number | null; artistId?: number | null },
): boolean {
  const owner = [artistId ?? 0, albumId ?? 0] as const;
  const lost = db.get<{ id: number; state: string }>(
    `SELECT id, state FROM images WHERE ${IS_LOST} AND source = ? AND ifnull(artist_id, 0) = ? AND ifnull(album_id, 0) = ? ORDER BY id LIMIT 1`,
    source,
    ...owner,
  );
  const isKnown =
    db.get(
      'SELECT 1 FROM images WHERE url = ? AND ifnull(artist_id, 0) = ? AND ifnull(album_id, 0) = ?',
      url,
      ...owner,
    ) !== undefined;
  if (lost === undefined || isKnown) return false;
  db.run(`UPDATE images SET url = ?, state = 'unknown' WHERE id = ?`, url, lost.id);
  // A cover that a person chose and that was not to be had is shown again.
  if (lost.state === 'dead' && albumId) feed.touch('albums', albumId);
  return true;
}
