/**
 * A turntable session as it is persisted and sent: tracks in a row, and what was done to the needle. What plays when follows from
 * it (`needle.ts`), and what was heard by a time (`sounding.ts`).
 */

import * as v from 'valibot';
import { DeviceUuid, Whole } from '../primitives/identifiers.ts';
import { Moment } from '../primitives/moments.ts';
import { USUAL_RECORD_SECONDS, USUAL_SECONDS } from './scrobbleRule.ts';

/** As many tracks as one session holds: some thirteen hours. */
export const MOST_PLAYED = 200;
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
 * What a person did at the turntable, and when. `pause` holds the needle and the clock until `resume`, `skip` ends the track at `place`,
 * `again` begins the track at `place` again, whichever plays, `turn` says that the side which begins at `place` began only then, `lift`
 * ends the session. Each has a name of its own, so that it can be taken back: `undone`.
 */
export const NeedleMove = v.object({
  id: DeviceUuid,
  act: v.picklist(['lift', 'skip', 'turn', 'pause', 'resume', 'again']),
  at: Moment,
  place: Place,
  /** Of moves within one second the order, as far as the device that made it knew of others. */
  nth: v.optional(v.pipe(Whole, v.minValue(0))),
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
  /** The numbers of those of its listens that are in the journal. */
  logged: v.optional(v.array(v.pipe(Whole, v.minValue(0)))),
});
export type TurntableSession = v.InferOutput<typeof TurntableSession>;
/** What decides which track plays when. */
export type SessionPlan = Pick<TurntableSession, 'playedAt' | 'tracks' | 'moves'>;

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

/** The moves of both, each once; that one was taken back is never forgotten. */
export function withMoves(moves: readonly NeedleMove[], more: readonly NeedleMove[]): NeedleMove[] {
  const all = new Map(moves.map((move) => [move.id, move]));
  for (const move of more) if (!all.has(move.id) || move.undone) all.set(move.id, move);
  return [...all.values()];
}
