import * as v from 'valibot';
import { DeviceUuid, Whole } from '../library/identifiers.ts';
import { Moment } from '../library/moments.ts';
import { USUAL_SECONDS } from '../library/track.ts';
import { enoughOf, USUAL_RECORD_SECONDS } from './scrobbleRule.ts';

/** As many tracks as one session holds: some thirteen hours. */
export const MOST_PLAYED = 200;
/** Seconds a person is taken to need for turning a record over, or putting on the next. */
export const TURN_SECONDS = 30;
/** A day is more than any track, in seconds. */
const LONGEST_SECONDS = 86_400;

/** A track's place in the session, from 0. */
const Place = v.pipe(Whole, v.minValue(0), v.maxValue(MOST_PLAYED - 1));
/** What begins with a track, where somebody has to get up for it: a part of the record, or the next record. */
export const Begins = v.union([
  v.literal('record'),
  v.object({
    medium: v.exactOptional(v.pipe(v.string(), v.maxLength(60))),
    disc: v.exactOptional(v.pipe(Whole, v.minValue(1), v.maxValue(1_000))),
    side: v.exactOptional(v.pipe(v.string(), v.maxLength(10))),
  }),
]);
export type Begins = v.InferOutput<typeof Begins>;

/**
 * What a person did at the turntable, and when. `skip` ends the track at `place`, `turn` says that the side which begins at `place` began
 * only then, `lift` ends the session. Each has a name of its own, so that it can be taken back: `undone`.
 */
export const NeedleMove = v.object({
  id: DeviceUuid,
  act: v.picklist(['lift', 'skip', 'turn']),
  at: Moment,
  place: Place,
  undone: v.optional(v.literal(true)),
});
export type NeedleMove = v.InferOutput<typeof NeedleMove>;

/** Tracks in a row at the turntable. Which of them plays, and which were heard, follows from it and from the time. */
export const TurntableSession = v.object({
  /** The group under which its listens can be taken back. */
  id: DeviceUuid,
  /** When the first track began, seconds since the epoch. */
  playedAt: Moment,
  tracks: v.pipe(
    v.array(
      v.object({
        trackId: Whole,
        /** How long it plays; with `about` where nobody knows. */
        seconds: v.pipe(v.number(), v.finite(), v.minValue(1), v.maxValue(LONGEST_SECONDS)),
        about: v.optional(v.literal(true)),
        begins: v.optional(Begins),
        /** It stands for a whole record, until its tracks are known. */
        whole: v.optional(v.literal(true)),
      }),
    ),
    v.minLength(1),
    v.maxLength(MOST_PLAYED),
  ),
  moves: v.array(NeedleMove),
  /** Places whose listens are in the journal. */
  logged: v.optional(v.array(Place)),
});
export type TurntableSession = v.InferOutput<typeof TurntableSession>;
type Plan = Pick<TurntableSession, 'playedAt' | 'tracks' | 'moves'>;

/** One track as it was, is or will be played: from `from` up to `to`, seconds since the epoch. */
export interface Played {
  place: number;
  from: number;
  to: number;
}

interface ToPlay {
  trackId: number;
  durationSeconds?: number | undefined;
  begins?: Begins | undefined;
  whole?: true | undefined;
}

/** A track, or a whole record, whose length is known, or the usual one. */
export function trackToPlay({ trackId, durationSeconds, begins, whole }: ToPlay): TurntableSession['tracks'][number] {
  const isKnown = durationSeconds !== undefined && durationSeconds > 0;
  const usual = whole ? USUAL_RECORD_SECONDS : USUAL_SECONDS;
  return {
    trackId,
    seconds: isKnown ? Math.max(1, Math.round(durationSeconds)) : usual,
    ...(!isKnown && { about: true }),
    ...(begins !== undefined && { begins }),
    ...(whole && { whole }),
  };
}

/**
 * What a session comes to as far as is known: its tracks one after the other, with the moves of all devices in the order of their
 * times, whichever arrived first. A move that cannot have been, such as a skip of a track that did not play then, changes nothing.
 */
export function playedOf({ playedAt, tracks, moves }: Plan): Played[] {
  const standing = standingMoves(moves);
  const lifts = standing.filter(({ act }) => act === 'lift').map(({ at }) => at);
  const lifted = Math.min(...lifts, Infinity);
  const played: Played[] = [];
  let end = playedAt;
  for (const [place, { seconds, begins }] of tracks.entries()) {
    const ofPlace = standing.filter((move) => move.place === place);
    const turned = place > 0 && begins !== undefined ? ofPlace.filter(({ act, at }) => act === 'turn' && at >= end && at < lifted).at(-1)?.at : undefined;
    const from = turned ?? (place > 0 && begins !== undefined ? end + TURN_SECONDS : end);
    if (from >= lifted) break;
    const whole = from + seconds;
    const skipped = ofPlace.find(({ act, at }) => act === 'skip' && at >= from && at < whole)?.at ?? Infinity;
    const to = Math.min(whole, skipped, lifted);
    played.push({ place, from, to });
    end = to;
  }
  return played;
}

/** Without those that were taken back, in the order of their times. */
function standingMoves(moves: readonly NeedleMove[]): NeedleMove[] {
  const undone = new Set(moves.filter((move) => move.undone).map(({ id }) => id));
  return moves.filter(({ id }) => !undone.has(id)).sort((one, other) => one.at - other.at || (one.id < other.id ? -1 : 1));
}

/** The moves of both, each once; that one was taken back is never forgotten. */
export function withMoves(moves: readonly NeedleMove[], more: readonly NeedleMove[]): NeedleMove[] {
  const all = new Map(moves.map((move) => [move.id, move]));
  for (const move of more) if (!all.has(move.id) || move.undone) all.set(move.id, move);
  return [...all.values()];
}

/** A listen of a session: that of the track at `place`, which began at `playedAt`. */
export interface HeardTrack {
  place: number;
  trackId: number;
  playedAt: number;
}

/** When the track will have been heard; undefined where its end comes before. */
function dueAt({ tracks }: Plan, { place, from, to }: Played): number | undefined {
  const due = from + Math.ceil(enoughOf(tracks[place]!.seconds));
  return due <= to ? due : undefined;
}

/** The listens whose time has come: of tracks that were heard by then, by the rule of scrobbling. @param now seconds since the epoch. */
export function heardBy(session: Plan, now: number): HeardTrack[] {
  return playedOf(session).flatMap((played) => {
    const due = dueAt(session, played);
    return due !== undefined && due <= now ? { place: played.place, trackId: session.tracks[played.place]!.trackId, playedAt: played.from } : [];
  });
}

/** When the session ends if nobody does anything any more, seconds since the epoch. */
export const endOf = (session: Plan): number => playedOf(session).at(-1)?.to ?? session.playedAt;

/** When something of it becomes another after now: a track begins or ends, or will have been heard. Null once it is over. */
export function nextChange(session: Plan, now: number): number | null {
  const times = playedOf(session).flatMap((played) => [played.from, dueAt(session, played) ?? played.to, played.to]);
  const later = times.filter((time) => time > now);
  return later.length === 0 ? null : Math.min(...later);
}

/** What plays at a time: the track at `place` since `from`, or, while the record is being turned, the one that begins then. */
export interface Sounding extends Played {
  state: 'playing' | 'turning';
}

/** Null before it begins and once it is over. @param now seconds since the epoch. */
export function soundingAt(session: Plan, now: number): Sounding | null {
  if (now < session.playedAt) return null;
  const current = playedOf(session).find(({ to }) => to > now);
  return current ? { ...current, state: current.from <= now ? 'playing' : 'turning' } : null;
}
