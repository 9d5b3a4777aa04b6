import { ListenSources } from '../journal/listen.ts';
import type { Analysis } from './analysis.ts';
import type { LibraryIndex } from './libraryIndex.ts';
import type { Period } from './period.ts';
import { rollupsWithin } from './rollupMonths.ts';
import { tallyAlbums, tallyTracks } from './tally.ts';

export const BreakdownKinds = ['decade', 'genre', 'style', 'label', 'support', 'source', 'zone'] as const;
export type BreakdownKind = (typeof BreakdownKinds)[number];

/** The listens that share something. */
export interface Share {
  /** A decade's first year, a name …; null for listens of which it is unknown. */
  key: string | null;
  listens: number;
}

/**
 * Listens by decade of first release, genre, style, label, support, source or zone; most first, equal ones by key. A listen counts
 * for each genre, style and label of its album.
 */
export function breakdown(analysis: Analysis, period: Period, kind: BreakdownKind): Share[] {
  const { total } = tallyTracks(analysis, period);
  const counts: Counts = { byKey: new Map(), unknown: total };
  if (kind === 'source' || kind === 'zone') countListens(analysis, period, kind, counts);
  else countAlbums(analysis, period, kind, counts);
  const shares: Share[] = Array.from(counts.byKey, ([key, listens]) => ({ key, listens }));
  if (counts.unknown > 0) shares.push({ key: null, listens: counts.unknown });
  return shares.sort((a, b) => b.listens - a.listens || compareKeys(a.key, b.key));
}

interface Counts {
  byKey: Map<string, number>;
  unknown: number;
}

function add({ byKey }: Counts, key: string, listens: number): void {
  if (listens > 0) byKey.set(key, (byKey.get(key) ?? 0) + listens);
}

function countListens(analysis: Analysis, period: Period, kind: 'source' | 'zone', counts: Counts): void {
  const { journal } = analysis;
  const [start, end] = journal.indexRange(period.from, period.to);
  const column = journal[kind];
  const tally = new Int32Array(kind === 'source' ? ListenSources.length : journal.zones.size);
  for (let row = start; row < end; row++) tally[column[row]!]!++;
  const count = (key: string | undefined, listens: number): void => {
    if (key === undefined) return;
    add(counts, key, listens);
    counts.unknown -= listens;
  };
  tally.forEach((listens, index) => count(kind === 'source' ? ListenSources[index] : journal.zones.nameOf(index), listens));
  for (const { rollup } of rollupsWithin(analysis, period)) {
    for (const [key, listens] of Object.entries(kind === 'source' ? rollup.sources : rollup.zones)) count(key, listens);
  }
}

type AlbumKind = Exclude<BreakdownKind, 'source' | 'zone'>;

function countAlbums(analysis: Analysis, period: Period, kind: AlbumKind, counts: Counts): void {
  const listens = tallyAlbums(analysis, period);
  for (let album = 0; album < listens.length; album++) {
    if (listens[album] === 0) continue;
    const keys = albumKeys(analysis.library, album, kind);
    for (const key of keys) add(counts, key, listens[album]!);
    if (keys.length > 0) counts.unknown -= listens[album]!;
  }
}

function albumKeys(library: LibraryIndex, album: number, kind: AlbumKind): string[] {
  switch (kind) {
    case 'decade': {
      const year = library.originalYear(library.albumGroup[album]!);
      return year > 0 ? [String(Math.floor(year / 10) * 10)] : [];
    }
    case 'support': {
      const support = library.supports.names[library.albumSupport[album]!];
      return support === undefined ? [] : [support];
    }
    case 'genre':
      return library.albumGenres[album]!.map((genre) => library.genres.names[genre]!);
    case 'style':
      return library.albumStyles[album]!.map((style) => library.styles.names[style]!);
    case 'label':
      return library.albumLabels[album]!.map((label) => library.labels.names[label]!);
  }
}

/** By the letters' codes, so that every device orders them alike; the unknown last. */
function compareKeys(a: string | null, b: string | null): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  return a < b ? -1 : a > b ? 1 : 0;
}
