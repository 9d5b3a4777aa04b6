/** A name beside the strip: of a record in two lines with its cover, or of one track in a single line. */
export type LabelKind = 'record' | 'track';

/** How high a label stands, in pixels, and how far above the beginning of its bar it begins where nothing is in the way. */
export const LABELS: Readonly<Record<LabelKind, { height: number; above: number }>> = {
  record: { height: 48, above: 8 },
  track: { height: 28, above: 12 },
};
/** Height of an hour in which nothing played. Pixels. */
const FOLDED = 18;
/** A bar is never thinner, and leaves this much to the next. Pixels. */
const THINNEST = 3;
const BETWEEN = 1.5;
const HOUR = 3_600;

/** An hour as its clock showed it; seconds since the epoch, `end` left out. */
export interface ClockHour {
  hour: number;
  start: number;
  end: number;
}

/** Music within these hours, [start, end) in seconds since the epoch, in order of its beginning. */
export interface Span {
  start: number;
  end: number;
  label: LabelKind;
}

export interface PlacedHour {
  hour: number;
  top: number;
  height: number;
  /** Nothing played in it: it is folded. */
  silent: boolean;
}
export interface PlacedSpan {
  top: number;
  height: number;
  labelTop: number;
}
export interface ColumnLayout {
  hours: PlacedHour[];
  /** In the order of the spans. */
  spans: PlacedSpan[];
  height: number;
}

const plays = ({ start, end }: ClockHour, spans: readonly Span[]) =>
  spans.some((span) => span.start < end && Math.max(span.end, span.start + 1) > start);
const lengthOf = ({ start, end }: ClockHour) => (end - start) / HOUR;
const labelHeight = (spans: readonly Span[]) => spans.reduce((sum, { label }) => sum + LABELS[label].height, 0);

/** The hours a column draws: not those after its last music, nor, where nothing played before it that day, those before its first. */
export function hoursDrawn<H extends ClockHour>(hours: readonly H[], spans: readonly Span[], first: boolean): H[] {
  const filled = hours.map((hour) => plays(hour, spans));
  return hours.slice(first ? Math.max(0, filled.indexOf(true)) : 0, filled.lastIndexOf(true) + 1);
}

/** Pixels an hour for columns that share one scale: at least so many, and more where the labels of one are taller than its hours. */
export function scaleOf(
  columns: readonly { hours: readonly ClockHour[]; spans: readonly Span[] }[],
  least: number,
): number {
  const needed = columns.map(({ hours, spans }) => {
    const open = hours.filter((hour) => plays(hour, spans));
    const folded = (hours.length - open.length) * FOLDED;
    const length = open.reduce((sum, hour) => sum + lengthOf(hour), 0);
    return length > 0 ? (labelHeight(spans) - folded) / length : 0;
  });
  return Math.max(least, ...needed);
}

/**
 * Lays a column out, in pixels from its top: hours at `scale` pixels each, silent ones folded, music at its true length, and a label for
 * every record. A label stands beside its bar's beginning, below the one before; what then runs over the foot is moved up.
 */
export function arrangeColumn(hours: readonly ClockHour[], spans: readonly Span[], scale: number): ColumnLayout {
  let height = 0;
  const placed = hours.map((hour) => {
    const silent = !plays(hour, spans);
    const its = { hour: hour.hour, top: height, height: silent ? FOLDED : lengthOf(hour) * scale, silent };
    height += its.height;
    return its;
  });
  const topAt = (seconds: number): number => {
    const index = hours.findLastIndex(({ start }) => start <= seconds);
    if (index < 0) return 0;
    const { start, end } = hours[index]!;
    return placed[index]!.top + Math.min(1, (seconds - start) / (end - start)) * placed[index]!.height;
  };

  const tops: number[] = [];
  let above = 0;
  for (const { start, label } of spans) {
    const top = Math.max(topAt(start) - LABELS[label].above, above);
    tops.push(top);
    above = top + LABELS[label].height;
  }
  let below = Math.max(height, labelHeight(spans));
  height = below;
  for (let index = spans.length - 1; index >= 0; index -= 1) {
    tops[index] = Math.min(tops[index]!, below - LABELS[spans[index]!.label].height);
    below = tops[index]!;
  }
  return {
    hours: placed,
    spans: spans.map((span, index) => {
      const top = topAt(span.start);
      return { top, height: Math.max(THINNEST, topAt(span.end) - top - BETWEEN), labelTop: tops[index]! };
    }),
    height,
  };
}
