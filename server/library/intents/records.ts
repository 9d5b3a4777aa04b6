import type { Intent } from '#shared/sync/intents.ts';
import { textKey } from '#shared/matching/identity.ts';
import { nowSeconds } from '../../kit/clock.ts';
import { createAlbum } from '../catalogue/albums.ts';
import { artistNamed } from '../catalogue/artists.ts';
import { removeIdleAlbum } from '../catalogue/removal.ts';
import { type Core, isoNow } from '../core.ts';
import type { Handlers } from './handler.ts';
import { albumIdOf, refuse } from './targets.ts';

/** An album of which the copy that went was the last: its support was that copy's. */
const GIVEN_BY_COPY =
  'id = ?1 AND support = ?2 AND discogs_id IS NULL AND NOT EXISTS (SELECT 1 FROM copies WHERE album_id = ?1)';

type AddRecord = Extract<Intent, { kind: 'add-record' }>;

/** Records that a person writes down by hand; each is a copy on the shelf, known by the UUID its device gave it. */
export const records: Handlers<'add-record' | 'remove-record'> = {
  'add-record'(core, intent) {
    const named = intent.albumId === undefined ? undefined : albumIdOf(core, intent.albumId);
    const id =
      named ??
      albumIdOf(core, intent.alias) ??
      holderOfCopy(core, intent.alias) ??
      ownedRelease(core, intent.discogsId) ??
      addAlbum(core, intent);
    core.db.run('UPDATE albums SET support = ifnull(support, ?) WHERE id = ?', intent.support, id);
    addCopy(core, id, intent);
    return { seenIn: 'albums', created: String(id) };
  },
  'remove-record'(core, { alias }) {
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
function holderOfCopy(core: Core, alias: string): number | undefined {
  return core.db.get<{ album_id: number }>('SELECT album_id FROM copies WHERE instance_id = ?', alias)?.album_id;
}

/** The same release by its Discogs number, so that the shelf's own import and a record by hand are one. */
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
