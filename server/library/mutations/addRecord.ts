import type { MutationOf } from '#shared/mutations/registry.ts';
import { nowSeconds } from '../../kit/clock.ts';
import { createAlbum } from '../catalogue/albums.ts';
import { artistNamed } from '../catalogue/artists.ts';
import { removeIdleAlbum } from '../catalogue/removal.ts';
import { type Core, isoNow } from '../core.ts';
import type { MutationHandler } from './definition.ts';
import { addTrack } from './manualAlbums.ts';
import { albumIdOf, refuse } from './targets.ts';

type AddRecord = MutationOf<'add-record'>;

/** An album of which the copy that went was the last: its support was that copy's. */
const GIVEN_BY_COPY =
  'id = ?1 AND support = ?2 AND discogs_id IS NULL AND NOT EXISTS (SELECT 1 FROM copies WHERE album_id = ?1)';

/** A record that a person adds manually: a copy on the shelf, known by the UUID its device gave it. */
export const addRecord: MutationHandler<'add-record'> = {
  /** A copy of an album that is not here is a record of its own: it carries its title and artists itself. */
  retarget({ albumId, ...record }, resolver) {
    if (albumId === undefined) return record;
    const id =
      resolver.albumIfThere(albumId) ?? resolver.albumCalled(record.title, record.artists[0] ?? '', record.discogsId);
    return id === undefined ? record : { ...record, albumId: id };
  },
  apply(core, mutation) {
    const named = mutation.albumId === undefined ? undefined : albumIdOf(core, mutation.albumId);
    const id =
      named ??
      albumIdOf(core, mutation.alias) ??
      albumOfCopy(core, mutation.alias) ??
      ownedRelease(core, mutation.discogsId) ??
      addAlbum(core, mutation);
    core.db.run('UPDATE albums SET support = ifnull(support, ?) WHERE id = ?', mutation.support, id);
    addCopy(core, id, mutation);
    return { seenIn: 'albums', created: String(id) };
  },
};

export const removeRecord: MutationHandler<'remove-record'> = {
  // Named by the device's own UUID, which no other thing ever has.
  retarget: (mutation) => mutation,
  apply(core, { alias }) {
    const copy = core.db.get<{ album_id: number; format: string | null }>(
      `DELETE FROM copies WHERE instance_id = ? AND source = 'hand' RETURNING album_id, format`,
      alias,
    );
    if (copy === undefined) return refuse('unknown-record', 'This record is not in the library any more.');
    core.db.run('UPDATE albums SET by_hand = 0 WHERE id = ? AND uid = ?', copy.album_id, alias);
    core.db.run(`UPDATE albums SET support = NULL WHERE ${GIVEN_BY_COPY}`, copy.album_id, copy.format);
    core.feed.touch('albums', copy.album_id);
    removeIdleAlbum(core, copy.album_id);
    return { seenIn: 'albums' };
  },
};

/** A record that was written down already and is a copy of another album by now. */
function albumOfCopy(core: Core, alias: string): number | undefined {
  return core.db.get<{ album_id: number }>('SELECT album_id FROM copies WHERE instance_id = ?', alias)?.album_id;
}

/** The same release by its Discogs number, so that the shelf's own import and a manual record are one. */
function ownedRelease(core: Core, discogsId: string | undefined): number | undefined {
  return discogsId === undefined
    ? undefined
    : core.db.get<{ id: number }>('SELECT id FROM albums WHERE discogs_id = ?', discogsId)?.id;
}

function addAlbum(core: Core, { alias, title, artists, year, support, tracks, discogsId }: AddRecord): number {
  const credited = artists.map((name) => artistNamed(core, name));
  const { id } = createAlbum(core, { title, artists: credited, mbid: null });
  core.db.run(
    'UPDATE albums SET uid = ?, by_hand = 1, year = ?, support = ?, discogs_id = ?, discogs_url = ? WHERE id = ?',
    alias,
    year,
    support,
    discogsId,
    discogsId === undefined ? null : `https://www.discogs.com/release/${discogsId}`,
    id,
  );
  tracks?.forEach((track, index) => addTrack(core, id, track, index + 1, artists));
  return id;
}

function addCopy(core: Core, albumId: number, { alias, support }: AddRecord): void {
  const now = isoNow(core);
  core.db.run(
    `INSERT OR IGNORE INTO copies (instance_id, album_id, date_added, format, source, created_at, updated_at) VALUES (?, ?, ?, ?, 'hand', ?, ?)`,
    alias,
    albumId,
    nowSeconds(core.clock),
    support,
    now,
    now,
  );
  core.feed.touch('albums', albumId);
}
