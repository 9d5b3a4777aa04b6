import { nowSeconds } from '../../kit/clock.ts';
import { catalogue, type Catalogue } from '../catalogue/reported.ts';
import type { RecordedScrobble, RecordOutcome, ScrobbleInput, Scrobbles } from '../api/scrobbles.ts';
import { type Core, listed } from '../core.ts';
import { grouped } from '../documents/credits.ts';
import { takeReportedOut } from './takeReportedOut.ts';
import type { Rollups } from '../api/rollups.ts';
import { evidence, insertScrobbles, isRespelt, type ScrobbleRow } from './evidence.ts';
import { adoptable } from './adoption.ts';
import { adopt, respell } from './correct.ts';
import { keepFacts } from './facts.ts';
import { resolve } from './resolve.ts';

interface RecordedRow {
  id: number;
  source_key: string;
  played_at: number;
  artist: string;
  title: string;
  album: string | null;
  gone_upstream: number;
}
const RECORDED = 'SELECT id, source_key, played_at, artist, title, album, gone_upstream FROM scrobbles';

/** Whose moment is known: that a listen had a further report says nothing of when that was made. */
const REPORTED = `rebuilt IS NOT 'assumed'`;

export function scrobbles(core: Core, rollups: Rollups): Scrobbles {
  const { db } = core;
  return {
    record: (inputs) => db.transaction(() => record(core, rollups, inputs)),
    correct: (scrobbleId, input) =>
      db.transaction(() => {
        const row = evidence.byId(core, scrobbleId);
        if (row === undefined) throw new Error(`There is no scrobble ${scrobbleId} to correct`);
        return respell(core, catalogue(core), row, input);
      }),
    between: (source, from, to) =>
      db
        .all<RecordedRow>(
          `${RECORDED} WHERE source = ? AND played_at >= ? AND played_at < ? AND ${REPORTED} ORDER BY played_at, id`,
          source,
          from,
          to,
        )
        .map(recorded),
    markGone: (ids, gone) => db.transaction(() => markGone(core, ids, gone)),
    latest(source) {
      const row = db.get<RecordedRow>(
        `${RECORDED} WHERE source = ? AND ${REPORTED} ORDER BY played_at DESC, id DESC LIMIT 1`,
        source,
      );
      return row === undefined ? null : recorded(row);
    },
    count: (source) => db.get<{ n: number }>('SELECT count(*) AS n FROM scrobbles WHERE source = ?', source)!.n,
  };
}

function recorded(row: RecordedRow): RecordedScrobble {
  const { id, artist, title, album } = row;
  return {
    id,
    sourceKey: row.source_key,
    playedAt: row.played_at,
    artist,
    title,
    album,
    goneUpstream: row.gone_upstream === 1,
  };
}

function record(core: Core, rollups: Rollups, inputs: readonly ScrobbleInput[]): RecordOutcome[] {
  const names = catalogue(core);
  const known = knownRows(core, inputs);
  const first = new Map(inputs.map((input) => [keyOf(input.source, input.sourceKey), input] as const).reverse());
  const unknown = [...first]
    .reverse()
    .filter(([key]) => !known.has(key))
    .map(([, input]) => input);
  const rebuilt = adoptable(core, unknown, new Set([...known.values()].map(({ id }) => id)));
  const adopted = new Map([...rebuilt].map(([input, row]) => [input, adopt(core, names, row, input)] as const));
  const fresh = insertScrobbles(
    core,
    unknown.filter((input) => !rebuilt.has(input)),
    nowSeconds(core.clock),
  );
  resolve(core, names, fresh);
  takeReportedOut(core, rollups, fresh);
  const added = new Map(fresh.map((row) => [keyOf(row.source, row.source_key), row]));
  const outcomes = inputs.map((input): RecordOutcome => {
    const key = keyOf(input.source, input.sourceKey);
    const taken = adopted.get(input);
    if (taken !== undefined) return taken;
    const row = added.get(key);
    if (row === undefined || first.get(key) !== input)
      return again(
        core,
        names,
        evidence.byId(core, row?.id ?? known.get(key)?.id ?? adopted.get(first.get(key)!)!.scrobbleId)!,
        input,
      );
    return { state: 'new', scrobbleId: row.id, listenId: listenOf(row) };
  });
  keepFacts(
    core,
    inputs.map((input, index) => ({ input, listenId: outcomes[index]!.listenId })),
  );
  return outcomes;
}

/** A report that is known: it says the same, or is spelt otherwise now, or says that the play went on. */
function again(core: Core, names: Catalogue, row: ScrobbleRow, input: ScrobbleInput): RecordOutcome {
  if (row.rebuilt !== null || isRespelt(row, input)) return respell(core, names, row, input);
  if (updateEnd(core, row, input)) resolve(core, names, [evidence.byId(core, row.id)!]);
  return { state: 'known', scrobbleId: row.id, listenId: listenOf(row) };
}

const keyOf = (source: string, sourceKey: string): string => `${source}:${sourceKey}`;
const listenOf = (row: ScrobbleRow): number | null => (row.state === 'resolved' ? row.listen_id : null);

function knownRows(core: Core, inputs: readonly ScrobbleInput[]): Map<string, ScrobbleRow> {
  const keys = grouped(
    inputs.map(({ source, sourceKey }) => [source, sourceKey] as [string, string]),
    ([, key]) => key,
  );
  return new Map(
    [...keys].flatMap(([source, some]) =>
      evidence.byKeys(core, source, some).map((row) => [keyOf(source, row.source_key), row] as const),
    ),
  );
}

/** A play that was still going on when it was recorded has gone on: its end and listened time grow. */
function updateEnd(core: Core, row: ScrobbleRow, input: ScrobbleInput): boolean {
  const endedAt = input.endedAt ?? row.ended_at;
  const listened = input.listenedSeconds ?? row.listened_seconds;
  if (endedAt === row.ended_at && listened === row.listened_seconds) return false;
  core.db.run('UPDATE scrobbles SET ended_at = ?, listened_seconds = ? WHERE id = ?', endedAt, listened, row.id);
  return true;
}

function markGone(core: Core, ids: readonly number[], gone: boolean): void {
  const rows = core.db.all<{ id: number }>(
    'UPDATE scrobbles SET gone_upstream = ? WHERE gone_upstream <> ? AND id IN (SELECT value FROM json_each(?)) RETURNING id',
    Number(gone),
    Number(gone),
    listed(ids),
  );
  const names = catalogue(core);
  resolve(
    core,
    names,
    rows.flatMap(({ id }) => evidence.byId(core, id) ?? []),
  );
}
