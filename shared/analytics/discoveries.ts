import type { Analysis } from './analysis.ts';
import { compareDocumentIds } from './documentIds.ts';
import { firstHeard } from './heard.ts';
import type { Period } from './period.ts';
import { largest } from './ranking.ts';
import { tallyArtists, tallyGroups, tallyTracks } from './tally.ts';
import { trackColumns } from './trackColumns.ts';
import { nameArtist, nameGroup, type TopAlbum, type TopArtist } from './tops.ts';

/** What was heard for the first time in a period. What was ever heard at an unknown date is known from before. */
export interface Discoveries {
  tracks: number;
  albums: number;
  artists: number;
  /** Listens of the period to artists discovered in it, and to all others: the discovery rate is their share. */
  listensToNew: number;
  listensToKnown: number;
  /** The discovered artists and albums most listened to in the period, with their first listen (seconds since the epoch). */
  newArtists: (TopArtist & { firstHeard: number })[];
  newAlbums: (TopAlbum & { firstHeard: number })[];
}

export function discoveries(analysis: Analysis, period: Period, limit = 10): Discoveries {
  const { library } = analysis;
  const first = firstHeard(analysis);
  const isNew = (seconds: number): boolean => seconds >= period.from && seconds < period.to && seconds !== -Infinity;
  const { total, byTrack, heard } = tallyTracks(analysis, period);
  const { artistsFrom, artists: artistsOf } = trackColumns(library);
  const newArtist = Uint8Array.from(first.artist, (seconds) => (isNew(seconds) ? 1 : 0));
  let [tracks, listensToNew] = [0, 0];
  for (let place = 0; place < heard.length; place++) {
    const track = heard[place]!;
    if (isNew(first.track[track]!)) tracks++;
    let hasNew = 0;
    for (let at = artistsFrom[track]!; at < artistsFrom[track + 1]!; at++) hasNew |= newArtist[artistsOf[at]!]!;
    if (hasNew) listensToNew += byTrack[track]!;
  }
  const ofNew = (listens: Int32Array, its: Float64Array): Int32Array =>
    listens.map((count, index) => (isNew(its[index]!) ? count : 0));
  const artists = ofNew(tallyArtists(analysis, period), first.artist);
  const groups = ofNew(tallyGroups(analysis, period), first.group);
  const artistOrder = (a: number, b: number): number =>
    compareDocumentIds(library.artistIds[a]!, library.artistIds[b]!);
  return {
    tracks,
    albums: groups.reduce((count, listens) => count + (listens > 0 ? 1 : 0), 0),
    artists: artists.reduce((count, listens) => count + (listens > 0 ? 1 : 0), 0),
    listensToNew,
    listensToKnown: total - listensToNew,
    newArtists: largest(artists, limit, artistOrder).map((artist) => ({
      ...nameArtist(analysis, artist),
      listens: artists[artist]!,
      firstHeard: first.artist[artist]!,
    })),
    newAlbums: largest(groups, limit, (a, b) => first.group[a]! - first.group[b]! || a - b).map((group) => ({
      ...nameGroup(analysis, period, group),
      listens: groups[group]!,
      firstHeard: first.group[group]!,
    })),
  };
}
