import type { AlbumDocument } from '#shared/library/album.ts';
import { isGivableId } from '#shared/primitives/identifiers.ts';
import { textKey } from '#shared/matching/identity.ts';
import { type Core, isoNow, listed } from '../core.ts';
import { keepSeparate } from './keepSeparate.ts';
import { takeCopies } from './copies.ts';
import { creditedArtists, writeCredits } from './credits.ts';
import { type ForeignIds, idOfFormer, numberOf } from './ids.ts';
import { chosenCover, takePictures } from './pictures.ts';
import { takeTracks } from './tracks.ts';
import { takeAlbumText } from './albumText.ts';

/** @returns true when the library lacked something of it. */
export function takeAlbum(core: Core, ids: ForeignIds, document: AlbumDocument): boolean {
  const artists = creditedArtists(core, ids, document.artists);
  const { id, isNew } = albumOf(core, ids, document, artists);
  const names = document.artists.map(({ name }) => name);
  if (isNew) writeCredits(core, 'album', id, document.artists, artists);
  const { merged = [] } = document;
  const copies = takeCopies(core, id, document.copies);
  const pictures = takePictures(core, { albumId: id }, document.images, document.missingCover);
  const changes = [
    isNew,
    copies,
    pictures.size > 0,
    takeTracks(core, ids, { albumId: id, artistId: artists[0] ?? null, isNew, names, merged }, document.tracks),
    takeAlbumText(core, id, document),
    takeMerged(core, id, artists[0], merged),
    !isNew && fill(core, id, document),
  ];
  if (!changes.includes(true)) return false;
  if (isNew) {
    const cover = document.missingCover?.id ?? chosenCover(document.images, document.copies.length > 0);
    if (cover !== null) core.db.run('UPDATE albums SET cover_image_id = ? WHERE id = ?', pictures.get(cover), id);
    core.search.put('albums', id, [document.title, ...names]);
  }
  if (isNew || copies) keepSeparate(core, ids, id);
  core.feed.touch('albums', id);
  return true;
}

function albumOf(
  core: Core,
  ids: ForeignIds,
  document: AlbumDocument,
  artists: readonly number[],
): { id: number; isNew: boolean } {
  const theirs = numberOf(document.id);
  const given = ids.of('album', theirs);
  const known = given !== undefined && isThere(core, given) ? given : knownAlbum(core, ids, theirs, document, artists);
  const id = known ?? create(core, isGivableId(theirs) && isFree(core, theirs) ? theirs : null, document);
  if (id !== given) ids.keep('album', theirs, id);
  return { id, isNew: known === undefined };
}

const isThere = (core: Core, id: number): boolean => core.db.get('SELECT 1 FROM albums WHERE id = ?', id) !== undefined;

/** The album of this id where it is the same; what it was merged into; else the same release, record or title, when it is no other album of that life. */
function knownAlbum(
  core: Core,
  ids: ForeignIds,
  theirs: number,
  document: AlbumDocument,
  artists: readonly number[],
): number | undefined {
  const key = textKey(document.title);
  const isOpen = (id: number) => !ids.isTaken('album', id);
  if (isOpen(theirs) && isSame(core, theirs, key, document, artists)) return theirs;
  const merged = core.db.get<{ album_id: number }>(
    'SELECT album_id FROM album_merges WHERE former_id = ? AND title_key = ?',
    theirs,
    key,
  );
  if (merged !== undefined) return merged.album_id;
  const candidates = core.db.rows<[number]>(
    `SELECT id FROM albums WHERE discogs_id = ?1
     UNION ALL SELECT album_id FROM copies WHERE instance_id IN (SELECT value FROM json_each(?2))
     UNION ALL SELECT albums.id FROM albums JOIN album_artist ON album_id = albums.id
       WHERE title_key = ?3 AND artist_id = ?4 AND (discogs_id IS NULL OR ?1 IS NULL)`,
    document.discogsId,
    listed(document.copies.map(({ instanceId }) => instanceId)),
    key,
    artists[0],
  );
  return candidates.map(([id]) => id).find(isOpen);
}

function isSame(
  core: Core,
  id: number,
  key: string,
  { discogsId }: AlbumDocument,
  artists: readonly number[],
): boolean {
  const row = core.db.get<{ title_key: string; discogs_id: string | null }>(
    'SELECT title_key, discogs_id FROM albums WHERE id = ?',
    id,
  );
  if (row === undefined) return false;
  if (row.discogs_id !== null && discogsId !== null) return row.discogs_id === discogsId;
  const credited = core.db
    .rows<[number]>('SELECT artist_id FROM album_artist WHERE album_id = ?', id)
    .map(([artist]) => artist);
  return (
    row.title_key === key &&
    (credited.length === 0 || artists.length === 0 || credited.some((artist) => artists.includes(artist)))
  );
}

const isFree = (core: Core, id: number): boolean =>
  core.db.get('SELECT 1 FROM albums WHERE id = ?1 UNION ALL SELECT 1 FROM album_merges WHERE former_id = ?1', id) ===
  undefined;

function create(core: Core, id: number | null, document: AlbumDocument): number {
  const now = isoNow(core);
  const isRelease =
    document.discogsId !== null &&
    core.db.get('SELECT 1 FROM albums WHERE discogs_id = ?', document.discogsId) === undefined;
  const { lastId } = core.db.run(
    `INSERT INTO albums (id, title, title_key, year, support, discogs_id, spotify_url, discogs_url, master_id, genres, styles, wanted, rating, note,
       lent_hue, lent_chroma, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    id,
    document.title,
    textKey(document.title),
    document.year,
    document.support,
    isRelease ? document.discogsId : null,
    document.spotifyUrl,
    document.discogsUrl,
    document.masterId,
    JSON.stringify(document.genres),
    JSON.stringify(document.styles),
    Number(document.wanted ?? false),
    document.rating,
    document.note,
    document.lent?.hue,
    document.lent?.chroma,
    now,
    now,
  );
  return lastId;
}

/** Fills what an album that is here lacks; what it has stays, since it may be newer. */
function fill(core: Core, id: number, document: AlbumDocument): boolean {
  const {
    year,
    support,
    discogsId,
    spotifyUrl,
    discogsUrl,
    masterId,
    genres,
    styles,
    rating,
    note,
    lent: accent,
  } = document;
  const found: [column: string, value: string | number | null | undefined, empty: string][] = [
    ['year', year, 'year IS NULL'],
    ['support', support, 'support IS NULL'],
    [
      'discogs_id',
      discogsId,
      'discogs_id IS NULL AND NOT EXISTS (SELECT 1 FROM albums AS others WHERE others.discogs_id = ?1)',
    ],
    ['spotify_url', spotifyUrl, 'spotify_url IS NULL'],
    ['discogs_url', discogsUrl, 'discogs_url IS NULL'],
    ['master_id', masterId, 'master_id IS NULL'],
    ['genres', genres.length === 0 ? null : JSON.stringify(genres), "genres = '[]'"],
    ['styles', styles.length === 0 ? null : JSON.stringify(styles), "styles = '[]'"],
    ['rating', rating || null, 'rating = 0'],
    ['note', note, 'note IS NULL'],
    ['lent_hue', accent?.hue, 'lent_hue IS NULL'],
    ['lent_chroma', accent?.chroma, 'lent_chroma IS NULL'],
  ];
  const filled = found.filter(([, value]) => value !== null && value !== undefined);
  return filled
    .map(
      ([column, value, empty]) =>
        core.db.run(`UPDATE albums SET ${column} = ?1 WHERE id = ?2 AND ${empty}`, value, id).changes > 0,
    )
    .includes(true);
}

const isMerged = (core: Core, albumId: number, key: string): boolean =>
  core.db.get('SELECT 1 FROM album_merges WHERE album_id = ? AND title_key = ?', albumId, key) !== undefined;

/** Albums that were merged into this one. What they were before is not known, so that they cannot be taken out again. */
function takeMerged(
  core: Core,
  albumId: number,
  artistId: number | undefined,
  merged: NonNullable<AlbumDocument['merged']>,
): boolean {
  let changed = false;
  for (const { id, title, reason, artistKey, discogsId } of merged) {
    const theirs = numberOf(id);
    const { changes } = core.db.run(
      `UPDATE album_merges SET discogs_id = ?1 WHERE former_id = ?2 AND album_id = ?3 AND discogs_id IS NULL AND ?1 IS NOT NULL`,
      discogsId,
      theirs,
      albumId,
    );
    changed ||= changes > 0;
    if (isGivableId(theirs) ? !isFree(core, theirs) : isMerged(core, albumId, textKey(title))) continue;
    const artist = core.db.get<{ name_key: string }>('SELECT name_key FROM artists WHERE id = ?', artistId);
    core.db.run(
      `INSERT INTO album_merges (former_id, album_id, title, title_key, artist_key, discogs_id, by_hand, reason, snapshot, created_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, '{}', ?)`,
      idOfFormer(core, 'albums', theirs),
      albumId,
      title,
      textKey(title),
      artistKey ?? artist?.name_key ?? '',
      discogsId,
      Number(reason === 'by-hand'),
      reason,
      isoNow(core),
    );
    changed = true;
  }
  return changed;
}
