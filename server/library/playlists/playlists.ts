import type { PlaylistDocument } from '#shared/library/playlist.ts';
import type { Playlists } from '../api/playlists.ts';
import { type Core, isoNow } from '../core.ts';
import { playlistDocuments } from '../documents/playlists.ts';
import { namedEntries, settleEntries } from './entries.ts';
import { deletedBy, putNamed } from './names.ts';
import { pushPlaylist } from './push.ts';
import { forgetWrites } from './deviceWrites.ts';
import { generatedPlaylists } from './generated.ts';
import { playlistItem, playlistsPage } from '../reads/playlists.ts';

/** What was asked of a playlist cannot be done; `field` names what is wrong. */
class PlaylistError extends Error {
  override readonly name = 'PlaylistError';
  readonly field: string;
  constructor(field: string, message: string) {
    super(message);
    this.field = field;
  }
}

export function playlists(core: Core): Playlists {
  const { db } = core;
  db.onTransaction({
    beforeCommit: () => settleEntries(core),
    afterCommit: () => undefined,
    afterRollback: () => undefined,
  });
  const master: Playlists['master'] = (uid) => {
    const document = playlistDocuments(core, [uid]).get(uid);
    return document === undefined ? null : { document, deleted: isDeleted(core, uid) };
  };
  const put: Playlists['put'] = (document, deviceId) =>
    db.transaction(() => {
      if (isDeleted(core, document.id)) forgetWrites(core, document.id, deviceId);
      putNamed(core, document, deviceId, () => write(core, document));
    });
  const remove: Playlists['remove'] = (uid, deviceId) =>
    db.transaction(() => markDeleted(core, uid) && deletedBy(core, uid, deviceId));
  return {
    page: (request) => playlistsPage(core, request),
    item: (uid) => playlistItem(core, uid),
    get: (uid) => (isDeleted(core, uid) ? null : (playlistDocuments(core, [uid]).get(uid) ?? null)),
    master,
    put,
    remove,
    push: (pushed) => db.transaction(() => pushPlaylist(core, { master, put, remove }, pushed)),
    restore: (uid) => db.transaction(() => restore(core, uid)),
    ...generatedPlaylists(core),
  };
}

function isDeleted(core: Core, uid: string): boolean {
  return core.db.get('SELECT 1 FROM playlists WHERE uid = ? AND deleted_at IS NOT NULL', uid) !== undefined;
}

function write(core: Core, document: PlaylistDocument): void {
  refuseRepeatedEntries(document.entries);
  const entries = namedEntries(core, document);
  const { id } = core.db.get<{ id: number }>(
    `INSERT INTO playlists (uid, name, algorithm, ai_prompt, options, track_count, state, created_at, updated_at)
     VALUES (?1, ?2, ?3, ?4, ?5, ?6, 'ready', ?7, ?8)
     ON CONFLICT (uid) DO UPDATE SET name = ?2, algorithm = ?3, ai_prompt = ?4, options = ?5, track_count = ?6, state = 'ready', failure = NULL,
       deleted_at = NULL, created_at = ?7, updated_at = ?8 RETURNING id`,
    document.id,
    document.name,
    document.algorithm,
    document.aiPrompt,
    document.options === undefined ? null : JSON.stringify(document.options),
    entries.length,
    new Date(document.createdAt * 1000).toISOString(),
    new Date(document.updatedAt * 1000).toISOString(),
  )!;
  core.db.run('DELETE FROM playlist_tracks WHERE playlist_id = ?', id);
  core.db.run(
    `INSERT INTO playlist_tracks (playlist_id, track_id, position, entry, artist, title, album, name_key, reason, created_at)
     SELECT ?, value ->> 'trackId', key, value ->> 'entry', value ->> 'artist', value ->> 'title', value ->> 'album', value ->> 'nameKey',
       value ->> 'reason', ? FROM json_each(?)`,
    id,
    isoNow(core),
    JSON.stringify(entries),
  );
  core.search.put('playlists', id, [document.name]);
  core.feed.touch('playlists', document.id);
}

function refuseRepeatedEntries(entries: readonly { entry: string }[]): void {
  const seen = new Set<string>();
  entries.forEach(({ entry }, place) => {
    if (seen.has(entry)) throw new PlaylistError(`entries[${place}].entry`, `The place "${entry}" is named twice`);
    seen.add(entry);
  });
}

function markDeleted(core: Core, uid: string): boolean {
  const row = core.db.get<{ id: number }>('SELECT id FROM playlists WHERE uid = ? AND deleted_at IS NULL', uid);
  if (row === undefined) return false;
  core.db.run('UPDATE playlists SET deleted_at = ? WHERE id = ?', Math.floor(core.clock.now() / 1000), row.id);
  core.search.remove('playlists', row.id);
  core.feed.touch('playlists', uid, true);
  return true;
}

function restore(core: Core, uid: string): boolean {
  const row = core.db.get<{ id: number; name: string }>(
    'SELECT id, name FROM playlists WHERE uid = ? AND deleted_at IS NOT NULL',
    uid,
  );
  if (row === undefined) return false;
  core.db.run('UPDATE playlists SET deleted_at = NULL WHERE id = ?', row.id);
  core.search.put('playlists', row.id, [row.name]);
  forgetWrites(core, uid, undefined);
  core.feed.touch('playlists', uid);
  return true;
}
