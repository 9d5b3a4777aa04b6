/** What a session comes to at a moment: what plays, what was heard by then, and when that changes. */

import { isWithin, lengthOf, type Played, playedOf } from './needle.ts';
import { enoughOf } from './scrobbleRule.ts';
import { MOST_PLAYED, type SessionPlan } from './turntable.ts';

/** So far into a track "previous" goes to the one before it, and later to its own beginning. Seconds. */
export const FIRST_SECONDS = 5;

/** A listen of a session: that of the track at `place`, which began at `playedAt`. */
export interface HeardTrack {
  /** Its name within the session: the place, and `MOST_PLAYED` more for each time that the track was heard before. */
  number: number;
  place: number;
  trackId: number;
  playedAt: number;
}

/**
 * When the track will have been heard, what is paused not counted; undefined where its end comes before. A whole record is one listen as
 * long as it is: once enough of it was heard, that is there when it ends.
 */
function dueAt({ tracks }: SessionPlan, { place, from, to, pauses }: Played): number | undefined {
  let due = from + Math.ceil(enoughOf(tracks[place]!.seconds));
  for (const pause of pauses) if (pause.from < due) due += pause.to - pause.from;
  if (due > to) return undefined;
  return tracks[place]!.whole ? to : due;
}

/** The listens whose time has come: of tracks that were heard by then, by the rule of scrobbling. @param now seconds since the epoch. */
export function heardBy(session: SessionPlan, now: number): HeardTrack[] {
  const times = new Map<number, number>();
  return playedOf(session).flatMap((played) => {
    const { place, from } = played;
    const due = dueAt(session, played);
    if (due === undefined || due > now) return [];
    const before = times.get(place) ?? 0;
    times.set(place, before + 1);
    return { number: place + MOST_PLAYED * before, place, trackId: session.tracks[place]!.trackId, playedAt: from };
  });
}

/** When something of it becomes another after now: a track begins or ends, or will have been heard. Null once it is over. */
export function nextChange(session: SessionPlan, now: number): number | null {
  const times = playedOf(session).flatMap((played) => [
    played.from,
    dueAt(session, played) ?? played.to,
    played.to,
    ...played.pauses.flatMap(({ from, to }) => [from, to]),
  ]);
  const later = times.filter((time) => time > now);
  return later.length === 0 ? null : Math.min(...later);
}

/** What plays at a time: the track at `place`, or, while the record is being turned, the one that begins then. */
export interface Sounding extends Played {
  state: 'playing' | 'paused' | 'turning';
}

/** Null before it begins and once it is over. @param now seconds since the epoch. */
export function soundingAt(session: SessionPlan, now: number): Sounding | null {
  if (now < session.playedAt) return null;
  const current = playedOf(session).find(({ to }) => to > now);
  if (!current) return null;
  if (current.from > now) return { ...current, state: 'turning' };
  return { ...current, state: current.pauses.some((pause) => isWithin(pause, now)) ? 'paused' : 'playing' };
}

/** How far into the track the needle is, in seconds. @param now seconds since the epoch, any fraction of one. */
export function positionAt({ from, to, pauses }: Played, now: number): number {
  const until = Math.min(now, to);
  return Math.max(
    0,
    until -
      from -
      lengthOf(pauses.map((pause) => ({ from: Math.min(pause.from, until), to: Math.min(pause.to, until) }))),
  );
}

/** Where "previous" goes to: the place of the track that begins again. @param now seconds since the epoch. */
export function previousOf(sounding: Sounding, now: number): number {
  const isBefore = sounding.state === 'turning' || positionAt(sounding, now) < FIRST_SECONDS;
  return Math.max(0, sounding.place - Number(isBefore));
}
