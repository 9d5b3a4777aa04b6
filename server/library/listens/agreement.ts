import { type Core, listed } from '../core.ts';
import { grouped } from '../documents/credits.ts';
import { decide, manualDecisions } from './decisions.ts';
import { evidence, reportKey, type ScrobbleRow } from './evidence.ts';
import { isAlone, ruleGroups } from './resolve.ts';

/** A decision can bring the rule to another pair; no play has reports for more rounds than this. */
const ROUNDS = 6;

/**
 * Makes the rule for "the same listen" come to what a replica says, whenever it is applied again: reports that it would join
 * and that are separate, or the other way round, were decided by a person.
 *
 * @param listenIds listens that were just added.
 */
export function countersign(core: Core, listenIds: readonly number[]): void {
  const rows = reportsOf(core, listenIds);
  const alone = isAlone(core, rows);
  const byListen = grouped(
    rows.map((row) => [row.listen_id!, row] as [number, ScrobbleRow]),
    ([, row]) => row,
  );
  const several = new Set([...byListen].flatMap(([id, reports]) => (reports.length > 1 ? [id] : [])));
  const doubtful = rows.filter((row) => several.has(row.listen_id!) || !alone(row));
  for (let round = 0; doubtful.length > 0 && round < ROUNDS; round += 1) {
    const groups = ruleGroups(core, doubtful, manualDecisions(core)).map((group) => group.rows);
    const wronglyGrouped = groups.flatMap((group) =>
      pairs(
        group,
        (one, other) => one.listen_id !== null && other.listen_id !== null && one.listen_id !== other.listen_id,
      ),
    );
    const together = [...byListen.values()].flatMap((reports) => splitPairs(reports, groups));
    for (const [one, other] of wronglyGrouped) decide(core, reportKey(one), reportKey(other), 'different');
    for (const [one, other] of together) decide(core, reportKey(one), reportKey(other), 'same');
    if (wronglyGrouped.length + together.length === 0) return;
  }
}

/** The same for the reports of one play that a person deleted: where the rule would separate them, a person had joined them. */
export function countersignDeleted(core: Core, listenId: number): void {
  const rows = evidence.ofListen(core, listenId);
  if (rows.length < 2) return;
  const groups = ruleGroups(core, rows, manualDecisions(core)).map((group) => group.rows);
  for (const [one, other] of splitPairs(rows, groups)) decide(core, reportKey(one), reportKey(other), 'same');
}

const reportsOf = (core: Core, listenIds: readonly number[]): ScrobbleRow[] => {
  const ids = core.db.rows<[number]>(
    `SELECT id FROM scrobbles WHERE state = 'resolved' AND listen_id IN (SELECT value FROM json_each(?))`,
    listed(listenIds),
  );
  return evidence.byIds(core, listed(ids.map(([id]) => id)));
};

type Pair = [ScrobbleRow, ScrobbleRow];

const pairs = (rows: readonly ScrobbleRow[], are: (one: ScrobbleRow, other: ScrobbleRow) => boolean): Pair[] =>
  rows.flatMap((one, index) =>
    rows
      .slice(index + 1)
      .filter((other) => are(one, other))
      .map((other): Pair => [one, other]),
  );

/** Pairs of one play's reports that the rule puts into different groups. */
function splitPairs(rows: readonly ScrobbleRow[], groups: readonly (readonly ScrobbleRow[])[]): Pair[] {
  const place = new Map(groups.flatMap((group, index) => group.map((row) => [row.id, index] as const)));
  return pairs(rows, (one, other) => place.get(one.id) !== place.get(other.id));
}
