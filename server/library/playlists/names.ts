import type { PlaylistDocument } from '#shared/library/playlist.ts';
import { revisionsId } from '#shared/library/revision.ts';
import type { PlaylistClash } from '../api/playlists.ts';
import type { Core } from '../core.ts';
import { forgetRevision, keepRevision, type Written } from '../documents/revisions.ts';

interface NameRow {
  name: string;
  named_by: string | null;
  deleted_by: string | null;
  updated_at: string;
}

const nameRow = (core: Core, uid: string): NameRow | undefined =>
  core.db.get<NameRow>('SELECT name, named_by, deleted_by, updated_at FROM playlists WHERE uid = ?', uid);

const nameOf = ({ name, named_by: deviceId, updated_at: at }: NameRow): Written => ({
  text: name,
  deviceId,
  writtenAt: Date.parse(at),
});

/** Writes a playlist; the name that it had stays in its history. @param deviceId where it was written; undefined for the server. */
export function putNamed(
  core: Core,
  { id, name }: Pick<PlaylistDocument, 'id' | 'name'>,
  deviceId: string | undefined,
  put: () => void,
): void {
  const before = nameRow(core, id);
  put();
  const isNew = before?.name !== name;
  core.db.run(
    'UPDATE playlists SET named_by = CASE WHEN ? THEN ? ELSE named_by END, deleted_by = NULL WHERE uid = ?',
    Number(isNew),
    deviceId,
    id,
  );
  if (before === undefined || !isNew) return;
  const history = revisionsId('playlist-name', id);
  keepRevision(core, history, nameOf(before), 'replaced');
  forgetRevision(core, history, name);
}

/** Notes which device deleted a playlist, to notify it when that comes to nothing. @returns true */
export function deletedBy(core: Core, uid: string, deviceId: string | undefined): boolean {
  core.db.run('UPDATE playlists SET deleted_by = ? WHERE uid = ?', deviceId, uid);
  return true;
}

/** A playlist that was changed on two devices: of two names the earlier stays in its history, and a deletion that comes to nothing is reported. */
export function keepClash(core: Core, { mine, master, assumed, deviceId }: PlaylistClash): void {
  const theirs = nameRow(core, mine.document.id);
  if (theirs === undefined) return;
  const history = revisionsId('playlist-name', mine.document.id);
  const written: Written = { text: mine.document.name, deviceId, writtenAt: mine.document.updatedAt * 1000 };
  if (mine.deleted || master.deleted) {
    if (mine.deleted === master.deleted) return;
    // Where nothing is known of what both had in common, the later of the two stands.
    const isLater =
      mine.document.updatedAt > master.document.updatedAt ||
      (mine.deleted && mine.document.updatedAt === master.document.updatedAt);
    const mineStands = assumed === null ? isLater : !mine.deleted;
    if (mine.deleted && !mineStands) keepRevision(core, history, { text: master.document.name, deviceId }, 'kept');
    else if (master.deleted && !mineStands) keepRevision(core, history, written, 'deleted');
    else if (master.deleted && theirs.deleted_by !== deviceId)
      keepRevision(core, history, { text: mine.document.name, deviceId: theirs.deleted_by }, 'kept');
    return;
  }
  const isConflict =
    mine.document.name !== theirs.name && mine.document.name !== assumed?.name && theirs.name !== assumed?.name;
  if (!isConflict) return;
  // Both names are of one device, where an older library was put back: it knows of both.
  const isOwn = deviceId !== null && theirs.named_by === deviceId;
  if (mine.document.updatedAt > master.document.updatedAt)
    keepRevision(core, history, nameOf(theirs), isOwn ? 'replaced' : 'conflict');
  else keepRevision(core, history, written, isOwn ? 'replaced' : 'outdone');
}
