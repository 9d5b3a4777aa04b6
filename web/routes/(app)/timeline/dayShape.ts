import { addTimes, type PlayingTime } from '#shared/analytics/playingTime.ts';

/** One listen as the day's shape needs it; seconds since the epoch. */
export interface Heard {
  playedAt: number;
  /** How long it plays. */
  time: PlayingTime;
  /** Listens of one record that follow one another share it. */
  key: string;
}

/** A record as it played without another between: [start, end). */
export interface Stretch<T> {
  start: number;
  end: number;
  listens: T[];
}

/** So long a silence ends a stretch even where the same record goes on after it. */
const PAUSE = 1_200;

/** Whether a listen goes on with the record of an earlier one, whose music ended then. */
const goesOnAfter = (earlier: Heard, end: number, listen: Heard): boolean =>
  earlier.key === listen.key && listen.playedAt - end < PAUSE;

/** Gathers a day's listens, oldest first, into stretches; none reaches into the next. */
export function stretchesOf<T extends Heard>(listens: readonly T[]): Stretch<T>[] {
  const stretches: Stretch<T>[] = [];
  for (const listen of listens) {
    const end = listen.playedAt + listen.time.seconds;
    const last = stretches.at(-1);
    if (last && goesOnAfter(last.listens[0]!, last.end, listen)) {
      last.listens.push(listen);
      last.end = Math.max(last.end, end);
    } else {
      if (last) last.end = Math.min(last.end, Math.max(listen.playedAt, last.start + 1));
      stretches.push({ start: listen.playedAt, end, listens: [listen] });
    }
  }
  return stretches;
}

/**
 * What of the evening before reaches into a day: whether its first stretch is the same record going on, else the last track before
 * midnight, as far as it is known to have played past it.
 *
 * @param before the last listen of the evening before.
 * @param midnight the day's first second.
 */
export function pastMidnight<T extends Heard>(
  before: T | undefined,
  stretches: readonly Stretch<T>[],
  midnight: number,
): { goesOn: boolean; carried: Stretch<T> | undefined } {
  if (!before) return { goesOn: false, carried: undefined };
  const first = stretches[0];
  const end = before.playedAt + before.time.seconds;
  if (first && goesOnAfter(before, end, first.listens[0]!)) return { goesOn: true, carried: undefined };
  const until = Math.min(end, first?.start ?? Infinity);
  const known = before.time.estimatedSeconds === 0;
  return {
    goesOn: false,
    carried: known && until > midnight ? { start: before.playedAt, end: until, listens: [before] } : undefined,
  };
}

/** How long the music of stretches plays: its tracks' lengths, as everywhere, wherever a bar gives way to the next. */
export const timeOf = <T extends Heard>(stretches: readonly Stretch<T>[]): PlayingTime =>
  addTimes(stretches.flatMap(({ listens }) => listens.map(({ time }) => time)));

/** How many listens stretches hold. */
export const listensOf = (stretches: readonly Stretch<unknown>[]): number =>
  stretches.reduce((sum, { listens }) => sum + listens.length, 0);
