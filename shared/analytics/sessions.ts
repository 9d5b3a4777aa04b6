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
  const found: Session[] = [];
  eachSession(analysis, period, gapSeconds, (start, end, listens, first, last) => {
    found.push({ start, end, listens, rows: [first, last] });
  });
  return found;
}

/** The longest session of a period, the earliest of equal ones; null when there is none. */
export function longestSession(analysis: Analysis, period: Period, gapSeconds = SESSION_GAP_SECONDS): Session | null {
  let longest: Session | null = null;
  let length = -1;
  eachSession(analysis, period, gapSeconds, (start, end, listens, first, last) => {
    if (end - start <= length) return;
    length = end - start;
    longest = { start, end, listens, rows: [first, last] };
  });
  return longest;
}

type Visit = (start: number, end: number, listens: number, firstRow: number, afterLastRow: number) => void;

function eachSession(analysis: Analysis, period: Period, gapSeconds: number, visit: Visit): void {
  const { journal } = analysis;
  const tracks = trackOfListens(analysis);
  const { seconds } = trackColumns(analysis.library);
  const [first, last] = journal.indexRange(period.from, period.to);
  let [start, end, listens, firstRow, lastRow] = [0, -Infinity, 0, 0, 0];
  for (let row = first; row < last; row++) {
    const begin = journal.time[row]!;
    if (begin === DATE_UNKNOWN) continue;
    const over = tracks[row]! < 0 ? begin : begin + seconds[tracks[row]!]!;
    if (listens === 0 || begin - end > gapSeconds) {
      if (listens > 0) visit(start, end, listens, firstRow, lastRow + 1);
      [start, end, listens, firstRow] = [begin, over, 0, row];
    } else if (over > end) end = over;
    listens++;
    lastRow = row;
  }
  if (listens > 0) visit(start, end, listens, firstRow, lastRow + 1);
}
