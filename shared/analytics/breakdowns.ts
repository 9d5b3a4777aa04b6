import { ListenSources } from '../journal/listen.ts';
import type { Analysis } from './analysis.ts';
import type { LibraryIndex } from './libraryIndex.ts';
import type { NameTable } from './nameTable.ts';
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
  const column = journal[kind];
  const tally = new Int32Array(kind === 'source' ? ListenSources.length : journal.zones.size);
  for (const [start, end] of journal.periodRanges(period.from, period.to))
    for (let row = start; row < end; row++) tally[column[row]!]!++;
  const count = (key: string | undefined, listens: number): void => {
    if (key === undefined) return;
    add(counts, key, listens);
    counts.unknown -= listens;
  };
  tally.forEach((listens, index) =>
    count(kind === 'source' ? ListenSources[index] : journal.zones.nameOf(index), listens),
  );
  for (const { rollup } of rollupsWithin(analysis, period)) {
    for (const [key, listens] of Object.entries(kind === 'source' ? rollup.sources : rollup.zones)) count(key, listens);
  }
}

type AlbumKind = Exclude<BreakdownKind, 'source' | 'zone'>;

function countAlbums(analysis: Analysis, period: Period, kind: AlbumKind, counts: Counts): void {
  const listens = tallyAlbums(analysis, period);
  const keysOf = albumKeys(analysis.library, kind);
  const byKey: number[] = [];
  for (let album = 0; album < listens.length; album++) {
    if (listens[album] === 0) continue;
    const keys = keysOf.of(album);
    for (const key of keys) byKey[key] = (byKey[key] ?? 0) + listens[album]!;
    if (keys.length > 0) counts.unknown -= listens[album]!;
  }
  byKey.forEach((count, key) => add(counts, keysOf.name(key), count));
}

/** The numbers of an album's keys, and their names. */
interface AlbumKeys {
  of(album: number): readonly number[];
  name(key: number): string;
}

const NONE: readonly number[] = [];

function albumKeys(library: LibraryIndex, kind: AlbumKind): AlbumKeys {
  const named = (table: NameTable, of: AlbumKeys['of']): AlbumKeys => ({ of, name: (key) => table.names[key]! });
  switch (kind) {
    case 'decade':
      return {
        of(album) {
          const year = library.originalYear(library.albumGroup[album]!);
          return year > 0 ? [Math.floor(year / 10)] : NONE;
        },
        name: (key) => String(key * 10),
      };
    case 'support':
      return named(library.supports, (album) =>
        library.albumSupport[album]! < 0 ? NONE : [library.albumSupport[album]!],
      );
    case 'genre':
      return named(library.genres, (album) => library.albumGenres[album]!);
    case 'style':
      return named(library.styles, (album) => library.albumStyles[album]!);
    case 'label':
      return named(library.labels, (album) => library.albumLabels[album]!);
  }
}

/** By the letters' codes, so that every device orders them alike; the unknown last. */
function compareKeys(a: string | null, b: string | null): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  return a < b ? -1 : a > b ? 1 : 0;
}
