import { dayKeyOf } from '#shared/journal/dates.ts';
import { zoneOffsets, type OffsetSegment } from '#shared/journal/zoneOffsets.ts';

/** Calendar days in the household's time zone. Moments are seconds since the epoch, UTC. */
export interface LocalDays {
  readonly timeZone: string;
  /** The day a moment falls on, ISO 8601. */
  dateOf(seconds: number): string;
  /** The stretch of one offset that a moment is in. */
  segmentAt(seconds: number): OffsetSegment;
  /** Another zone from here on. @throws {RangeError} for a name that is no IANA zone. */
  use(timeZone: string): void;
}

export function localDays(timeZone: string): LocalDays {
  let zone = timeZone;
  let segmentAt = zoneOffsets(timeZone);
  return {
    get timeZone() {
      return zone;
    },
    segmentAt: (seconds) => segmentAt(seconds),
    dateOf: (seconds) => dayKeyOf(Math.floor((seconds + segmentAt(seconds).offset) / 86_400)),
    use(next) {
      segmentAt = zoneOffsets(next);
      zone = next;
    },
  };
}
