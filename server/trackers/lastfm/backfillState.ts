import type { BackfillStatus } from '#shared/api/lastfm.ts';
import { retryPause, type RetryPolicy } from '#shared/timing/retryPolicy.ts';
import { NEVER_RUN } from '../../kit/background/resumableRun.ts';
import type { RefusalReason } from './stamps.ts';

export interface BackfillState extends BackfillStatus {
  refused: { reason: RefusalReason; count: number }[];
  user: string;
  /** Where the history that is read ends, seconds since the epoch: what is played later is the tracker's. */
  top: number | null;
  /** The newest stamp of the reading's first page: what Last.fm counts later and is newer was heard, or arrived there, since. */
  newestAt: number | null;
  /** Keys already read at the stamp where the next answer overlaps the one before; twice when listed twice. */
  overlap: string[];
  /** The page of the window that is next, from 1. */
  page: number;
  /** The pages of one window over all are read, because Last.fm does not keep to the end of a window. */
  byPages: boolean;
  /** With `byPages`: the oldest stamp of the page before. */
  walkedTo: number | null;
  /** Failures in a row at this page. */
  tries: number;
  /** Looks in a row at an end where less was listed than is counted. */
  doubts: number;
  /** Whole readings before this one, which ended with less than is counted. */
  passes: number;
  /** How much the reading before found. */
  seenBefore: number;
  /** Entries that pages should have held, by what they count, and did not. */
  leftOut: number;
  /** How many plays there are in all by the answer before; two that agree are accepted. */
  counted: number | null;
}

type Position = Omit<BackfillState, keyof BackfillStatus>;

/** Where a reading begins. */
export const atBeginning: Position = {
  user: '',
  top: null,
  newestAt: null,
  overlap: [],
  page: 1,
  byPages: false,
  walkedTo: null,
  tries: 0,
  doubts: 0,
  passes: 0,
  seenBefore: 0,
  leftOut: 0,
  counted: null,
};

export const idle = {
  ...NEVER_RUN,
  estimateSeconds: null,
  new: 0,
  known: 0,
  repeated: 0,
  refused: [],
  setAside: [],
  pagesSteppedOver: 0,
  reachedBackTo: null,
  problem: null,
  nextTryAt: null,
  comparison: null,
} satisfies BackfillStatus;

export function statusOf(state: BackfillState): BackfillStatus {
  const changed = Object.entries(state).filter(([key]) => !(key in atBeginning));
  return Object.fromEntries(changed) as unknown as BackfillStatus;
}

/** Failures in a row after which a page may be stepped over. */
export const MOST_TRIES = 6;
/** Failures in a row, three days of them, after which a person is asked to see to it: none of the answers could be read. */
export const MOST_FAILURES = 80;
/** Looks in a row, over more than four hours, at an end where less was listed than is counted. */
export const MOST_DOUBTS = 12;
const RETRY_SECONDS: RetryPolicy = { first: 10, longest: 3_600 };

/** Seconds to wait after so many failures in a row. */
export const pauseAfter = (tries: number): number => retryPause(RETRY_SECONDS, tries);
