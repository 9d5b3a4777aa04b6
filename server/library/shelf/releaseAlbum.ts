import type { ReleaseFacts } from '../api/shelf.ts';
import { textKey } from '#shared/matching/identity.ts';
import { keepAlbumImages } from '../catalogue/albums.ts';
import { indexAlbums } from '../catalogue/reindex.ts';
import { type Core, isoNow } from '../core.ts';
import { writeCredits } from './releaseArtists.ts';

const BECAME_PART = 'SELECT album_id AS id FROM album_merges WHERE discogs_id = ? ORDER BY former_id DESC LIMIT 1';

/** The album that stands for a Discogs release, or that it was merged into; made when it is new. */
export function namedReleaseAlbum(core: Core, release: ReleaseFacts): { albumId: number; isNew: boolean } {
  const { db, feed } = core;
  const known =
    db.get<{ id: number }>('SELECT id FROM albums WHERE discogs_id = ?', release.discogsId) ??
    db.get<{ id: number }>(BECAME_PART, release.discogsId);
  if (known) return { albumId: known.id, isNew: false };
  const now = isoNow(core);
  const { lastId } = db.run(
    'INSERT INTO albums (title, title_key, discogs_id, created_at, updated_at) VALUES (?, ?, ?, ?, ?)',
    release.title,
    textKey(release.title),
    release.discogsId,
    now,
    now,
  );
  feed.touch('albums', lastId);
  return { albumId: lastId, isNew: true };
}

interface FactsRow {
  discogs_id: string | null;
  title: string;
  year: number | null;
  support: string | null;
  master_id: string | null;
  genres: string;
  styles: string;
  formats: string;
  discogs_url: string | null;
}

/**
 * Brings an album in line with its release; one that stands for another release, of which this one became part, stays as it is.
 * A year is only filled where it is empty.
 *
 * @returns true when something changed.
 */
export function writeReleaseFacts(core: Core, albumId: number, release: ReleaseFacts): boolean {
  const { db, feed } = core;
  const before = db.get<FactsRow>(
    'SELECT discogs_id, title, year, support, master_id, genres, styles, formats, discogs_url FROM albums WHERE id = ?',
    albumId,
  )!;
  if (before.discogs_id !== null && before.discogs_id !== release.discogsId) return false;
  const after: FactsRow = {
    discogs_id: release.discogsId,
    title: release.title,
    year: before.year ?? release.year,
    support: release.support,
    master_id: release.masterId,
    genres: JSON.stringify(release.genres),
    styles: JSON.stringify(release.styles),
    formats: JSON.stringify(release.formats),
    discogs_url: release.discogsUrl,
  };
  const creditsChanged = writeCredits(core, { albumId }, release.artists);
  const labelsChanged = writeLabels(core, albumId, release.labels);
  if (release.coverUrl !== null) keepAlbumImages(core, [{ albumId, url: release.coverUrl, source: 'discogs' }]);
  const changed = creditsChanged || labelsChanged || JSON.stringify(before) !== JSON.stringify(after);
  if (!changed) return false;
  db.run(
    `UPDATE albums SET discogs_id = ?, title = ?, title_key = ?, year = ?, support = ?, master_id = ?, genres = ?, styles = ?, formats = ?, discogs_url = ?, updated_at = ? WHERE id = ?`,
    after.discogs_id,
    after.title,
    textKey(after.title),
    after.year,
    after.support,
    after.master_id,
    after.genres,
    after.styles,
    after.formats,
    after.discogs_url,
    isoNow(core),
    albumId,
  );
  feed.touch('albums', albumId);
  indexAlbums(core, [albumId]);
  return true;
}

function writeLabels(core: Core, albumId: number, labels: ReleaseFacts['labels']): boolean {
  const text = JSON.stringify(labels);
  const now = isoNow(core);
  const { changes } = core.db.run(
    `INSERT INTO metadata (album_id, labels, created_at, updated_at) VALUES (?1, ?2, ?3, ?3)
     ON CONFLICT (album_id) DO UPDATE SET labels = ?2, updated_at = ?3 WHERE labels <> ?2`,
    albumId,
    text,
    now,
  );
  return changes > 0;
}
