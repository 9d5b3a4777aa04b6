import type { RecentPlaysPage, ReportedPlay, UnreadEntry } from '../../upstreams/ports.ts';
import { sourceKeyOf } from './reconcile.ts';
import { type RefusalReason, stampRefusal } from './stamps.ts';

interface PageCount {
  /** To be recorded, each once. */
  fresh: ReportedPlay[];
  /** Entries that name no play. */
  unread: UnreadEntry[];
  /** Listed more than once within the page. */
  repeated: number;
  /** Read already with the window before. */
  overlapping: number;
  refused: { reason: RefusalReason; count: number }[];
}

type Entries = Pick<RecentPlaysPage, 'plays' | 'setAside'>;

const keyOfUnread = ({ raw }: UnreadEntry): string => `unread|${JSON.stringify(raw)}`;

/** Keys of what stands at this stamp or after it in the list, or may: the next window, which ends there, lists it again. */
export const overlapAt = ({ plays, setAside }: Entries, stamp: number): string[] => [
  ...plays.filter(({ playedAt }) => playedAt <= stamp).map(sourceKeyOf),
  ...setAside.filter(({ playedAt = 0 }) => playedAt <= stamp).map(keyOfUnread),
];

/** Tells what of a page of the history is new to the reading of it, and counts the rest. */
export function countPage({ plays, setAside }: Entries, before: { overlap: readonly string[]; refused: PageCount['refused'] }, now: number): PageCount {
  const readBefore = countOf(before.overlap);
  const refused = new Map(before.refused.map(({ reason, count }) => [reason, count]));
  const inPage = new Set<string>();
  const fresh: ReportedPlay[] = [];
  let repeated = 0;
  let overlapping = 0;
  const wasReadBefore = (key: string): boolean => {
    const listed = readBefore.get(key) ?? 0;
    readBefore.set(key, listed - 1);
    overlapping += Number(listed > 0);
    return listed > 0;
  };
  const unread = setAside.filter((entry) => !wasReadBefore(keyOfUnread(entry)));
  for (const play of plays) {
    const key = sourceKeyOf(play);
    if (wasReadBefore(key)) continue;
    const reason = stampRefusal(play.playedAt, now);
    if (reason) refused.set(reason, (refused.get(reason) ?? 0) + 1);
    else if (inPage.has(key)) repeated += 1;
    else fresh.push(play);
    inPage.add(key);
  }
  return { fresh, unread, repeated, overlapping, refused: [...refused].map(([reason, count]) => ({ reason, count })) };
}

function countOf(keys: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}
