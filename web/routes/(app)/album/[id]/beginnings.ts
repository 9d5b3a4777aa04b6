import type { AlbumDocument } from '#shared/library/album.ts';
import { type Part, partKey, partsOf } from '#shared/library/parts.ts';

/** What begins at each track of an album, null for most; above the headings that stand before its first track. */
export function beginnings(album: Pick<AlbumDocument, 'tracks' | 'copies' | 'support'>): (Part | null)[] {
  const begins: (Part | null)[] = album.tracks.map(() => null);
  let last = '';
  partsOf(album).forEach((part, index) => {
    if (part === null || partKey(part) === last) return;
    last = partKey(part);
    let at = index;
    while (album.tracks[at - 1]?.kind === 'heading') at -= 1;
    begins[at] = part;
  });
  return begins;
}
