import * as v from 'valibot';
import type { Copy } from '#shared/library/album.ts';
import { DeviceUuid } from '#shared/primitives/identifiers.ts';
import { type Core, isoNow } from '../core.ts';

/** Copies by their instance ids; one added manually has the UUID of its device. @returns true when one was lacking. */
export function takeCopies(core: Core, albumId: number, copies: readonly Copy[]): boolean {
  return copies.map((copy) => takeCopy(core, albumId, copy)).includes(true);
}

function takeCopy(
  core: Core,
  albumId: number,
  { instanceId, folder, dateAdded, rating, notes, format }: Copy,
): boolean {
  const now = isoNow(core);
  const isManual = v.is(DeviceUuid, instanceId);
  const { changes } = core.db.run(
    `INSERT OR IGNORE INTO copies (instance_id, album_id, folder_id, date_added, rating, notes, format, source, created_at, updated_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    instanceId,
    albumId,
    folder === null ? null : folderId(core, folder),
    dateAdded,
    rating,
    JSON.stringify(notes),
    format,
    isManual ? 'hand' : 'discogs',
    now,
    now,
  );
  if (changes === 0) return false;
  if (isManual) {
    core.db.run('UPDATE albums SET by_hand = 1 WHERE id = ?', albumId);
    core.db.run(
      'UPDATE albums SET uid = ?1 WHERE id = ?2 AND uid IS NULL AND NOT EXISTS (SELECT 1 FROM albums WHERE uid = ?1)',
      instanceId,
      albumId,
    );
  }
  return true;
}

/** A folder by its name; Discogs' own number for it comes with the next import. */
function folderId(core: Core, name: string): string {
  const known = core.db.get<{ id: string }>('SELECT id FROM discogs_folders WHERE name = ?', name);
  if (known !== undefined) return known.id;
  const id = `named ${name}`;
  core.db.run('INSERT OR IGNORE INTO discogs_folders (id, name) VALUES (?, ?)', id, name);
  return id;
}
