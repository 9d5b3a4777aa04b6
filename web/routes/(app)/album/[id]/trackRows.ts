import { playedTracks, type Track } from '#shared/library/track.ts';

/** A line of a tracklist. */
export interface TrackRow {
  track: Track;
  /** As printed; counted only on a record that prints none; empty for a line that has none. */
  number: string;
  plays: number;
  /** Whether it is listened to on its own: an index is only where its pieces are not, or where it was heard or loved as one. */
  isPlayed: boolean;
}

/** The lines of a tracklist. @param playsOf how often a track was heard. */
export function trackRows(tracks: readonly Track[], playsOf: (trackId: number) => number): TrackRow[] {
  const played = playedTracks(tracks);
  const isNumbered = tracks.some(({ position }) => position);
  return tracks.map((track) => {
    const plays = playsOf(track.id);
    const place = played.indexOf(track);
    const number = track.position ?? (isNumbered || place < 0 ? '' : String(place + 1));
    return { track, number, plays, isPlayed: place >= 0 || plays > 0 || track.loved === true };
  });
}
