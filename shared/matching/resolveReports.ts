import { measures } from '../journal/listen.ts';
import type { ManualDecision, ManualGroups } from './decisions.ts';
import { applyDecisions } from './decisions.ts';
import type { Candidate, Link } from './links.ts';
import { byTime, connectedSets, findCandidates } from './links.ts';
import type { PossiblePair } from './pairing.ts';
import { pairInOrder } from './pairing.ts';
import type { Reason } from './reasons.ts';
import type { Report } from './report.ts';
import { compareReports } from './sameListen.ts';

/** One listen: the reports of it in order of time, and why each was joined to another. */
export interface ReportGroup {
  reports: Report[];
  joins: Join[];
}

/** Why the reports with the keys `a` and `b` are one play. */
export interface Join {
  a: string;
  b: string;
  by: 'rule' | 'hand';
  /** How sure the rule is, 0 to 1, whoever joined them. */
  score: number;
  reasons: Reason[];
}

/**
 * Resolves a set of reports into listens. The result depends on the set alone, not on the order in which the reports
 * arrived or are handed over: listens come in order of time, each with its reports in order of time.
 *
 * Sources are taken one after the other, first those that measure; each one's reports are paired with the
 * listens known so far, in order of time, as many as possible and the nearest stamps first. So a track played twice
 * and reported twice by two sources is two listens. Reports of one source never join, except by a manual merge.
 *
 * For part of a history pass what `connectedReports` finds: the result for these is then the same as for the whole.
 */
export function resolveReports(reports: readonly Report[], decisions: readonly ManualDecision[] = []): ReportGroup[] {
  const byKey = new Map(reports.map((report) => [report.key, report]));
  const ordered = [...byKey.values()].sort(byTime);
  const manual = applyDecisions(byKey, decisions);
  const sets = connectedSets(findCandidates(ordered, manual), manual);
  return sets.flatMap((set) => resolveSet(set, manual)).sort((one, other) => byTime(first(one), first(other)));
}

function resolveSet(set: Candidate[], manual: ManualGroups): ReportGroup[] {
  const [one, other] = set;
  if (one === undefined) return [];
  if (other === undefined) return [{ reports: [one.report], joins: [] }];
  const [link] = one.links;
  if (set.length === 2 && link !== undefined && manual.merged.size === 0) return [joinPair(one, other, link)];
  const listens = groupManually(set, manual);
  const free = set.filter(({ report }) => !manual.merged.has(report.key));
  for (const source of [...new Set(free.map(({ report }) => report.source))].sort(measuredFirst)) {
    joinSource(
      listens,
      free.filter(({ report }) => report.source === source),
      source,
      manual,
    );
  }
  return listens;
}

/** The usual case, without further search. */
function joinPair(one: Candidate, other: Candidate, { comparison: { score, reasons } }: Link): ReportGroup {
  const [a, b] = measuredFirst(one.report.source, other.report.source) < 0 ? [one, other] : [other, one];
  const join: Join = { a: a.report.key, b: b.report.key, by: 'rule', score, reasons };
  return { reports: [one.report, other.report], joins: [join] };
}

interface LinkedPair extends PossiblePair {
  link: Link;
}

/** Joins one source's reports to the listens known so far; those that find none begin a listen of their own. */
function joinSource(listens: ReportGroup[], candidates: Candidate[], source: string, manual: ManualGroups): void {
  const open = listens.filter((listen) => listen.reports.every((report) => report.source !== source));
  open.sort((one, other) => byTime(first(one), first(other)));
  const taken = new Set<Candidate>();
  for (const { left, right, link } of pairInOrder(possiblePairs(open, candidates, manual))) {
    const [listen, candidate] = [open[left], candidates[right]];
    if (listen === undefined || candidate === undefined) continue;
    taken.add(candidate);
    listen.reports = [...listen.reports, candidate.report].sort(byTime);
    const { score, reasons } = link.comparison;
    listen.joins.push({ a: link.other.report.key, b: candidate.report.key, by: 'rule', score, reasons });
  }
  for (const one of candidates) if (!taken.has(one)) listens.push({ reports: [one.report], joins: [] });
}

/** For each listen and candidate that a link joins and nobody separated, the cheapest link. */
function possiblePairs(open: ReportGroup[], candidates: Candidate[], manual: ManualGroups): LinkedPair[] {
  const listenOf = new Map(open.flatMap(({ reports }, index) => reports.map((report) => [report, index] as const)));
  return candidates.flatMap((candidate, right) => {
    const cheapest = new Map<number, LinkedPair>();
    for (const link of candidate.links) {
      const left = listenOf.get(link.other.report);
      if (left === undefined) continue;
      if (open[left]?.reports.some((member) => manual.isSplit(member.key, candidate.report.key))) continue;
      const cost = costOf(candidate.report, link);
      if (cost < (cheapest.get(left)?.cost ?? Infinity)) cheapest.set(left, { left, right, cost, link });
    }
    return [...cheapest.values()];
  });
}

/** Near stamps are cheap; names that fit badly cost as much as minutes. Whole numbers, so that sums are exact. */
function costOf(report: Report, link: Link): number {
  return Math.round(10 * Math.abs(report.playedAt - link.other.report.playedAt) + 4000 * (1 - link.comparison.score));
}

/** The listens that a person put together. */
function groupManually(set: Candidate[], manual: ManualGroups): ReportGroup[] {
  const groups = new Set(set.map(({ report }) => manual.merged.get(report.key)).filter((group) => group !== undefined));
  return [...groups].map((keys) => {
    const reports = set.map(({ report }) => report).filter((report) => keys.includes(report.key));
    return { reports, joins: reports.slice(1).map((report, index) => joinManually(reports[index] ?? report, report)) };
  });
}

function joinManually(a: Report, b: Report): Join {
  const { score, reasons } = compareReports(a, b);
  return { a: a.key, b: b.key, by: 'hand', score, reasons: [{ code: 'by-hand', weight: 0 }, ...reasons] };
}

function measuredFirst(one: string, other: string): number {
  return Number(measures(other)) - Number(measures(one)) || (one < other ? -1 : 1);
}

function first(listen: ReportGroup): Report {
  const [report] = listen.reports;
  if (report === undefined) throw new Error('A listen has at least one report');
  return report;
}
