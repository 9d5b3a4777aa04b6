import type { HandDecision, HandWork } from './decisions.ts';
import { applyDecisions } from './decisions.ts';
import type { Link, Links } from './links.ts';
import { connectedSets, findLinks } from './links.ts';
import type { PossiblePair } from './pairing.ts';
import { pairInOrder } from './pairing.ts';
import type { Reason } from './reasons.ts';
import type { Report } from './report.ts';
import { compareReports } from './sameListen.ts';

/** One listen: the reports of it in order of time, and why each was joined to another. */
export interface Witnesses {
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
 * Sources are taken one after the other, Roon first because it measures; each one's reports are paired with the
 * listens known so far, in order of time, as many as possible and the nearest stamps first. So a track played twice
 * and reported twice by two sources is two listens. Reports of one source never join, except by hand.
 *
 * For part of a history pass what `connectedReports` finds: the result for these is then the same as for the whole.
 */
export function resolveWitnesses(reports: readonly Report[], decisions: readonly HandDecision[] = []): Witnesses[] {
  const byKey = new Map(reports.map((report) => [report.key, report]));
  const ordered = [...byKey.values()].sort(byTime);
  const hand = applyDecisions(byKey, decisions);
  const links = findLinks(ordered, hand);
  const listens = connectedSets(ordered, links, hand).flatMap((set) => resolveSet(set, links, hand, byKey));
  return listens.sort((one, other) => byTime(first(one), first(other)));
}

/** Order of time; reports of one second in the order of their keys. */
export function byTime(one: Report, other: Report): number {
  return one.playedAt - other.playedAt || (one.key < other.key ? -1 : one.key > other.key ? 1 : 0);
}

function resolveSet(set: Report[], links: Links, hand: HandWork, byKey: ReadonlyMap<string, Report>): Witnesses[] {
  const [only] = set;
  if (set.length === 1 && only !== undefined) return [{ reports: [only], joins: [] }];
  const listens = handMade(set, hand, byKey);
  const free = set.filter((report) => !hand.merged.has(report.key));
  for (const source of [...new Set(free.map((report) => report.source))].sort(roonFirst)) {
    joinSource(listens, source, free.filter((report) => report.source === source), links, hand);
  }
  return listens;
}

/** Joins one source's reports to the listens known so far; those that find none begin a listen of their own. */
function joinSource(listens: Witnesses[], source: string, reports: Report[], links: Links, hand: HandWork): void {
  const open = listens.filter((listen) => listen.reports.every((report) => report.source !== source));
  open.sort((one, other) => byTime(first(one), first(other)));
  const listenOf = new Map(open.flatMap((listen, index) => listen.reports.map((report) => [report.key, index] as const)));
  const possible = new Map<string, PossiblePair & { link: Link }>();
  reports.forEach((report, right) => {
    for (const link of links.get(report.key) ?? []) {
      const left = listenOf.get(link.other.key);
      if (left === undefined || open[left]?.reports.some((witness) => hand.isSplit(witness.key, report.key))) continue;
      const cost = costOf(report, link);
      const known = possible.get(`${left} ${right}`);
      if (known === undefined || cost < known.cost) possible.set(`${left} ${right}`, { left, right, cost, link });
    }
  });
  const taken = new Set<Report>();
  for (const { left, right } of pairInOrder([...possible.values()])) {
    const [listen, report, link] = [open[left], reports[right], possible.get(`${left} ${right}`)?.link];
    if (listen === undefined || report === undefined || link === undefined) continue;
    taken.add(report);
    listen.reports = [...listen.reports, report].sort(byTime);
    const { score, reasons } = link.comparison;
    listen.joins.push({ a: link.other.key, b: report.key, by: 'rule', score, reasons });
  }
  for (const report of reports) if (!taken.has(report)) listens.push({ reports: [report], joins: [] });
}

/** Near stamps are cheap; names that fit badly cost as much as minutes. Whole numbers, so that sums are exact. */
function costOf(report: Report, link: Link): number {
  return Math.round(10 * Math.abs(report.playedAt - link.other.playedAt) + 4000 * (1 - link.comparison.score));
}

/** The listens that a person put together. */
function handMade(set: Report[], hand: HandWork, byKey: ReadonlyMap<string, Report>): Witnesses[] {
  const groups = new Set(set.map((report) => hand.merged.get(report.key)).filter((group) => group !== undefined));
  return [...groups].map((keys) => {
    const reports = keys.flatMap((key) => byKey.get(key) ?? []).sort(byTime);
    return { reports, joins: reports.slice(1).map((report, index) => handJoin(reports[index] ?? report, report)) };
  });
}

function handJoin(a: Report, b: Report): Join {
  const { score, reasons } = compareReports(a, b);
  return { a: a.key, b: b.key, by: 'hand', score, reasons: [{ code: 'by-hand', weight: 0 }, ...reasons] };
}

function roonFirst(one: string, other: string): number {
  return Number(other === 'roon') - Number(one === 'roon') || (one < other ? -1 : 1);
}

function first(listen: Witnesses): Report {
  const [report] = listen.reports;
  if (report === undefined) throw new Error('A listen has at least one report');
  return report;
}
