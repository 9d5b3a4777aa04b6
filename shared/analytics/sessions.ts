import { DATE_UNKNOWN } from '../primitives/moments.ts';
import type { Analysis } from './analysis.ts';
import type { Period } from './period.ts';
import { trackOfListens } from './tally.ts';
import type { PlayingTime } from './playingTime.ts';
import { trackLengths } from './trackLengths.ts';

/** A silence longer than this begins a new session. */
const SESSION_GAP_SECONDS = 20 * 60;

/** Listening without a long break. */
export interface Session {
  /** Start of the first play and end of the last to end, seconds since the epoch; a play of unknown length is as long as `TrackLengths` has it. */
  start: number;
  end: number;
  listens: number;
  /** The rows of the journal from its first listen to after its last. */
  rows: [start: number, end: number];
  /** How much of its end is estimated: the length of the play that ends it, where that is unknown; else 0. */
  estimatedSeconds: number;
}

/** How long a session lasted, its pauses among it. */
export const durationOf = ({ start, end, estimatedSeconds }: Session): PlayingTime => ({
  seconds: end - start,
  estimatedSeconds,
});

/** The sessions of a period, oldest first. Listens at an unknown date belong to none. */
export function sessions(analysis: Analysis, period: Period, gapSeconds = SESSION_GAP_SECONDS): Session[] {
  const found: Session[] = [];
  eachSession(analysis, period, gapSeconds, (session) => {
    found.push(session);
  });
  return found;
}

/** The longest session of a period, the earliest of equal ones; null when there is none. */
export function longestSession(analysis: Analysis, period: Period, gapSeconds = SESSION_GAP_SECONDS): Session | null {
  let longest: Session | null = null;
  let length = -1;
  eachSession(analysis, period, gapSeconds, (session) => {
    if (session.end - session.start <= length) return;
    length = session.end - session.start;
    longest = session;
  });
  return longest;
}

function eachSession(analysis: Analysis, period: Period, gapSeconds: number, visit: (session: Session) => void): void {
  const { journal } = analysis;
  const tracks = trackOfListens(analysis);
  const lengths = trackLengths(analysis.library);
  const [first, last] = journal.indexRange(period.from, period.to);
  let [start, end, listens, firstRow, lastRow, estimatedSeconds] = [0, -Infinity, 0, 0, 0, 0];
  const close = (): void => {
    if (listens > 0) visit({ start, end, listens, rows: [firstRow, lastRow + 1], estimatedSeconds });
  };
  for (let row = first; row < last; row++) {
    const begin = journal.time[row]!;
    if (begin === DATE_UNKNOWN) continue;
    const seconds = lengths.seconds(tracks[row]!);
    const estimated = lengths.knownSeconds(tracks[row]!) > 0 ? 0 : seconds;
    if (listens === 0 || begin - end > gapSeconds) {
      close();
      [start, end, listens, firstRow, estimatedSeconds] = [begin, begin + seconds, 0, row, estimated];
    } else if (begin + seconds > end) [end, estimatedSeconds] = [begin + seconds, estimated];
    listens++;
    lastRow = row;
  }
  close();
}
