/** From a session's tracks and moves to when each track was, is or will be played. */

import type { NeedleMove, SessionPlan, TurntableSession } from './turntable.ts';

/** Seconds a person is taken to need for turning a record over, or putting on the next. */
export const TURN_SECONDS = 30;
/** A pause that lasts longer is the end: whoever comes back after it puts a record on anew. Seconds. */
export const LONGEST_PAUSE_SECONDS = 6 * 3_600;

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

/**
 * What a session comes to as far as is known: its tracks one after the other, with the moves of all devices in the order of their
 * times, whichever arrived first. A move that cannot have been, such as a skip of a track that did not play then, changes nothing.
 */
export function playedOf({ playedAt, tracks, moves }: SessionPlan): Played[] {
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

export const isWithin = ({ from, to }: Span, at: number): boolean => from <= at && at < to;
export const lengthOf = (spans: readonly Span[]): number => spans.reduce((sum, { from, to }) => sum + to - from, 0);
/** Paused to its end. */
const isHeld = ({ to, pauses }: Played): boolean => pauses.at(-1)?.to === to;

/** Without those that were taken back, in the order of their times. */
function effectiveMoves(moves: readonly NeedleMove[]): NeedleMove[] {
  const undone = new Set(moves.filter((move) => move.undone).map(({ id }) => id));
  return moves
    .filter(({ id }) => !undone.has(id))
    .sort((one, other) => one.at - other.at || (one.nth ?? 0) - (other.nth ?? 0) || (one.id < other.id ? -1 : 1));
}

/** When the session ends if nobody does anything any more, seconds since the epoch. */
export const endOf = (session: SessionPlan): number => playedOf(session).at(-1)?.to ?? session.playedAt;
