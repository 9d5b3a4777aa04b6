import * as v from 'valibot';
import { DeviceUuid, Whole } from '../library/identifiers.ts';
import { Moment } from '../library/moments.ts';
import { USUAL_SECONDS } from '../library/track.ts';
import { enoughOf, USUAL_RECORD_SECONDS } from './scrobbleRule.ts';

/** As many tracks as one session holds: some thirteen hours. */
export const MOST_PLAYED = 200;
/** Seconds a person is taken to need for turning a record over, or putting on the next. */
export const TURN_SECONDS = 30;
/** A pause that lasts longer is the end: whoever comes back after it puts a record on anew. Seconds. */
export const LONGEST_PAUSE_SECONDS = 6 * 3_600;
/** So far into a track "previous" goes to the one before it, and later to its own beginning. Seconds. */
export const FIRST_SECONDS = 5;
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
type Plan = Pick<TurntableSession, 'playedAt' | 'tracks' | 'moves'>;

/** A time between two moments, in seconds since the epoch. */
interface Span {
  from: number;
  to: number;
}

/** One track as it was, is or will be played: from `from` up to `to`, without the pauses within. */
export interface Played extends Span {
  place: number;
  pauses: readonly Span[];
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
  const needle = new Needle(tracks, playedAt);
  for (const move of effectiveMoves(moves)) {
    needle.goOn(move.at);
    if (move.act === 'lift') return needle.lift(move.at);
    needle[move.act](move);
  }
  return needle.goOn(Infinity);
}

type Move = Pick<NeedleMove, 'at' | 'place'>;

/** The needle on its way through a session's tracks; of the last that it played, the end is the one that comes if nothing is done. */
class Needle {
  readonly #tracks: TurntableSession['tracks'];
  readonly #begun: number;
  readonly #played: Played[] = [];

  constructor(tracks: TurntableSession['tracks'], begun: number) {
    this.#tracks = tracks;
    this.#begun = begun;
    this.#begin(0, begun);
  }

  /** Plays on up to a time. */
  goOn(until: number): Played[] {
    let last = this.#last;
    while (last.to <= until && !isHeld(last) && this.#next(last.place + 1, last.to)) last = this.#last;
    return this.#played;
  }

  lift(at: number): Played[] {
    this.#cut(at);
    if (this.#last.from >= at) this.#played.pop();
    return this.#played;
  }

  skip({ at, place }: Move): void {
    if (this.#last.place !== place || !isWithin(this.#last, at)) return;
    this.#cut(at);
    this.#next(place + 1, at);
  }

  /** What was taken to have been played of the side was not. */
  turn({ at, place }: Move): void {
    const first = this.#played.findLastIndex((one) => one.place === place);
    if (first < 1 || place > this.#last.place || this.#tracks[place]?.begins === undefined) return;
    this.#played.length = first;
    this.#begin(place, at);
  }

  pause({ at }: Move): void {
    const { place, from, to, pauses } = this.#last;
    if (!isWithin({ from, to }, at) || isHeld(this.#last)) return;
    const until = at + LONGEST_PAUSE_SECONDS;
    this.#last = { place, from, to: until, pauses: [...pauses, { from: at, to: until }] };
  }

  resume({ at }: Move): void {
    const last = this.#last;
    if (!isWithin(last, at) || !isHeld(last)) return;
    const pauses = [...last.pauses.slice(0, -1), { from: last.pauses.at(-1)!.from, to: at }];
    this.#last = { ...last, to: last.from + this.#tracks[last.place]!.seconds + lengthOf(pauses), pauses };
  }

  again({ at, place }: Move): void {
    if (at < this.#begun || place > this.#last.place) return;
    this.#cut(at);
    if (this.#last.from >= at) this.#played.pop();
    this.#begin(place, at);
  }

  get #last(): Played {
    return this.#played.at(-1)!;
  }

  set #last(played: Played) {
    this.#played[this.#played.length - 1] = played;
  }

  #begin(place: number, from: number): void {
    this.#played.push({ place, from, to: from + this.#tracks[place]!.seconds, pauses: [] });
  }

  /** The next track, once the record is turned where it has to be. @returns false when there is none. */
  #next(place: number, at: number): boolean {
    const track = this.#tracks[place];
    if (track) this.#begin(place, track.begins === undefined ? at : at + TURN_SECONDS);
    return track !== undefined;
  }

  /** What plays ends, unless it has by then. */
  #cut(at: number): void {
    const { place, from, to, pauses } = this.#last;
    if (isWithin({ from, to }, at))
      this.#last = { place, from, to: at, pauses: pauses.map((pause) => ({ ...pause, to: Math.min(pause.to, at) })) };
  }
}

const isWithin = ({ from, to }: Span, at: number): boolean => from <= at && at < to;
const lengthOf = (spans: readonly Span[]): number => spans.reduce((sum, { from, to }) => sum + to - from, 0);
/** Paused to its end. */
const isHeld = ({ to, pauses }: Played): boolean => pauses.at(-1)?.to === to;

/** Without those that were taken back, in the order of their times. */
function effectiveMoves(moves: readonly NeedleMove[]): NeedleMove[] {
  const undone = new Set(moves.filter((move) => move.undone).map(({ id }) => id));
  return moves
    .filter(({ id }) => !undone.has(id))
    .sort((one, other) => one.at - other.at || (one.nth ?? 0) - (other.nth ?? 0) || (one.id < other.id ? -1 : 1));
}

/** The moves of both, each once; that one was taken back is never forgotten. */
export function withMoves(moves: readonly NeedleMove[], more: readonly NeedleMove[]): NeedleMove[] {
  const all = new Map(moves.map((move) => [move.id, move]));
  for (const move of more) if (!all.has(move.id) || move.undone) all.set(move.id, move);
  return [...all.values()];
}

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
function dueAt({ tracks }: Plan, { place, from, to, pauses }: Played): number | undefined {
  let due = from + Math.ceil(enoughOf(tracks[place]!.seconds));
  for (const pause of pauses) if (pause.from < due) due += pause.to - pause.from;
  if (due > to) return undefined;
  return tracks[place]!.whole ? to : due;
}

/** The listens whose time has come: of tracks that were heard by then, by the rule of scrobbling. @param now seconds since the epoch. */
export function heardBy(session: Plan, now: number): HeardTrack[] {
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

/** When the session ends if nobody does anything any more, seconds since the epoch. */
export const endOf = (session: Plan): number => playedOf(session).at(-1)?.to ?? session.playedAt;

/** When something of it becomes another after now: a track begins or ends, or will have been heard. Null once it is over. */
export function nextChange(session: Plan, now: number): number | null {
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
export function soundingAt(session: Plan, now: number): Sounding | null {
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
