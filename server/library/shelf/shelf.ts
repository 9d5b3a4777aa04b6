import type { CopyFacts, ImportCounts, Shelf } from '../api/shelf.ts';
import { isPossibleMoment, likelyNow } from '#shared/primitives/moments.ts';
import type { Missing } from '../../kit/absence.ts';
import { removeIdleAlbum } from '../catalogue/removal.ts';
import { type Core, isoNow } from '../core.ts';
import { writeReleaseDetails } from './releaseDetails.ts';
import { knowArtists } from './releaseArtists.ts';
import { namedReleaseAlbum, writeReleaseFacts } from './releaseAlbum.ts';

export function openShelf(core: Core): Shelf {
  const { db, feed } = core;
  const albumsOf = (where: string, ...values: string[]) =>
    db
      .all<{ album_id: number }>(`SELECT DISTINCT album_id FROM copies WHERE ${where}`, ...values)
      .map((row) => row.album_id);

  return {
    lacksNumbers: () =>
      db.get(
        `SELECT 1 FROM artists JOIN album_artist ON artist_id = artists.id JOIN albums ON albums.id = album_id
         WHERE artists.discogs_id IS NULL AND albums.discogs_id IS NOT NULL
           AND (wanted = 1 OR EXISTS (SELECT 1 FROM copies WHERE copies.album_id = albums.id AND source = 'discogs')) LIMIT 1`,
      ) !== undefined,
    knowArtists: (releases) => db.transaction(() => releases.forEach((release) => knowArtists(core, release))),
    nameFolders(folders) {
      db.transaction(() => {
        for (const { id, name } of folders) {
          const { changes } = db.run(
            'INSERT INTO discogs_folders (id, name) VALUES (?1, ?2) ON CONFLICT (id) DO UPDATE SET name = ?2 WHERE name <> ?2',
            id,
            name,
          );
          if (changes > 0) for (const albumId of albumsOf('folder_id = ?', id)) feed.touch('albums', albumId);
        }
      });
    },
    nameFields(fields) {
      db.transaction(() => {
        for (const { id, name, position } of fields) {
          db.run(
            'INSERT INTO discogs_fields (id, name, position) VALUES (?1, ?2, ?3) ON CONFLICT (id) DO UPDATE SET name = ?2, position = ?3',
            id,
            name,
            position,
          );
        }
      });
    },
    takeCopies: (copies, pass) =>
      db.transaction(() => {
        const names = new Map(
          db.all<{ id: string; name: string }>('SELECT id, name FROM discogs_fields').map(({ id, name }) => [id, name]),
        );
        const counts = { added: 0, changed: 0, unchanged: 0, albumIds: [] as number[] };
        for (const { release } of copies) knowArtists(core, release);
        for (const copy of copies) {
          const { outcome, albumId } = takeCopy(core, copy, names, pass);
          counts[outcome] += 1;
          counts.albumIds.push(albumId);
        }
        return counts;
      }),
    unseen: (pass) =>
      missingOf(
        db.all(
          `SELECT instance_id AS key, seen_in_pass IS NOT ? AS gone FROM copies WHERE source = 'discogs' ORDER BY instance_id`,
          pass,
        ),
      ),
    removeUnseen: (pass) =>
      db.transaction(() => {
        const albums = albumsOf(`source = 'discogs' AND seen_in_pass IS NOT ?`, pass);
        const { changes } = db.run(`DELETE FROM copies WHERE source = 'discogs' AND seen_in_pass IS NOT ?`, pass);
        for (const albumId of albums) removeFromShelf(core, albumId);
        return changes;
      }),
    takeWants: (releases, pass) =>
      db.transaction(() => {
        for (const release of releases) knowArtists(core, release);
        const albumIds = releases.map((release) => {
          const { albumId } = namedReleaseAlbum(core, release);
          writeReleaseFacts(core, albumId, release);
          const { changes } = db.run('UPDATE albums SET wanted = 1 WHERE id = ? AND wanted = 0', albumId);
          db.run('UPDATE albums SET want_pass = ? WHERE id = ?', pass, albumId);
          if (changes > 0) feed.touch('albums', albumId);
          return albumId;
        });
        return { albumIds };
      }),
    unseenWants: (pass) =>
      missingOf(db.all('SELECT id AS key, want_pass IS NOT ? AS gone FROM albums WHERE wanted = 1 ORDER BY id', pass)),
    removeUnseenWants(pass) {
      db.transaction(() => {
        const unseen = db.all<{ id: number }>('SELECT id FROM albums WHERE wanted = 1 AND want_pass IS NOT ?', pass);
        for (const { id } of unseen) {
          db.run('UPDATE albums SET wanted = 0, want_pass = NULL WHERE id = ?', id);
          removeFromShelf(core, id);
        }
      });
    },
    joinHeard: (albumIds) => db.transaction(() => core.followUps.albums(albumIds)),
    writeDetails: (albumId, details) => writeReleaseDetails(core, albumId, details),
  };
}

const missingOf = (entries: readonly { key: string | number; gone: number }[]): Missing => ({
  keys: entries.flatMap(({ key, gone }) => (gone === 1 ? [String(key)] : [])),
  of: entries.length,
});

interface CopyRow {
  album_id: number;
  folder_id: string | null;
  date_added: number | null;
  rating: number | null;
  notes: string;
  format: string | null;
}

/** What only an owner sees of a copy: seen by others, what was known before stays. */
function ownerFields(
  copy: CopyFacts,
  fieldNames: ReadonlyMap<string, string>,
  before: CopyRow | undefined,
): { folderId: string | null; rating: number; notes: string } {
  const notes = JSON.stringify(
    copy.notes.map(({ fieldId, value }) => ({ field: fieldNames.get(fieldId) ?? fieldId, value })),
  );
  if (!copy.publicPart || !before) return { folderId: copy.folderId, rating: copy.rating, notes };
  return { folderId: before.folder_id, rating: before.rating ?? 0, notes: before.notes };
}

function takeCopy(
  core: Core,
  copy: CopyFacts,
  fieldNames: ReadonlyMap<string, string>,
  pass: string,
): { outcome: keyof ImportCounts; albumId: number } {
  const { db, feed } = core;
  const { albumId } = namedReleaseAlbum(core, copy.release);
  const factsChanged = writeReleaseFacts(core, albumId, copy.release);
  const before = db.get<CopyRow>(
    'SELECT album_id, folder_id, date_added, rating, notes, format FROM copies WHERE instance_id = ?',
    copy.instanceId,
  );
  const { folderId, rating, notes } = ownerFields(copy, fieldNames, before);
  // When a copy was added is Discogs's to say; whether that lies ahead, by what time it most likely is here.
  const dateAdded =
    copy.dateAdded !== null && isPossibleMoment(copy.dateAdded, likelyNow(core.time())) ? copy.dateAdded : null;
  const same =
    before &&
    before.album_id === albumId &&
    before.folder_id === folderId &&
    before.date_added === dateAdded &&
    (before.rating ?? 0) === rating &&
    before.notes === notes &&
    before.format === copy.format;
  if (same) {
    db.run('UPDATE copies SET seen_in_pass = ? WHERE instance_id = ?', pass, copy.instanceId);
    return { outcome: factsChanged ? 'changed' : 'unchanged', albumId };
  }
  const now = isoNow(core);
  db.run(
    `INSERT INTO copies (instance_id, album_id, folder_id, date_added, rating, notes, format, seen_in_pass, created_at, updated_at)
     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?9)
     ON CONFLICT (instance_id) DO UPDATE SET album_id = ?2, folder_id = ?3, date_added = ?4, rating = ?5, notes = ?6, format = ?7, seen_in_pass = ?8, updated_at = ?9`,
    copy.instanceId,
    albumId,
    folderId,
    dateAdded,
    rating || null,
    notes,
    copy.format,
    pass,
    now,
  );
  feed.touch('albums', albumId);
  if (before && before.album_id !== albumId) removeFromShelf(core, before.album_id);
  return { outcome: before ? 'changed' : 'added', albumId };
}

/** An album that nobody owns, wants, heard, rated or wrote about any more goes; any other stays, with its listens. */
function removeFromShelf(core: Core, albumId: number): void {
  core.feed.touch('albums', albumId);
  removeIdleAlbum(core, albumId);
}
