import type { RecentPlaysPage, ReportedPlay, UnreadEntry } from '../../upstreams/ports.ts';
import { keyByNames } from '#shared/journal/listen.ts';
import { type RefusalReason, stampRefusal } from './stamps.ts';

interface PageCount {
  /** To be recorded, each once. */
  fresh: ReportedPlay[];
  /** From after the window's end, which nobody asked for: to be recorded, and counted with the window that they are of. */
  late: ReportedPlay[];
  /** Entries that name no play. */
  unread: UnreadEntry[];
  /** Listed more than once within the page. */
  repeated: number;
  /** How many entries are from after the window's end. */
  outside: number;
  /** How many entries of the window were not read before. */
  gained: number;
  refused: { reason: RefusalReason; count: number }[];
}

type Entries = Pick<RecentPlaysPage, 'plays' | 'setAside'>;

const keyOfUnread = ({ raw }: UnreadEntry): string => `unread|${JSON.stringify(raw)}`;

/** Keys of what stands at this stamp or before it, or may: the next window, which ends there, lists it again. */
const keysAt = ({ plays, setAside }: Entries, stamp: number): string[] => [
  ...plays.filter(({ playedAt }) => playedAt <= stamp).map(keyByNames),
  ...setAside.filter(({ playedAt = 0 }) => playedAt <= stamp).map(keyOfUnread),
];

/** Keys of what the next answer may list again; with `before` where it is of the same stamp, each as often as one answer listed it. */
export function overlapAt(entries: Entries, stamp: number, before: readonly string[] = []): string[] {
  const counts = countOf(before);
  for (const [key, count] of countOf(keysAt(entries, stamp))) counts.set(key, Math.max(count, counts.get(key) ?? 0));
  return [...counts].flatMap(([key, count]) => Array.from({ length: count }, () => key));
}

/** The oldest stamp of a page that can be true; null when it has none. */
export function oldestOf({ plays, setAside }: Entries, now: number): number | null {
  const stamps = [...plays, ...setAside].flatMap(({ playedAt }) =>
    playedAt === undefined || stampRefusal(playedAt, now) ? [] : [playedAt],
  );
  return stamps.length === 0 ? null : stamps.reduce((least, stamp) => Math.min(least, stamp));
}

/** Finds what of a page of the history is new to the reading of it, and counts the rest. */
export function countPage(
  { plays, setAside }: Entries,
  before: { overlap: readonly string[]; refused: PageCount['refused']; reachedBackTo: number | null },
  now: number,
): PageCount {
  const to = before.reachedBackTo ?? Infinity;
  const readBefore = countOf(before.overlap);
  const refused = new Map(before.refused.map(({ reason, count }) => [reason, count]));
  const inPage = new Set<string>();
  const fresh: ReportedPlay[] = [];
  const wasReadBefore = (key: string): boolean => {
    const listed = readBefore.get(key) ?? 0;
    readBefore.set(key, listed - 1);
    return listed > 0;
  };
  const unread = setAside.filter((entry) => (entry.playedAt ?? 0) < to && !wasReadBefore(keyOfUnread(entry)));
  const inside = plays.filter(({ playedAt }) => playedAt < to);
  const late = plays.filter(({ playedAt }) => playedAt >= to && stampRefusal(playedAt, now) === null);
  let repeated = 0;
  let gained = unread.length;
  for (const play of inside) {
    const key = keyByNames(play);
    if (wasReadBefore(key)) continue;
    gained += 1;
    const reason = stampRefusal(play.playedAt, now);
    if (reason) refused.set(reason, (refused.get(reason) ?? 0) + 1);
    else if (inPage.has(key)) repeated += 1;
    else fresh.push(play);
    inPage.add(key);
  }
  const outside = plays.length - inside.length + setAside.filter(({ playedAt }) => (playedAt ?? 0) >= to).length;
  return {
    fresh,
    late,
    unread,
    repeated,
    outside,
    gained,
    refused: [...refused].map(([reason, count]) => ({ reason, count })),
  };
}

function countOf(keys: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}
