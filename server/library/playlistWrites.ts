import { createHash } from 'node:crypto';
import type { PlaylistDocument } from '#shared/library/playlist.ts';
import { canonical } from '#shared/text/canonical.ts';
import type { PlaylistFromDevice, PlaylistState } from './contract.ts';
import type { Core } from './core.ts';

type Assumed = PlaylistFromDevice['assumed'];

/**
 * The device's own write on which this one stands; null where the device knows of it, or there is none. Where the answer to a push
 * was lost, the device says of its next write that it stands on what was there before: in truth it stands on the write before it. So
 * what a device wrote last is kept with what it said it wrote that over. Only within one life of the library: one that was restored
 * is not what the device wrote to.
 */
export function ownWrite(core: Core, uid: string, deviceId: string | undefined, assumed: Assumed): PlaylistState | null {
  if (deviceId === undefined) return null;
  const row = core.db.get<{ document: string; deleted: number }>(
    `SELECT document, deleted FROM playlist_writes WHERE uid = ? AND device_id = ? AND over = ? AND epoch = (SELECT epoch FROM library_state)`,
    uid,
    deviceId,
    digest(assumed),
  );
  return row === undefined ? null : { document: JSON.parse(row.document) as PlaylistDocument, deleted: row.deleted === 1 };
}

/** Keeps what a device wrote, as it stands now. */
export function keepWrite(core: Core, deviceId: string, assumed: Assumed, { document, deleted }: PlaylistState): void {
  core.db.run(
    `INSERT OR REPLACE INTO playlist_writes (uid, device_id, epoch, over, document, deleted) SELECT ?, ?, epoch, ?, ?, ? FROM library_state`,
    document.id,
    deviceId,
    digest(assumed),
    JSON.stringify(document),
    Number(deleted),
  );
}

/** A deleted playlist comes back as it was: what was written before it went says nothing of what is written from now on. */
export function forgetWrites(core: Core, uid: string, except: string | undefined): void {
  core.db.run('DELETE FROM playlist_writes WHERE uid = ? AND device_id IS NOT ?', uid, except ?? null);
}

const digest = (assumed: Assumed): string => createHash('sha256').update(canonical(assumed)).digest('base64');
