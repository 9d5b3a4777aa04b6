import { countTrack, ranked, type TrackLookup } from './computeRollups.ts';
import type { MonthlyRollup } from './rollup.ts';

/** By which ids goes today what figures name; null for an album or artist that is gone, with all that it became part of. */
export interface IdRedirects {
  track(id: number): number;
  album(id: number): number | null;
  artist(id: number): number | null;
}

/**
 * What figures of plays that are not known one by one come to today: each play is of the track that its track became, of that
 * one's album, artists and length, as a play that is known would be.
 *
 * Where the library has no such track, the album and artist of its plays are not known by themselves. They are what is left of the
 * counts of albums and artists once the other plays are taken from them, under today's ids; never more than there are such plays,
 * and of an album or artist that is gone the play counts without it.
 */
export function redirectRollup(given: MonthlyRollup, ids: IdRedirects, library: TrackLookup): MonthlyRollup {
  const known = { seconds: 0, albums: new Map<number, number>(), artists: new Map<number, number>() };
  const tracks = summed(given.tracks, ids.track);
  let unnamed = given.listens;
  for (const [id, listens] of tracks) {
    const facts = library.track(id);
    if (facts === undefined) continue;
    unnamed -= listens;
    countTrack(known, listens, facts, 0);
  }
  const isWhole = unnamed <= 0;
  const withRest = (counted: MonthlyRollup['albums'], today: IdRedirects['album'], of: Map<number, number>) =>
    ranked(isWhole ? of : added(of, summed(counted, today), unnamed));
  return {
    ...given,
    seconds: isWhole ? known.seconds : Math.max(known.seconds, given.seconds),
    tracks: ranked(tracks),
    albums: withRest(given.albums, ids.album, known.albums),
    artists: withRest(given.artists, ids.artist, known.artists),
  };
}

/**
 * A play's figures under the ids by which given figures count it: today's, or where they have none of these, one that became it.
 * Which of two that became one it was of is not known then; both count for the same today.
 */
export function asGiven(play: MonthlyRollup, given: MonthlyRollup, ids: IdRedirects): MonthlyRollup {
  const renamed = (
    own: MonthlyRollup['tracks'],
    counted: MonthlyRollup['tracks'],
    today: (id: number) => number | null,
  ) =>
    own.map(([id, listens]): [number, number] => [
      counted.some(([one]) => one === id) ? id : (counted.find(([one]) => today(one) === id)?.[0] ?? id),
      listens,
    ]);
  return {
    ...play,
    tracks: renamed(play.tracks, given.tracks, ids.track),
    albums: renamed(play.albums, given.albums, ids.album),
    artists: renamed(play.artists, given.artists, ids.artist),
  };
}

function summed(counted: MonthlyRollup['tracks'], today: (id: number) => number | null): Map<number, number> {
  const counts = new Map<number, number>();
  for (const [id, listens] of counted) {
    const now = today(id);
    if (now !== null) counts.set(now, (counts.get(now) ?? 0) + listens);
  }
  return counts;
}

/** The counts, each with what is left of the whole; `most` at the most. */
function added(
  counts: ReadonlyMap<number, number>,
  whole: ReadonlyMap<number, number>,
  most: number,
): Map<number, number> {
  const all = new Map(counts);
  for (const [id, listens] of whole) {
    const rest = Math.min(listens - (counts.get(id) ?? 0), most);
    if (rest > 0) all.set(id, (counts.get(id) ?? 0) + rest);
  }
  return all;
}
