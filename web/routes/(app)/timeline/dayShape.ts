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

/** Gathers a day's listens, oldest first, into stretches; none reaches into the next. */
export function stretchesOf<T extends Heard>(listens: readonly T[]): Stretch<T>[] {
  const stretches: Stretch<T>[] = [];
  for (const listen of listens) {
    const end = listen.playedAt + listen.time.seconds;
    const last = stretches.at(-1);
    if (last && last.listens[0]?.key === listen.key && listen.playedAt - last.end < PAUSE) {
      last.listens.push(listen);
      last.end = Math.max(last.end, end);
    } else {
      if (last) last.end = Math.min(last.end, Math.max(listen.playedAt, last.start + 1));
      stretches.push({ start: listen.playedAt, end, listens: [listen] });
    }
  }
  return stretches;
}

/** A piece of a stretch within one hour; shares of that hour from 0 to 1. */
export interface Block<T> {
  from: number;
  to: number;
  stretch: Stretch<T>;
  /** It began in an earlier hour. */
  continued: boolean;
  /** It ends with the stretch, and nobody knows when that was: the last track's length is estimated. */
  fading: boolean;
}
export interface Lane<T> {
  hour: number;
  start: number;
  end: number;
  blocks: Block<T>[];
}

/** Lays stretches into the hours of a day (23 or 25 of them when the clocks change). */
export function lanesOf<T extends Heard>(hours: readonly { hour: number; start: number; end: number }[], stretches: readonly Stretch<T>[]): Lane<T>[] {
  return hours.map(({ hour, start, end }) => ({
    hour,
    start,
    end,
    blocks: stretches
      .filter((stretch) => stretch.start < end && stretch.end > start)
      .map((stretch) => ({
        from: Math.max(0, (stretch.start - start) / (end - start)),
        to: Math.min(1, (stretch.end - start) / (end - start)),
        stretch,
        continued: stretch.start < start,
        fading: stretch.end <= end && stretch.listens.at(-1)!.time.estimatedSeconds > 0,
      })),
  }));
}

/** How long the music of stretches plays: its tracks' lengths, as everywhere, wherever a bar gives way to the next. */
export const timeOf = <T extends Heard>(stretches: readonly Stretch<T>[]): PlayingTime =>
  addTimes(stretches.flatMap(({ listens }) => listens.map(({ time }) => time)));
