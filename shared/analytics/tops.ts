import type { Analysis } from './analysis.ts';
import { compareDocumentIds } from './documentIds.ts';
import type { Period } from './period.ts';
import { largest } from './ranking.ts';
import { tallyAlbums, tallyArtists, tallyGroups, tallyTracks } from './tally.ts';

export interface TopArtist {
  artistId: string;
  name: string;
  listens: number;
}

export interface TopAlbum {
  /** The pressing listened to most, which stands for all. */
  albumId: string;
  title: string;
  artists: { artistId: string; name: string }[];
  /** Of all pressings that share the master. */
  listens: number;
  /** The other pressings of the group. */
  otherPressings: string[];
}

export interface TopTrack {
  trackId: number;
  title: string;
  /** Null for a track heard without any album. */
  albumId: string | null;
  artists: { artistId: string; name: string }[];
  listens: number;
}

/** The artists most listened to, most first; equal ones by id. */
export function topArtists(analysis: Analysis, period: Period, limit: number): TopArtist[] {
  const { library } = analysis;
  const listens = tallyArtists(analysis, period);
  const byId = (a: number, b: number): number => compareDocumentIds(library.artistIds[a]!, library.artistIds[b]!);
  return largest(listens, limit, byId).map((artist) => ({
    ...nameArtist(analysis, artist),
    listens: listens[artist]!,
  }));
}

/** The albums most listened to, pressings of one master together; equal ones by id. */
export function topAlbums(analysis: Analysis, period: Period, limit: number): TopAlbum[] {
  const listens = tallyGroups(analysis, period);
  const face = (group: number): string => analysis.library.albumIds[mostHeardPressing(analysis, period, group)]!;
  const byId = (a: number, b: number): number => compareDocumentIds(face(a), face(b));
  return largest(listens, limit, byId).map((group) => ({
    ...nameGroup(analysis, period, group),
    listens: listens[group]!,
  }));
}

/** The tracks most listened to; equal ones by id. */
export function topTracks(analysis: Analysis, period: Period, limit: number): TopTrack[] {
  const { library } = analysis;
  const { byTrack } = tallyTracks(analysis, period);
  return largest(byTrack, limit, (a, b) => library.trackIds[a]! - library.trackIds[b]!).map((track) => ({
    trackId: library.trackIds[track]!,
    title: library.trackTitles[track]!,
    albumId: library.albumIds[library.trackAlbum[track]!] ?? null,
    artists: library.trackArtists[track]!.map((artist) => nameArtist(analysis, artist)),
    listens: byTrack[track]!,
  }));
}

export function nameArtist({ library }: Analysis, artist: number): { artistId: string; name: string } {
  return { artistId: library.artistIds[artist]!, name: library.artistNames[artist]! };
}

/** A group of pressings by the one listened to most in the period. */
export function nameGroup(analysis: Analysis, period: Period, group: number): Omit<TopAlbum, 'listens'> {
  const { library } = analysis;
  const album = mostHeardPressing(analysis, period, group);
  return {
    albumId: library.albumIds[album]!,
    title: library.albumTitles[album]!,
    artists: library.albumArtists[album]!.map((artist) => nameArtist(analysis, artist)),
    otherPressings: library.groupAlbums[group]!.filter((other) => other !== album)
      .map((other) => library.albumIds[other]!)
      .sort(compareDocumentIds),
  };
}

function mostHeardPressing(analysis: Analysis, period: Period, group: number): number {
  const { library } = analysis;
  const pressings = library.groupAlbums[group]!;
  if (pressings.length === 1) return pressings[0]!;
  const listens = tallyAlbums(analysis, period);
  return [...pressings].sort(
    (a, b) => listens[b]! - listens[a]! || compareDocumentIds(library.albumIds[a]!, library.albumIds[b]!),
  )[0]!;
}
