import type { Analysis } from './analysis.ts';
import { compareDocumentIds } from './documentIds.ts';
import { ALL_TIME, type Period } from './period.ts';
import { tallyAlbums, tallyGroups, tallyTracks } from './tally.ts';

/** Listens to what stands on the shelf, by its support, and to what does not. */
export interface Ownership {
  /** Most first; `null` where the support is not written down. */
  owned: { support: string | null; listens: number }[];
  streamed: number;
}

/**
 * A listen belongs to a record on the shelf when its album does, or another pressing of it: then to the support of that pressing
 * (of several owned ones the one with the lowest id).
 */
export function ownership(analysis: Analysis, period: Period): Ownership {
  const { library } = analysis;
  const listens = tallyAlbums(analysis, period);
  const bySupport = new Map<string | null, number>();
  let streamed = tallyTracks(analysis, period).total;
  for (let album = 0; album < listens.length; album++) {
    const copy = listens[album]! > 0 ? ownedPressing(analysis, album) : undefined;
    if (copy === undefined) continue;
    const support = library.supports.names[library.albumSupport[copy]!] ?? null;
    bySupport.set(support, (bySupport.get(support) ?? 0) + listens[album]!);
    streamed -= listens[album]!;
  }
  const owned = Array.from(bySupport, ([support, count]) => ({ support, listens: count }));
  return {
    owned: owned.sort((a, b) => b.listens - a.listens || ((a.support ?? '') < (b.support ?? '') ? -1 : 1)),
    streamed,
  };
}

function ownedPressing({ library }: Analysis, album: number): number | undefined {
  if (library.albumOwned[album]) return album;
  const pressings = library.groupAlbums[library.albumGroup[album]!]!;
  if (pressings.length < 2) return undefined;
  return pressings
    .filter((pressing) => library.albumOwned[pressing])
    .sort((a, b) => compareDocumentIds(library.albumIds[a]!, library.albumIds[b]!))[0];
}

/** Ids of the owned albums that nobody ever heard in any pressing, by id. */
export function neverPlayed(analysis: Analysis): string[] {
  const { library } = analysis;
  const listens = tallyGroups(analysis, ALL_TIME);
  return library.albumIds
    .filter((_, album) => library.albumOwned[album] && listens[library.albumGroup[album]!] === 0)
    .sort(compareDocumentIds);
}
