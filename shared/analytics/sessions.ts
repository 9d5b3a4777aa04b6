import { DATE_UNKNOWN } from '../journal/listen.ts';
import type { Analysis } from './analysis.ts';
import type { Period } from './period.ts';
import { trackOfListens } from './tally.ts';
import { trackColumns } from './trackColumns.ts';

/** A silence longer than this begins a new session. */
const SESSION_GAP_SECONDS = 20 * 60;

/** Listening without a long break. */
export interface Session {
  /** Start of the first play and end of the last to end, seconds since the epoch; a play of unknown length ends as it starts. */
  start: number;
  end: number;
  listens: number;
  /** The rows of the journal from its first listen to after its last. */
  rows: [start: number, end: number];
}

/** The sessions of a period, oldest first. Listens at an unknown date belong to none. */
export function sessions(analysis: Analysis, period: Period, gapSeconds = SESSION_GAP_SECONDS): Session[] {
  const { journal, library } = analysis;
  const tracks = trackOfListens(analysis);
  const { seconds } = trackColumns(library);
  const [first, last] = journal.indexRange(period.from, period.to);
  const found: Session[] = [];
  let session: Session | undefined;
  for (let row = first; row < last; row++) {
    const start = journal.time[row]!;
    if (start === DATE_UNKNOWN) continue;
    const end = tracks[row]! < 0 ? start : start + seconds[tracks[row]!]!;
    if (session && start - session.end <= gapSeconds) {
      session.end = Math.max(session.end, end);
      session.listens++;
      session.rows[1] = row + 1;
    } else {
      session = { start, end, listens: 1, rows: [row, row + 1] };
      found.push(session);
    }
  }
  return found;
}

/** The longest session, the earliest of equal ones; null when there is none. */
export function longestSession(all: readonly Session[]): Session | null {
  return all.reduce<Session | null>(
    (longest, each) => (longest && longest.end - longest.start >= each.end - each.start ? longest : each),
    null,
  );
}
