import type { HandWork } from './decisions.ts';
import { witnessWindowSeconds } from './listenTimes.ts';
import type { Report } from './report.ts';
import type { Comparison } from './sameListen.ts';
import { compareReports } from './sameListen.ts';

/** Two reports that the rule holds for one play. Which of several possible partners is taken is decided later. */
export interface Link {
  other: Report;
  comparison: Comparison;
}

/** For each report, by key, those it may be one play with. A report without any has no entry. */
export type Links = ReadonlyMap<string, readonly Link[]>;

/** Compares every report with those within reach of it. `ordered` is in order of time. */
export function findLinks(ordered: readonly Report[], hand: HandWork): Links {
  const links = new Map<string, Link[]>();
  const reach = ordered.map((report) => witnessWindowSeconds(report.durationSeconds));
  const furthest = reach.reduce((most, seconds) => Math.max(most, seconds), 0);
  ordered.forEach((one, index) => {
    for (let at = index + 1; at < ordered.length; at += 1) {
      const other = ordered[at];
      if (other === undefined || other.playedAt - one.playedAt > furthest) break;
      if (other.source === one.source) continue;
      if (other.playedAt - one.playedAt > Math.max(reach[index] ?? 0, reach[at] ?? 0)) continue;
      const comparison = compareReports(one, other);
      if (!comparison.same || hand.isSplit(one.key, other.key)) continue;
      addLink(links, one, { other, comparison });
      addLink(links, other, { other: one, comparison });
    }
  });
  return links;
}

/** The reports in sets that share no link and no hand-made group, each in the order of `ordered`. */
export function connectedSets(ordered: readonly Report[], links: Links, hand: HandWork): Report[][] {
  const byKey = new Map(ordered.map((report) => [report.key, report]));
  const setOf = new Map<string, number>();
  const sets: Report[][] = [];
  for (const start of ordered) {
    if (setOf.has(start.key)) continue;
    const waiting = [start.key];
    while (waiting.length > 0) {
      const key = waiting.pop() ?? '';
      if (setOf.has(key)) continue;
      setOf.set(key, sets.length);
      for (const link of links.get(key) ?? []) waiting.push(link.other.key);
      for (const member of hand.merged.get(key) ?? []) if (byKey.has(member)) waiting.push(member);
    }
    sets.push([]);
  }
  for (const report of ordered) sets[setOf.get(report.key) ?? -1]?.push(report);
  return sets;
}

function addLink(links: Map<string, Link[]>, report: Report, link: Link): void {
  const known = links.get(report.key);
  if (known === undefined) links.set(report.key, [link]);
  else known.push(link);
}
