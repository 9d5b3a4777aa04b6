import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DATE_UNKNOWN } from '#shared/primitives/moments.ts';
import type { ManualDecision } from './decisions.ts';
import { byTime } from './links.ts';
import { connectedReports } from './neighbourhood.ts';
import type { Report } from './report.ts';
import { compareReports } from './sameListen.ts';
import { resolveReports } from './resolveReports.ts';

const BASE = 1_760_000_000;

function report(key: string, at: number, more: Partial<Report> = {}): Report {
  const source = key.startsWith('r') ? 'roon' : key.startsWith('l') ? 'lastfm' : 'manual';
  return {
    key,
    source,
    artist: 'Marsha Vale',
    title: 'Harbour Lights',
    durationSeconds: 200,
    playedAt: BASE + at,
    ...more,
  };
}

/** The groups as sorted lists of keys, sorted. */
function groups(reports: Report[], decisions: ManualDecision[] = []): string[][] {
  return resolveReports(reports, decisions)
    .map((listen) => listen.reports.map((one) => one.key).sort())
    .sort();
}

const aReport = (index: number): fc.Arbitrary<Report> =>
  fc.record({
    key: fc.constant(`k${String(index).padStart(2, '0')}`),
    source: fc.constantFrom('roon', 'lastfm', 'manual'),
    artist: fc.constantFrom('Marsha Vale', 'marsha vale', 'Marsha Vale feat. Otto Lund', '雪村'),
    title: fc.constantFrom(
      'Harbour Lights',
      'Harbour Lights - Live',
      'Harbour Lights (Remastered)',
      'Harbor Lights',
      'Tide',
    ),
    album: fc.constantFrom(undefined, 'Night Boats', 'Night Boats (Deluxe Edition)', 'Live at the Quay'),
    durationSeconds: fc.constantFrom(undefined, 200, 201, 260, 7200),
    playedAt: fc.integer({ min: BASE, max: BASE + 2400 }),
  });

const someReports = fc
  .integer({ min: 1, max: 14 })
  .chain((count) => fc.tuple(...Array.from({ length: count }, (_, index) => aReport(index))));

const someDecisions = fc.array(
  fc.record({
    kind: fc.constantFrom('merge' as const, 'split' as const),
    a: fc.nat(13).map((index) => `k${String(index).padStart(2, '0')}`),
    b: fc.nat(13).map((index) => `k${String(index).padStart(2, '0')}`),
    decidedAt: fc.nat(5),
  }),
  { maxLength: 6 },
);

describe('resolveReports', () => {
  it('joins one play seen by three sources', () => {
    expect(groups([report('r1', 0), report('l1', 2), report('m1', 200)])).toEqual([['l1', 'm1', 'r1']]);
  });

  it('keeps real repeats two listens, each with its own source reports', () => {
    expect(groups([report('r1', 0), report('r2', 200), report('l1', 1), report('l2', 202)])).toEqual([
      ['l1', 'r1'],
      ['l2', 'r2'],
    ]);
  });

  it('pairs repeats in order when one source stamps the end', () => {
    expect(groups([report('r1', 0), report('r2', 200), report('l1', 200), report('l2', 400)])).toEqual([
      ['l1', 'r1'],
      ['l2', 'r2'],
    ]);
  });

  it('leaves the repeat that only one source saw a listen of its own', () => {
    expect(groups([report('r1', 0), report('r2', 200), report('l2', 203)])).toEqual([['l2', 'r2'], ['r1']]);
  });

  it('joins no plays without a date, except by a manual merge', () => {
    const reports = ['r1', 'l1'].map((key) => report(key, 0, { playedAt: DATE_UNKNOWN }));
    expect(groups(reports)).toEqual([['l1'], ['r1']]);
    expect(groups(reports, [{ kind: 'merge', a: 'r1', b: 'l1' }])).toEqual([['l1', 'r1']]);
  });

  it('says why reports were joined', () => {
    const [listen] = resolveReports([report('r1', 0), report('l1', 3, { title: 'Harbour Lights (Remastered 2011)' })]);
    expect(listen?.joins).toMatchObject([{ a: 'r1', b: 'l1', by: 'rule' }]);
    const codes = listen?.joins[0]?.reasons.map((reason) => reason.code);
    expect(codes).toEqual(expect.arrayContaining(['title-same', 'version-dress', 'artist-same', 'time-start']));
  });

  it('lets a hand split what the rule joins, and the freed report join another', () => {
    const reports = [report('r1', 0), report('l1', 2)];
    const split: ManualDecision = { kind: 'split', a: 'l1', b: 'r1' };
    expect(groups(reports, [split])).toEqual([['l1'], ['r1']]);
    expect(groups([...reports, report('r2', 30)], [split])).toEqual([['l1', 'r2'], ['r1']]);
  });

  it('lets a manual merge join what the rule separates, also within one source', () => {
    const reports = [report('r1', 0), report('l1', 9000, { title: 'Tide' }), report('l2', 2)];
    const merge: ManualDecision = { kind: 'merge', a: 'r1', b: 'l1' };
    expect(groups(reports, [merge])).toEqual([['l1', 'r1'], ['l2']]);
    expect(groups(reports, [merge, { kind: 'merge', a: 'l2', b: 'l1' }])).toEqual([['l1', 'l2', 'r1']]);
  });

  it('follows the latest of contradicting decisions', () => {
    const reports = [report('r1', 0), report('l1', 2)];
    const merge: ManualDecision = { kind: 'merge', a: 'r1', b: 'l1', decidedAt: 1 };
    const split: ManualDecision = { kind: 'split', a: 'r1', b: 'l1', decidedAt: 2 };
    expect(groups(reports, [merge, split])).toEqual([['l1'], ['r1']]);
    expect(groups(reports, [{ ...merge, decidedAt: 3 }, split])).toEqual([['l1', 'r1']]);
  });

  it('gives the same listens in whatever order reports and decisions come', () => {
    fc.assert(
      fc.property(someReports, someDecisions, fc.infiniteStream(fc.nat()), (reports, decisions, dice) => {
        const shuffled = <T>(items: T[]): T[] =>
          items
            .map((item) => ({ item, at: dice.next().value as number }))
            .sort((a, b) => a.at - b.at)
            .map(({ item }) => item);
        expect(resolveReports(shuffled(reports), shuffled(distinctMoments(decisions)))).toEqual(
          resolveReports(reports, distinctMoments(decisions)),
        );
      }),
    );
  });

  it('keeps every report once and joins no two of one source by rule', () => {
    fc.assert(
      fc.property(someReports, (reports) => {
        const listens = resolveReports(reports);
        expect(listens.flatMap((listen) => listen.reports.map((one) => one.key)).sort()).toEqual(
          reports.map((one) => one.key).sort(),
        );
        for (const listen of listens) {
          const sources = listen.reports.map((one) => one.source);
          expect(new Set(sources).size).toBe(sources.length);
        }
      }),
    );
  });

  it('never leaves a split pair joined nor the latest merged pair separate', () => {
    fc.assert(
      fc.property(someReports, someDecisions, (reports, decisions) => {
        const keys = new Set(reports.map((one) => one.key));
        const [latest] = distinctMoments(decisions)
          .filter(({ a, b }) => a !== b && keys.has(a) && keys.has(b))
          .sort((a, b) => (b.decidedAt ?? 0) - (a.decidedAt ?? 0));
        if (latest === undefined) return;
        const together = groups(reports, distinctMoments(decisions)).some(
          (group) => group.includes(latest.a) && group.includes(latest.b),
        );
        expect(together).toBe(latest.kind === 'merge');
      }),
    );
  });

  it('pairs two sources as the slow search over all pairings does', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 1500 }), { maxLength: 5 }),
        fc.array(fc.integer({ min: 0, max: 1500 }), { maxLength: 5 }),
        (roon, lastfm) => {
          const left = roon.map((at, index) => report(`r${index}`, at)).sort(byTime);
          const right = lastfm.map((at, index) => report(`l${index}`, at)).sort(byTime);
          const pairs = resolveReports([...left, ...right]).filter((listen) => listen.reports.length === 2);
          const seconds = pairs.map(({ reports: [a, b] }) => Math.abs((a?.playedAt ?? 0) - (b?.playedAt ?? 0)));
          const slow = slowestSearch(left, right);
          expect(pairs.length).toBe(slow.pairs);
          expect(costOf(seconds)).toBe(slow.cost);
        },
      ),
    );
  });
});

describe('connectedReports', () => {
  it('makes arrival in any order, one by one, end in what the whole history resolves to', () => {
    fc.assert(
      fc.property(someReports, someDecisions, (reports, decisions) => {
        const known = distinctMoments(decisions);
        const stored: Report[] = [];
        const listenOf = new Map<string, string[]>();
        for (const arriving of reports) {
          stored.push(arriving);
          const store = {
            between: (from: number, to: number) => stored.filter((one) => one.playedAt >= from && one.playedAt <= to),
            withKeys: (keys: readonly string[]) => stored.filter((one) => keys.includes(one.key)),
          };
          for (const listen of resolveReports(connectedReports([arriving], store, known), known)) {
            const keys = listen.reports.map((one) => one.key).sort();
            for (const key of keys) listenOf.set(key, keys);
          }
        }
        const now = [...new Set([...listenOf.values()].map((keys) => keys.join(' ')))].sort();
        expect(now).toEqual(
          groups(reports, known)
            .map((keys) => keys.join(' '))
            .sort(),
        );
      }),
    );
  });
});

/** Decisions made one after the other, as a person makes them. */
function distinctMoments(decisions: ManualDecision[]): ManualDecision[] {
  return decisions.map((decision, index) => ({ ...decision, decidedAt: index }));
}

function costOf(seconds: number[]): number {
  const score = (gap: number) => compareReports(report('r', 0), report('l', gap)).score;
  return seconds.reduce((sum, gap) => sum + Math.round(10 * gap + 4000 * (1 - score(gap))), 0);
}

/** Tries every pairing in order: most pairs first, then the cheapest. Obvious and exponential. */
function slowestSearch(left: Report[], right: Report[]): { pairs: number; cost: number } {
  const [one, ...others] = left;
  if (one === undefined) return { pairs: 0, cost: 0 };
  let best = slowestSearch(others, right);
  right.forEach((partner, index) => {
    if (!compareReports(one, partner).same) return;
    const rest = slowestSearch(others, right.slice(index + 1));
    const pairs = rest.pairs + 1;
    const cost = rest.cost + costOf([Math.abs(one.playedAt - partner.playedAt)]);
    if (pairs > best.pairs || (pairs === best.pairs && cost < best.cost)) best = { pairs, cost };
  });
  return best;
}
