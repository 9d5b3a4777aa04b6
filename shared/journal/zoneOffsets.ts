/** A stretch of time in which a zone keeps one offset. Seconds since the epoch; `end` is left out. */
export interface OffsetSegment {
  start: number;
  end: number;
  /** Seconds east of UTC. */
  offset: number;
}

/** No zone changed its clocks twice within so short a time since computers keep them. */
const PROBE_SECONDS = 6 * 86_400;
/** Segments are found a stretch at a time, when they are first asked for. */
const STRETCH_SECONDS = 64 * PROBE_SECONDS;

/** A home is in one zone, and its devices are seldom in many: what was found for these is used again. */
const MOST_ZONES = 20;
const zones = new Map<string, (seconds: number) => OffsetSegment>();

/**
 * The offsets of an IANA zone. Intl takes about 5 µs for one instant, so it is asked only to find the moments at which the
 * offset changes; each is found once, by bisection, and all that follows is arithmetic.
 *
 * @throws {RangeError} for a name that is no time zone.
 */
export function zoneOffsets(timeZone: string): (seconds: number) => OffsetSegment {
  const known = zones.get(timeZone);
  if (known) return known;
  const segmentAt = offsetsOf(timeZone);
  if (zones.size >= MOST_ZONES) zones.clear();
  zones.set(timeZone, segmentAt);
  return segmentAt;
}

function offsetsOf(timeZone: string): (seconds: number) => OffsetSegment {
  const offsetAt = intlOffset(timeZone);
  const stretches = new Map<number, OffsetSegment[]>();
  let latest: OffsetSegment = { start: 0, end: 0, offset: 0 };

  return (seconds) => {
    if (seconds >= latest.start && seconds < latest.end) return latest;
    const stretch = Math.floor(seconds / STRETCH_SECONDS);
    let segments = stretches.get(stretch);
    if (!segments) {
      segments = findSegments(offsetAt, stretch * STRETCH_SECONDS, (stretch + 1) * STRETCH_SECONDS);
      stretches.set(stretch, segments);
    }
    latest = segments.find((segment) => seconds < segment.end)!;
    return latest;
  };
}

function findSegments(offsetAt: (seconds: number) => number, from: number, to: number): OffsetSegment[] {
  const segments: OffsetSegment[] = [{ start: from, end: to, offset: offsetAt(from) }];
  for (let probe = from; probe < to; probe += PROBE_SECONDS) {
    const last = segments[segments.length - 1]!;
    const offset = offsetAt(probe + PROBE_SECONDS);
    if (offset === last.offset) continue;
    let [before, after] = [probe, probe + PROBE_SECONDS];
    while (after - before > 1) {
      const middle = Math.floor((before + after) / 2);
      if (offsetAt(middle) === last.offset) before = middle;
      else after = middle;
    }
    if (after >= to) break;
    last.end = after;
    segments.push({ start: after, end: to, offset });
  }
  return segments;
}

function intlOffset(timeZone: string): (seconds: number) => number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    era: 'short',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  // Reading the digits of the whole text takes a fifth of what splitting it does; their order is asked for once.
  const order = format
    .formatToParts(0)
    .filter(({ value }) => /^\d+$/.test(value))
    .map(({ type }) => type);
  const placeOf = (type: Intl.DateTimeFormatPartTypes): number => order.indexOf(type);
  const [year, month, day] = [placeOf('year'), placeOf('month'), placeOf('day')];
  const [hour, minute, second] = [placeOf('hour'), placeOf('minute'), placeOf('second')];
  const local = new Date(0);
  return (seconds) => {
    const text = format.format(seconds * 1000);
    const digits = text.match(/\d+/g)!;
    const named = Number(digits[year]);
    local.setUTCFullYear(text.includes('BC') ? 1 - named : named, Number(digits[month]) - 1, Number(digits[day]));
    local.setUTCHours(Number(digits[hour]), Number(digits[minute]), Number(digits[second]), 0);
    return local.getTime() / 1000 - seconds;
  };
}
