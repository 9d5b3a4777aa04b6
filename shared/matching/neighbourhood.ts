import type { ManualDecision } from './decisions.ts';
import { WIDEST_WINDOW_SECONDS } from './listenTimes.ts';
import type { Report } from './report.ts';
import { compareReports } from './sameListen.ts';

/** Where reports are stored. */
export interface ReportStore {
  /** All reports stamped from `from` to `to`, both included, in seconds since the epoch. */
  between(from: number, to: number): readonly Report[];
  /** The reports of these keys, without those that are not stored. */
  withKeys(keys: readonly string[]): readonly Report[];
}

/**
 * All reports that can take part in how the given ones are resolved: their possible partners, the partners of these,
 * and what a person merged with any of them. `resolveReports` of the result gives the same listens for these reports
 * as resolving the whole history would, whatever arrived first.
 *
 * When a report arrives, seed with it; when a person merges or splits, with every report of the listens concerned,
 * as they were before. Then replace the listens of all returned reports by what `resolveReports` says of them. For
 * an import of many thousands, resolving the whole history at once is quicker.
 */
export function connectedReports(
  seeds: readonly Report[],
  store: ReportStore,
  decisions: readonly ManualDecision[] = [],
): Report[] {
  const nearby = new Nearby(store);
  const manualPartners = findManualPartners(decisions);
  const found = new Map<string, Report>();
  const waiting = [...seeds];
  for (let report = waiting.pop(); report !== undefined; report = waiting.pop()) {
    if (found.has(report.key)) continue;
    const one = report;
    found.set(one.key, one);
    waiting.push(
      ...nearby.of(one.playedAt).filter((other) => !found.has(other.key) && compareReports(one, other).same),
    );
    const named = (manualPartners.get(one.key) ?? []).filter((key) => !found.has(key));
    if (named.length > 0) waiting.push(...store.withKeys(named));
  }
  return [...found.values()];
}

/** The stored reports around a moment; asks the store once for a stretch of time, not once a report. */
class Nearby {
  readonly #store: ReportStore;
  #from = Infinity;
  #to = -Infinity;
  #loaded: readonly Report[] = [];

  constructor(store: ReportStore) {
    this.#store = store;
  }

  of(moment: number): readonly Report[] {
    const from = moment - WIDEST_WINDOW_SECONDS;
    const to = moment + WIDEST_WINDOW_SECONDS;
    if (from < this.#from || to > this.#to) {
      this.#from = from - WIDEST_WINDOW_SECONDS;
      this.#to = to + WIDEST_WINDOW_SECONDS;
      this.#loaded = this.#store.between(this.#from, this.#to);
    }
    return this.#loaded.filter((report) => report.playedAt >= from && report.playedAt <= to);
  }
}

function findManualPartners(decisions: readonly ManualDecision[]): Map<string, string[]> {
  const partners = new Map<string, string[]>();
  const add = (from: string, to: string) => partners.set(from, [...(partners.get(from) ?? []), to]);
  for (const { kind, a, b } of decisions) {
    if (kind !== 'merge') continue;
    add(a, b);
    add(b, a);
  }
  return partners;
}
