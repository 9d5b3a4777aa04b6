import type { AlbumDocument } from './album.ts';
import { albumCarriers, type Held } from './carriers.ts';
import { type List, type Part, partKey, readList } from './partRules.ts';
import type { Track } from './track.ts';

export { Part, partKey } from './partRules.ts';

/**
 * The part of the record that each track stands on; null for a heading, and everywhere on a record without parts.
 *
 * A position means nothing by itself: "3.1" is on the third disc or a piece of track 3, "V" is a side or the fifth track. So the
 * whole list is asked, with what the release holds. It is decided whenever it is shown, from what was printed: nothing is stored.
 * Source: Discogs' guidelines for positions (12.2), and the lists that are older than them.
 */
export const partsOf = (album: Pick<AlbumDocument, 'tracks' | 'copies' | 'support'>): (Part | null)[] =>
  partsOfList(album.tracks, albumCarriers(album));

/** The same for a list and what holds it. */
export function partsOfList(tracks: readonly Pick<Track, 'position' | 'kind'>[], held: Held): (Part | null)[] {
  const list = readList(tracks, held);
  const parts = partByLine(list);
  return new Set(parts.flatMap((part) => (part === null ? [] : [partKey(part)]))).size < 2
    ? parts.map(() => null)
    : parts;
}

/**
 * A line whose position says nothing stands with the one before it, an index with its pieces. What follows the last position by
 * itself is on no part: so a track stands that is known from listening alone.
 */
function partByLine({ lines, parsed }: List): (Part | null)[] {
  const last = parsed.findLastIndex((part) => part !== null);
  let before: Part | null = null;
  let loose = false;
  return lines.map(({ kind }, index) => {
    if (kind === 'heading') return null;
    const own = parsed[index] ?? (kind === 'index' ? piecesOf(lines, parsed, index) : null);
    if (own !== null) return (before = own);
    loose ||= index > last && before !== null && kind !== 'sub-track';
    return loose ? {} : before;
  });
}

function piecesOf(lines: List['lines'], parsed: List['parsed'], index: number): Part | null {
  for (let at = index + 1; lines[at]?.kind === 'sub-track'; at += 1) if (parsed[at]) return parsed[at]!;
  return null;
}
