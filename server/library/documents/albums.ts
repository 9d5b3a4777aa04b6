import type { AlbumDocument } from '#shared/library/album.ts';
import { distinctNames } from '#shared/matching/distinct.ts';
import { type Core, listed } from '../core.ts';
import { creditsOf, grouped } from './credits.ts';
import { copiesOf } from './copies.ts';
import { coloursOf, imagesOf, missingCoversOf } from './images.ts';
import { albumTracks } from './tracks.ts';

interface AlbumRow {
  id: number;
  title: string;
  year: number | null;
  support: string | null;
  discogs_id: string | null;
  spotify_url: string | null;
  discogs_url: string | null;
  master_id: string | null;
  genres: string;
  styles: string;
  wanted: number;
  rating: number;
  note: string | null;
  lent_hue: number | null;
  lent_chroma: number | null;
  ai_info: string | null;
  resume: string | null;
  labels: string | null;
  film_title: string | null;
  film_year: number | null;
  film_director: string | null;
  first_heard: number | null;
}

/** The documents of these albums, by id; one query a table however many they are. */
export function albumDocuments(core: Core, ids: readonly number[]): Map<string, AlbumDocument> {
  const list = listed(ids);
  const rows = core.db.all<AlbumRow>(
    `SELECT albums.id, title, year, support, discogs_id, spotify_url, discogs_url, master_id, genres, styles, wanted, rating, note,
       lent_hue, lent_chroma, ai_info, resume, labels, film_title, film_year, film_director,
       (SELECT min(first_played_at) FROM tracks WHERE tracks.album_id = albums.id) AS first_heard
     FROM albums LEFT JOIN metadata ON metadata.album_id = albums.id WHERE albums.id IN (SELECT value FROM json_each(?))`,
    list,
  );
  const credits = creditsOf(core, 'album', list);
  const tracks = albumTracks(core, list);
  const images = imagesOf(core, 'album', list);
  const colours = coloursOf(
    core,
    Array.from(images.values(), ([cover]) => cover!.id),
  );
  const missing = missingCoversOf(core, list);
  const copies = copiesOf(core, list);
  const merged = grouped(
    core.db.rows<[number, number, string, string, string, string | null]>(
      'SELECT album_id, former_id, title, reason, artist_key, discogs_id FROM album_merges WHERE album_id IN (SELECT value FROM json_each(?)) ORDER BY album_id, former_id',
      list,
    ),
    ([, id, title, reason, artistKey, discogsId]) => ({
      id: String(id),
      title,
      reason,
      artistKey,
      ...(discogsId !== null && { discogsId }),
    }),
  );
  return new Map(
    rows.map((row) => {
      const own = copies.get(row.id) ?? [];
      const dates = own.map(({ dateAdded }) => dateAdded).filter((date) => date !== null);
      return [
        String(row.id),
        {
          id: String(row.id),
          title: row.title,
          year: row.year,
          support: row.support,
          artists: credits.get(row.id) ?? [],
          tracks: tracks.get(row.id) ?? [],
          images: images.get(row.id) ?? [],
          ...(missing.has(row.id) && { missingCover: missing.get(row.id) }),
          ...accentOf(row, colours.get(images.get(row.id)?.[0]?.id ?? 0)),
          copies: own,
          ...(row.wanted === 1 && { wanted: true }),
          labels: parsed<AlbumDocument['labels']>(row.labels, []),
          genres: distinctNames(parsed<string[]>(row.genres, [])),
          styles: distinctNames(parsed<string[]>(row.styles, [])),
          discogsId: row.discogs_id,
          masterId: row.master_id,
          discogsUrl: row.discogs_url,
          spotifyUrl: row.spotify_url,
          ...albumTextOf(row),
          rating: row.rating,
          note: row.note,
          // When it was heard says nothing of when a copy came that has no day.
          addedAt: dates.length > 0 ? Math.min(...dates) : own.length > 0 ? null : row.first_heard,
          ...(merged.has(row.id) && { merged: merged.get(row.id) }),
        },
      ];
    }),
  );
}

/** The colour of the cover that is shown; while it is not known, the one that an earlier version or a device gave. */
function accentOf(
  { lent_hue: hue, lent_chroma: chroma }: AlbumRow,
  shown: { hue: number; chroma: number } | undefined,
): Pick<AlbumDocument, 'lent'> {
  if (shown !== undefined) return { lent: shown };
  return hue === null || chroma === null ? {} : { lent: { hue, chroma } };
}

interface Written {
  haiku?: string | null;
  model: string;
  language: string;
  writtenAt: number;
}

function albumTextOf(row: AlbumRow): Pick<AlbumDocument, 'haiku' | 'summary' | 'film' | 'words'> {
  const written = parsed<Written | null>(row.ai_info, null);
  return {
    haiku: written?.haiku ?? null,
    summary: row.resume,
    film: row.film_title === null ? null : { title: row.film_title, year: row.film_year, director: row.film_director },
    ...(written !== null && {
      words: { model: written.model, language: written.language, writtenAt: written.writtenAt },
    }),
  };
}

/** A JSON column, as this library wrote it. */
function parsed<T>(json: string | null, otherwise: T): T {
  if (json === null || json === '[]') return otherwise;
  return JSON.parse(json) as T;
}
