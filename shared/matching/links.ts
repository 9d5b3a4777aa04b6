import { DATE_UNKNOWN } from '#shared/primitives/moments.ts';
import type { ManualGroups } from './decisions.ts';
import { reportWindowSeconds } from './listenTimes.ts';
import type { Report } from './report.ts';
import type { Comparison } from './sameListen.ts';
import { compareReports } from './sameListen.ts';
import type { TitleForm } from './titles.ts';
import { relateNames, titleForm } from './titles.ts';

/** A report among others, with those that the rule may hold for the same play. */
export interface Candidate {
  report: Report;
  links: Link[];
}

/** A possible partner. Which of several is taken is decided later. */
export interface Link {
  other: Candidate;
  comparison: Comparison;
}

/** Compares every report with those within reach of it. `ordered` is in order of time, and so is the result. */
export function findCandidates(ordered: readonly Report[], manual: ManualGroups): Candidate[] {
  const reaching = ordered.map(reachOf);
  const furthest = reaching.reduce((most, { reach }) => Math.max(most, reach), 0);
  reaching.forEach((one, index) => {
    if (one.report.playedAt === DATE_UNKNOWN) return;
    for (let at = index + 1; at < reaching.length; at += 1) {
      const other = reaching[at];
      if (other === undefined || other.report.playedAt - one.report.playedAt > furthest) break;
      if (mayBeOne(one, other)) link(one, other, manual);
    }
  });
  return reaching;
}

/** The candidates in sets that share no link and no manual group, in order of time within each. */
export function connectedSets(candidates: readonly Candidate[], manual: ManualGroups): Candidate[][] {
  const manuallyMerged = new Map<string, Candidate>();
  for (const one of candidates) if (manual.merged.has(one.report.key)) manuallyMerged.set(one.report.key, one);
  const seen = new Set<Candidate>();
  const sets: Candidate[][] = [];
  for (const start of candidates) {
    const alone = start.links.length === 0 && !manuallyMerged.has(start.report.key);
    if (alone) sets.push([start]);
    else if (!seen.has(start)) sets.push(connectedTo(start, manual, manuallyMerged, seen));
  }
  return sets;
}

interface Reaching extends Candidate {
  reach: number;
  title: TitleForm;
}

function reachOf(report: Report): Reaching {
  return { report, links: [], reach: reportWindowSeconds(report.durationSeconds), title: titleForm(report.title) };
}

/** The cheap questions first: most pairs are neighbours of other names. */
function mayBeOne(one: Reaching, other: Reaching): boolean {
  if (one.report.source === other.report.source) return false;
  if (other.report.playedAt - one.report.playedAt > Math.max(one.reach, other.reach)) return false;
  return relateNames(one.title, other.title) !== 'different';
}

function link(one: Candidate, other: Candidate, manual: ManualGroups): void {
  const comparison = compareReports(one.report, other.report);
  if (!comparison.same || manual.isSplit(one.report.key, other.report.key)) return;
  one.links.push({ other, comparison });
  other.links.push({ other: one, comparison });
}

function connectedTo(
  start: Candidate,
  manual: ManualGroups,
  manuallyMerged: ReadonlyMap<string, Candidate>,
  seen: Set<Candidate>,
): Candidate[] {
  const set: Candidate[] = [];
  const waiting = [start];
  for (let one = waiting.pop(); one !== undefined; one = waiting.pop()) {
    if (seen.has(one)) continue;
    seen.add(one);
    set.push(one);
    for (const { other } of one.links) waiting.push(other);
    for (const key of manual.merged.get(one.report.key) ?? []) waiting.push(manuallyMerged.get(key) ?? one);
  }
  return set.sort((a, b) => byTime(a.report, b.report));
}

/** Order of time; reports of one second in the order of their keys. */
export function byTime(one: Report, other: Report): number {
  return one.playedAt - other.playedAt || (one.key < other.key ? -1 : one.key > other.key ? 1 : 0);
}
