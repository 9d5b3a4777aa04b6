import { CronTime } from 'cron';
import { type OffsetSegment, zoneOffsets } from '#shared/journal/zoneOffsets.ts';

/** `fields`: it has not five of them; `unreadable`: one of them is not of cron's; `never`: no day is as it says. */
export type ScheduleFlaw = 'fields' | 'unreadable' | 'never';

/** @returns null when the text is a schedule, else what is wrong with it. */
export function scheduleFlaw(schedule: string): ScheduleFlaw | null {
  if (schedule.trim().split(/\s+/).length !== 5) return 'fields';
  let time: CronTime;
  try {
    time = new CronTime(schedule, 'UTC');
  } catch {
    return 'unreadable';
  }
  try {
    next(time, 0, 'UTC');
    return null;
  } catch {
    return 'never';
  }
}

/**
 * When a schedule next falls due, in seconds since the epoch, always later than `after`.
 *
 * A schedule that names its hours means the clock on the wall: on the night when an hour is skipped it falls due at the first
 * moment after the gap, and when an hour comes twice it falls due in the first of the two. One that runs every hour counts real
 * hours instead. (The cron package alone runs a 3 o'clock job twice in autumn.)
 */
export function nextDue(schedule: string, timeZone: string, after: number): number {
  if (schedule.trim().split(/\s+/)[1] === '*') return next(new CronTime(schedule, timeZone), after, timeZone);
  const offsetAt = zoneOffsets(timeZone);
  const wallClock = new CronTime(schedule, 'UTC');
  let wall = after + offsetAt(after).offset;
  for (;;) {
    wall = next(wallClock, wall, 'UTC');
    const due = instantOf(wall, offsetAt);
    if (due > after) return due;
  }
}

const next = (time: CronTime, after: number, zone: string) =>
  Math.floor(time.getNextDateFrom(new Date(after * 1000), zone).toMillis() / 1000);

const HALF_DAY = 43_200;

/** The first moment at which clocks show this wall time; where none does, the moment they jump over it. */
function instantOf(wall: number, segmentAt: (seconds: number) => OffsetSegment): number {
  const offsetAt = (seconds: number) => segmentAt(seconds).offset;
  const offsets = [offsetAt(wall - HALF_DAY - offsetAt(wall)), offsetAt(wall + HALF_DAY - offsetAt(wall))];
  const shown = offsets.map((offset) => wall - offset).filter((instant) => instant + offsetAt(instant) === wall);
  return shown.length > 0 ? Math.min(...shown) : segmentAt(wall - offsets[0]!).start;
}
