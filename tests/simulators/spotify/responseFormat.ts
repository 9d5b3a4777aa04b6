import { createHash } from 'node:crypto';
import { numberOf } from '../catalogue/inventedRecords.ts';
import type { CatalogueRecord } from '../catalogue/record.ts';
import type { PictureShelf } from '../kit/pictures.ts';

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const WIDTHS = [640, 300, 64];

/** A 22-character id, the same for the same name. */
const idOf = (name: string): string =>
  [...createHash('sha256').update(name).digest().subarray(0, 22)]
    .map((byte) => ALPHABET[byte % ALPHABET.length])
    .join('');

const link = (kind: string, id: string) => ({ spotify: `https://open.spotify.com/${kind}/${id}` });

/** Most have three sizes; some have none, and some do not say how large theirs are. */
function images(key: string, name: string, pictures: PictureShelf, cover?: string): unknown[] {
  const number = numberOf(key);
  if (number % 17 === 0) return [];
  return WIDTHS.map((width) => ({
    url: pictures.cover(key, name, width, cover),
    ...(number % 11 === 0 ? { width: null, height: null } : { width, height: width }),
  }));
}

function released(year: number, number: number): { release_date: string; release_date_precision: string } {
  if (number % 29 === 0) return { release_date: '0000', release_date_precision: 'year' };
  if (number % 3 === 0) return { release_date: String(year), release_date_precision: 'year' };
  if (number % 3 === 1)
    return { release_date: `${year}-09`, release_date_precision: number % 2 === 0 ? 'month' : 'year' };
  return { release_date: `${year}-09-21`, release_date_precision: 'day' };
}

/** As development mode sends it: without markets, label and popularity. */
export function formatAlbum(record: CatalogueRecord, pictures: PictureShelf): Record<string, unknown> {
  const key = `${record.artist}\n${record.title}`;
  const number = numberOf(key);
  const id = idOf(`album ${key}`);
  const isReissue = number % 6 === 0;
  return {
    album_type: 'album',
    total_tracks: record.tracks.length,
    external_urls: link('album', id),
    href: `https://api.spotify.com/v1/albums/${id}`,
    id,
    images: images(`album-${id}`, key, pictures, record.cover),
    name: isReissue ? `${record.title} (Remastered)` : record.title,
    ...released(isReissue ? Math.min(record.year + 15, 2025) : record.year, number),
    type: 'album',
    uri: `spotify:album:${id}`,
    artists: [
      {
        external_urls: link('artist', idOf(record.artist)),
        id: idOf(record.artist),
        name: record.artist,
        type: 'artist',
      },
    ],
  };
}

export function formatArtist(name: string, pictures: PictureShelf): Record<string, unknown> {
  const id = idOf(name);
  return {
    external_urls: link('artist', id),
    genres: [],
    href: `https://api.spotify.com/v1/artists/${id}`,
    id,
    images: images(`artist-${id}`, name, pictures),
    name,
    type: 'artist',
    uri: `spotify:artist:${id}`,
  };
}
