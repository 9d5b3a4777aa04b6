import type { AlbumDocument } from '#shared/library/album.ts';
import { type Core, isoNow } from '../core.ts';

/** No version: which prompt a model was given is not known. */
const UNKNOWN_PROMPT = 0;

/** Labels and what was written about an album, where nothing is known of either. @returns true when something was lacking. */
export function takeAlbumText(
  core: Core,
  albumId: number,
  { labels, haiku, summary, film, words: albumText }: AlbumDocument,
): boolean {
  const written = haiku !== null || summary !== null || film !== null || albumText !== undefined;
  if (labels.length === 0 && !written) return false;
  const now = isoNow(core);
  core.db.run('INSERT OR IGNORE INTO metadata (album_id, created_at, updated_at) VALUES (?, ?, ?)', albumId, now, now);
  const labelled =
    labels.length === 0
      ? 0
      : core.db.run(
          `UPDATE metadata SET labels = ? WHERE album_id = ? AND labels = '[]'`,
          JSON.stringify(labels),
          albumId,
        ).changes;
  if (!written) return labelled > 0;
  const info = albumText === undefined ? null : JSON.stringify({ haiku, ...albumText, promptVersion: UNKNOWN_PROMPT });
  const { changes } = core.db.run(
    `UPDATE metadata SET ai_info = ?, resume = ?, film_title = ?, film_year = ?, film_director = ?
     WHERE album_id = ? AND ai_info IS NULL AND resume IS NULL AND film_title IS NULL`,
    info,
    summary,
    film?.title,
    film?.year,
    film?.director,
    albumId,
  );
  return labelled + changes > 0;
}
