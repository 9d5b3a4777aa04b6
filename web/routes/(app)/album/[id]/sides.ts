import type { Track } from '#shared/library/track.ts';

/** Where a part of a record begins: the side of a disc or cassette, or the disc of a set. */
export type Part = { side: string } | { disc: number };

/** "A1", "B" and "AA2" are on a side, "2-4" and "CD2-4" on a disc; "7" tells nothing. */
export function partOf(position: string | undefined): Part | null {
  if (position === undefined) return null;
  const side = /^(([A-Z])\2?)(?:\d|[a-z]?$|\.)/.exec(position)?.[1];
  if (side !== undefined) return { side };
  const disc = /^(?:[A-Za-z]{2,4}-?)?(\d{1,3})[-.]\d/.exec(position)?.[1];
  return disc === undefined ? null : { disc: Number(disc) };
}

/** What begins at each track, null for most. A record whose positions tell of one part alone has none to name. */
export function beginnings(tracks: readonly Pick<Track, 'position'>[]): (Part | null)[] {
  const parts = tracks.map(({ position }) => partOf(position));
  const named = parts.map((part) => (part === null ? null : JSON.stringify(part)));
  if (new Set(named.filter((name) => name !== null)).size < 2) return parts.map(() => null);
  let last: string | null = null;
  return parts.map((part, index) => {
    const name = named[index] ?? null;
    if (name === null || name === last) return null;
    last = name;
    return part;
  });
}
