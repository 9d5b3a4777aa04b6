import type { RoonNowPlaying } from '#server/upstreams/roon/index.ts';
import { trimmed } from '#shared/text/blank.ts';

/** What a zone plays, as far as it can become a listen. */
export interface Item {
  title: string;
  /** As Roon shows it: performers and composers joined with " / ". */
  artists: string;
  album: string;
  /** Null for a radio's item. */
  durationSeconds: number | null;
  imageKey: string | null;
}

/**
 * The item behind Roon's lines; null for what never becomes a listen: nothing, an item without a title, and what has
 * no length (a radio or another endless stream) unless `radio` asks for it and its lines name an artist and a title.
 */
export function itemOf(nowPlaying: RoonNowPlaying | null, options: { radio: boolean }): Item | null {
  if (!nowPlaying) return null;
  const { title, artists, album, lengthSeconds, imageKey } = nowPlaying;
  if (lengthSeconds !== null) {
    return title === '' ? null : { title, artists, album, durationSeconds: lengthSeconds, imageKey };
  }
  const onAir = options.radio ? radioItem([artists, title, album]) : null;
  return onAir && { ...onAir, album: '', durationSeconds: null, imageKey };
}

/**
 * Stations put "Artist - Title" on any line, most often under their own name.
 * @param lines in the order of their precedence
 */
function radioItem(lines: string[]): { artists: string; title: string } | null {
  for (const line of lines) {
    const [artists = '', ...rest] = line.split(/\s[-–—]\s/);
    const onAir = { artists: trimmed(artists), title: trimmed(rest.join(' - ')) };
    if (onAir.artists && onAir.title) return onAir;
  }
  return null;
}

/** Roon gives tracks no ids: the lines and the length are all there is. A length not known yet contradicts nothing. */
export function isSameItem(a: Item, b: Item): boolean {
  const lengths = a.durationSeconds === null || b.durationSeconds === null || a.durationSeconds === b.durationSeconds;
  return a.title === b.title && a.artists === b.artists && a.album === b.album && lengths;
}

/** A short, stable fingerprint of a title (FNV-1a), to distinguish two plays of one zone and moment. */
export function titleHash(title: string): string {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(title)) hash = Math.imul(hash ^ byte, 0x01000193);
  return (hash >>> 0).toString(36);
}
