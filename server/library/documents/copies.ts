import type { Copy } from '#shared/library/album.ts';
import type { Core } from '../core.ts';
import { grouped } from './credits.ts';

type CopyRow = [
  album: number,
  instanceId: string,
  folder: string | null,
  dateAdded: number | null,
  rating: number | null,
  notes: string,
  format: string | null,
];

/** The copies of these albums that stand on the shelf, the oldest first. */
export function copiesOf(core: Core, albumIds: string): Map<number, Copy[]> {
  const rows = core.db.rows<CopyRow>(
    `SELECT album_id, instance_id, discogs_folders.name, date_added, rating, notes, format FROM copies
     LEFT JOIN discogs_folders ON discogs_folders.id = folder_id
     WHERE album_id IN (SELECT value FROM json_each(?)) ORDER BY album_id, date_added IS NULL, date_added, instance_id`,
    albumIds,
  );
  return grouped(rows, ([, instanceId, folder, dateAdded, rating, notes, format]) => ({
    instanceId,
    folder,
    dateAdded,
    rating,
    notes: JSON.parse(notes) as Copy['notes'],
    format,
  }));
}
