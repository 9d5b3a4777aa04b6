import { ListenSources } from '#shared/journal/listen.ts';
import { DATE_UNKNOWN } from '#shared/primitives/moments.ts';
import { relateArtists } from '#shared/matching/artists.ts';
import { splitCredits } from '#shared/matching/credits.ts';
import { identityKey, textKey } from '#shared/matching/identity.ts';
import { WIDEST_WINDOW_SECONDS } from '#shared/matching/listenTimes.ts';
import { compareReports } from '#shared/matching/sameListen.ts';
import { relateNames, titleForm } from '#shared/matching/titles.ts';
import type { Core } from '../core.ts';
import { named } from '../reads/named.ts';
import { columnsOf, evidence, type NewReport, reportOf, type ScrobbleRow } from './evidence.ts';
import { trimmed } from '#shared/text/blank.ts';

/** How far apart, in seconds, the stamps of one report can be when it is sent again; a source that stores its plays sends the same. */
const SLACK: Record<string, number> = { lastfm: 0, import: 0, roon: 30, manual: 900 };
/** So near to a listen with an unknown further report a report that fits nothing else is that one, whatever it calls the play. */
const NEAR = 300;

/** How the key of a report begins of which the source's own is not known. */
export const UNNAMED = 'rebuilt:';

interface Pair {
  input: NewReport;
  row: ScrobbleRow;
  cost: number;
}

/**
 * Adoption: finds, among the scrobbles that were made from replicas, those that these reports are. A library that was brought back from a
 * device knows of a report its source and moment, not its names, and of further reports only how many there were.
 *
 * @param inputs reports whose keys are not known.
 * @param taken scrobbles that are something else.
 */
export function adoptable(
  core: Core,
  inputs: readonly NewReport[],
  taken: ReadonlySet<number>,
): Map<NewReport, ScrobbleRow> {
  const adopted = new Map<NewReport, ScrobbleRow>();
  if (inputs.length === 0 || core.db.get('SELECT 1 FROM scrobbles WHERE rebuilt IS NOT NULL LIMIT 1') === undefined)
    return adopted;
  for (const source of new Set(inputs.map((input) => input.source))) {
    const own = inputs.filter((input) => input.source === source);
    const used = new Set(taken);
    const take = (pairs: readonly Pair[]) => {
      for (const { input, row } of [...pairs].sort((one, other) => one.cost - other.cost)) {
        if (adopted.has(input) || used.has(row.id)) continue;
        adopted.set(input, row);
        used.add(row.id);
      }
    };
    const waiting = () => own.filter((input) => !adopted.has(input));
    const exact = rowsNear(core, [source], own, 'exact', SLACK[source] ?? 0);
    take(pairsOf(core, waiting(), exact));
    if (source === 'manual') continue;
    take(
      lonePairs(
        waiting(),
        exact.filter(({ id }) => !used.has(id)),
      ),
    );
    take(findReportPairs(core, waiting(), rowsNear(core, ListenSources, waiting(), 'assumed', WIDEST_WINDOW_SECONDS)));
  }
  return adopted;
}

function rowsNear(
  core: Core,
  sources: readonly string[],
  inputs: readonly NewReport[],
  rebuilt: 'exact' | 'assumed',
  seconds: number,
): ScrobbleRow[] {
  const ids = core.db.rows<[number]>(
    `SELECT DISTINCT scrobbles.id FROM json_each(?) AS asked CROSS JOIN scrobbles
       ON source IN (SELECT value FROM json_each(?)) AND played_at BETWEEN asked.value - ? AND asked.value + ? AND rebuilt = ? AND rebuilt IS NOT NULL AND state <> 'withdrawn'`,
    JSON.stringify([...new Set(inputs.map(({ playedAt }) => playedAt))]),
    JSON.stringify(sources),
    seconds,
    seconds,
    rebuilt,
  );
  return evidence.byIds(core, JSON.stringify(ids.map(([id]) => id)));
}

/** Reports and scrobbles of the same moment whose names fit, the better the cheaper. */
function pairsOf(core: Core, inputs: readonly NewReport[], rows: readonly ScrobbleRow[]): Pair[] {
  return inputs.flatMap((input) => {
    const near = rows.filter((row) => Math.abs(row.played_at - input.playedAt) <= (SLACK[input.source] ?? 0));
    if (input.source === 'manual')
      return near
        .filter((row) => row.track_id === input.trackId && isUnnamed(row))
        .map((row) => ({ input, row, cost: Math.abs(row.played_at - input.playedAt) }));
    // Of several of the same names the nearest: less than any difference of names.
    const costs = near.map((row) => ({
      input,
      row,
      cost: namesCost(input, row) + Math.abs(row.played_at - input.playedAt) / 100,
    }));
    // Names under which it is filed may be quite others than those reported.
    const filed =
      costs.every(({ cost }) => cost >= 1) && near.length > 0
        ? named(core, { artist: input.artist, title: input.title, album: input.album ?? null }).trackId
        : null;
    return costs
      .map((pair) => (filed !== null && pair.row.track_id === filed ? { ...pair, cost: Math.min(pair.cost, 1) } : pair))
      .filter(({ cost }) => cost < Infinity);
  });
}

/** A manually logged listen whose group is not known yet. */
const isUnnamed = ({ source_key: key }: ScrobbleRow): boolean => key.startsWith(UNNAMED);

function namesCost(input: NewReport, row: ScrobbleRow): number {
  const artist =
    identityKey(splitCredits(trimmed(input.artist)).primary) === identityKey(splitCredits(row.artist).primary);
  const title = textKey(trimmed(input.title)) === textKey(row.title);
  if (artist && title) return 0;
  if (artist || title) return 2;
  return isRelated(input, row) ? 3 : Infinity;
}

const isRelated = (input: NewReport, row: ScrobbleRow): boolean =>
  relateNames(titleForm(input.title), titleForm(row.title)) !== 'different' ||
  relateArtists(input.artist, row.artist) !== 'different';

/** The only report and the only scrobble of one second are one play, whatever it was called; plays without a date are of one second all. */
function lonePairs(inputs: readonly NewReport[], rows: readonly ScrobbleRow[]): Pair[] {
  return inputs.flatMap((input) => {
    if (input.playedAt === DATE_UNKNOWN || SLACK[input.source] !== 0) return [];
    const same = rows.filter((row) => row.played_at === input.playedAt);
    const alone = same.length === 1 && inputs.filter(({ playedAt }) => playedAt === input.playedAt).length === 1;
    return alone ? [{ input, row: same[0]!, cost: 4 }] : [];
  });
}

/**
 * Reports that are of the same play as a listen one of whose reports is not known. Which source that was is a guess: a report of
 * any that the listen has none of can be it.
 */
function findReportPairs(core: Core, inputs: readonly NewReport[], rows: readonly ScrobbleRow[]): Pair[] {
  const partners = new Map(
    rows.map((row) => [
      row,
      row.listen_id === null ? [] : evidence.ofListen(core, row.listen_id).filter(({ id }) => id !== row.id),
    ]),
  );
  return inputs.flatMap((input) => {
    const report = reportOf({ ...BLANK, ...columnsOf(input) });
    return rows.flatMap((row): Pair[] => {
      const distance = Math.abs(row.played_at - input.playedAt) + Number(row.source !== input.source);
      const others = partners.get(row)!;
      if (distance > WIDEST_WINDOW_SECONDS || others.some(({ source }) => source === input.source)) return [];
      const rank = others.some((partner) => compareReports(reportOf(partner), report).same)
        ? 0
        : distance > NEAR
          ? Infinity
          : isRelated(input, row)
            ? 1
            : 2;
      return rank === Infinity ? [] : [{ input, row, cost: rank * 2 * WIDEST_WINDOW_SECONDS + distance }];
    });
  });
}

const BLANK = {
  id: 0,
  track_id: null,
  listen_id: null,
  state: 'resolved',
  gone_upstream: 0,
  corrected_from: null,
  rebuilt: null,
} as const;
