import type { LibraryIndex } from '#shared/analytics/libraryIndex.ts';
import { ListenSources } from '#shared/journal/listen.ts';
import type { JournalColumns } from '#shared/journal/columns.ts';
import { HAS_NOTE } from '#shared/journal/rows.ts';
import type { JournalFilter } from './types.ts';

/** Says of each row whether it passes. */
export function listenFilter(filter: JournalFilter, rows: JournalColumns, index: LibraryIndex): (row: number) => boolean {
  const tests: ((row: number) => boolean)[] = [];
  const { from = -Infinity, to = Infinity, sources, albumId, artistId, trackId, lovedOnly, notedOnly, zone } = filter;
  if (from > -Infinity || to < Infinity) tests.push((row) => rows.time[row]! >= from && rows.time[row]! < to);
  if (sources) {
    const wanted = new Set(sources.map((source) => ListenSources.indexOf(source)));
    tests.push((row) => wanted.has(rows.source[row]!));
  }
  if (trackId !== undefined) tests.push((row) => rows.track[row] === trackId);
  if (zone !== undefined) tests.push((row) => rows.zones.nameOf(rows.zone[row]!) === zone);
  if (notedOnly) tests.push((row) => (rows.flags[row]! & HAS_NOTE) !== 0);
  if (albumId !== undefined) {
    const holders = new Set(pressingsOf(albumId, index).map(Number));
    tests.push((row) => holders.has(rows.holder[row]!));
  }
  if (lovedOnly) tests.push((row) => index.trackLoved[index.trackIndex(rows.track[row]!)] === 1);
  if (artistId !== undefined) {
    const artist = index.artistIndex(artistId);
    tests.push((row) => index.trackArtists[index.trackIndex(rows.track[row]!)]?.includes(artist) ?? false);
  }
  return (row) => tests.every((test) => test(row));
}

/** Ids of the albums that share this one's master, itself among them. */
export function pressingsOf(albumId: string, index: LibraryIndex): string[] {
  const album = index.albumIndex(albumId);
  const group = index.groupAlbums[index.albumGroup[album] ?? -1] ?? [];
  return group.includes(album) ? group.map((each) => index.albumIds[each]!) : [albumId];
}
