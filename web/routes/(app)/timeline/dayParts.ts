import { addTimes, isEstimate, roundedEstimate, type PlayingTime } from '#shared/analytics/playingTime.ts';
import type { ClockHour, LabelKind, Span } from './columnLayout.ts';
import { timeOf, type Heard, type Stretch } from './dayShape.ts';

export type PartName = 'night' | 'morning' | 'afternoon' | 'evening';
/** The parts of a day by the hour of the clock at which they begin. */
const PARTS: readonly { name: PartName; from: number }[] = [
  { name: 'night', from: 0 },
  { name: 'morning', from: 6 },
  { name: 'afternoon', from: 12 },
  { name: 'evening', from: 18 },
];
/** One track that plays so long stands like a record. Seconds. */
const LONG = 8 * 60;

/** What was heard on a day, and what came over from the evening before. */
export interface DayMusic<T> {
  stretches: readonly Stretch<T>[];
  /** The first stretch is the record of the evening before, going on. */
  goesOn: boolean;
  /** The last track of the evening before, where it plays past midnight and nothing of its record follows. */
  carried: Stretch<T> | undefined;
}

/** A piece of a stretch within some hours. */
export interface Piece<T> extends Span {
  stretch: Stretch<T>;
  /** It began before these hours. */
  continued: boolean;
  /** It ends here, and nobody knows when that was: the last track's length is estimated. */
  fading: boolean;
}

export interface DayPart<T> {
  name: PartName;
  hours: ClockHour[];
  pieces: Piece<T>[];
  /** How long what began here plays. */
  time: PlayingTime;
  /** Its figure can be shown beside the day's: the parts' rounded figures add up to the day's, or this one is exact. */
  isTimeShown: boolean;
}

/** More than one listen, or one that is long: a record, where a single track takes one line. */
export function isRecord<T extends Heard>(stretch: Stretch<T>): boolean {
  return stretch.listens.length > 1 || timeOf([stretch]).seconds >= LONG;
}

/** What plays in these hours of a day, in order. A stretch that goes on into other hours is in both. */
export function piecesIn<T extends Heard>(
  hours: readonly ClockHour[],
  { stretches, goesOn, carried }: DayMusic<T>,
): Piece<T>[] {
  const from = hours[0]?.start ?? 0;
  const to = hours.at(-1)?.end ?? 0;
  const first = stretches[0];
  return [...(carried ? [carried] : []), ...stretches]
    .map((stretch) => ({
      stretch,
      begins: goesOn && stretch === first ? -Infinity : stretch.start,
      ends: Math.max(stretch.end, stretch.start + 1),
    }))
    .filter(({ begins, ends }) => begins < to && ends > from)
    .map(({ stretch, begins, ends }) => {
      const label: LabelKind = isRecord(stretch) ? 'record' : 'track';
      return {
        stretch,
        start: Math.max(begins, from),
        end: Math.min(ends, to),
        label,
        continued: begins < from,
        fading: ends <= to && stretch.listens.at(-1)!.time.estimatedSeconds > 0,
      };
    });
}

const within = (hours: readonly ClockHour[], seconds: number) =>
  hours.some(({ start, end }) => seconds >= start && seconds < end);

/** A day's hours by its parts. */
function hoursByPart(hours: readonly ClockHour[]): { name: PartName; hours: ClockHour[] }[] {
  return PARTS.map(({ name, from }, index) => {
    const until = PARTS[index + 1]?.from ?? 24;
    return { name, hours: hours.filter(({ hour }) => hour >= from && hour < until) };
  });
}

/** All parts of a day, each with the stretches that began in it. */
export function partsBegun<T>(
  hours: readonly ClockHour[],
  stretches: readonly Stretch<T>[],
): { name: PartName; stretches: Stretch<T>[] }[] {
  return hoursByPart(hours).map(({ name, hours: its }) => ({
    name,
    stretches: stretches.filter(({ start }) => within(its, start)),
  }));
}

/** A playing time in whole minutes, as it is shown: an estimate is rounded to its accuracy. */
const shownMinutes = (time: PlayingTime): number =>
  isEstimate(time) ? roundedEstimate(time) / 60 : Math.round(time.seconds / 60);

/** The parts of a day with what plays in them; the night only where it has music. */
export function partsOf<T extends Heard>(hours: readonly ClockHour[], music: DayMusic<T>): DayPart<T>[] {
  const parts = hoursByPart(hours)
    .map(({ name, hours: its }) => {
      const begun = music.stretches.flatMap(({ listens }) => listens).filter(({ playedAt }) => within(its, playedAt));
      return { name, hours: its, pieces: piecesIn(its, music), time: addTimes(begun.map(({ time }) => time)) };
    })
    .filter(({ name, pieces }) => name !== 'night' || pieces.length > 0);
  const addUp = parts.reduce((sum, { time }) => sum + shownMinutes(time), 0) === shownMinutes(timeOf(music.stretches));
  return parts.map((part) => ({ ...part, isTimeShown: part.time.seconds > 0 && (addUp || !isEstimate(part.time)) }));
}

/** The wholly silent hours at a day's two ends: the hour of its first music, and the first hour after its last, by the clock. */
export function quietEnds(hours: readonly ClockHour[], pieces: readonly Span[]): { until: number; from: number } {
  const filled = hours.filter(({ start, end }) => pieces.some((piece) => piece.start < end && piece.end > start));
  return { until: filled[0]?.hour ?? 24, from: (filled.at(-1)?.hour ?? -1) + 1 };
}
