import type { Listen } from '#shared/journal/listen.ts';
import { DATE_UNKNOWN } from '#shared/primitives/moments.ts';
import { isGivableId } from '#shared/primitives/identifiers.ts';
import { WIDEST_WINDOW_SECONDS, reportWindowSeconds } from '#shared/matching/listenTimes.ts';
import { textKey } from '#shared/matching/identity.ts';
import { relateNames, relateVersions, titleForm } from '#shared/matching/titles.ts';
import { type Core, listed } from '../core.ts';
import { ALL_SOURCES } from '../listens/evidence.ts';
import { IS_OF_LIFE, IS_REPORTED_IN_LIFE } from './evidence.ts';
import type { TrackNames } from './listenFacts.ts';

interface Here {
  id: number;
  page: string;
  note: string | null;
}

/** What the library knows of some listens of a replica. */
export interface Known {
  /** It is in the journal, or a person deleted it, or it is archived. */
  isHere(listen: Listen): boolean;
  /** It, where it is in the journal. */
  row(listen: Listen): Here | undefined;
  /** It is known by the report that has precedence in its life, which is filed under another track here. */
  isFiledElsewhere(listen: Listen): boolean;
  /** Nothing but replicas of its own life reported anything near it. */
  isAlone(listen: Listen): boolean;
  /** No listen has or had its id, and one may. */
  freeId(listen: Listen): boolean;
}

interface Asked {
  listen: Listen;
  track: TrackNames;
}

type ListenRow = [id: number, track: number, at: number, page: string, note: string | null];
type ForeignRow = [
  source: string,
  at: number,
  title: string,
  track: number | null,
  id: number | null,
  page: string | null,
  note: string | null,
];

export function knownListens(core: Core, life: string, asked: readonly Asked[]): Known {
  const ids = listed(asked.map(({ listen }) => listen.id));
  const renamed = renamedListens(core, life, ids);
  const ours = ({ id }: Listen) => renamed.get(id) ?? id;
  const ownIds = listed(new Set(asked.flatMap(({ listen }) => [listen.id, ours(listen)])));
  const byId = new Map(
    core.db
      .rows<ListenRow>(
        'SELECT id, track_id, timestamp, page, note FROM listening_history WHERE id IN (SELECT value FROM json_each(?))',
        ownIds,
      )
      .map((row) => [row[0], row]),
  );
  const ended = endedListens(core, life, ids);
  const sources = sourcesOf(core, ownIds);
  const given = givenBefore(core, life, asked);
  const foreign = foreignReports(core, life, asked);
  const stamps = foreign.map(([, at]) => at).sort((one, other) => one - other);
  const twins = twinsOf(core, life, asked);
  const rows = new Map<Listen, Here>();
  const here = new Set<Listen>();
  const elsewhere = new Set<Listen>();
  for (const { listen, track } of asked) {
    const [id, trackId, at, page, note] = byId.get(ours(listen)) ?? [];
    const isSame =
      id !== undefined &&
      (given.has(listen.id) ||
        (trackId === track.id &&
          (at === listen.playedAt || (isNear(at!, listen, track) && sources.get(id)?.has(listen.source) === true))));
    const twin = isSame ? undefined : takeTwin(twins, listen, track);
    if (isSame) rows.set(listen, { id, page: page!, note: note! });
    else if (twin !== undefined) rows.set(listen, twin);
    if (rows.has(listen) || given.has(listen.id) || isEnded(ended, listen, track)) {
      here.add(listen);
      continue;
    }
    const report = takeReport(foreign, listen, track);
    if (report === undefined) continue;
    here.add(listen);
    const [, , , filed, listenId, listenPage, itsNote] = report;
    if (listenId === null) continue;
    rows.set(listen, { id: listenId, page: listenPage!, note: itsNote });
    if (filed !== track.id) elsewhere.add(listen);
  }
  return {
    isHere: (listen) => here.has(listen),
    row: (listen) => rows.get(listen),
    isFiledElsewhere: (listen) => elsewhere.has(listen),
    isAlone: ({ playedAt }) => playedAt === DATE_UNKNOWN || !hasNear(stamps, playedAt),
    freeId: ({ id }) => isGivableId(id) && !byId.has(id) && !ended.has(id),
  };
}

/** Which listens here those of this life are that go by another id here: theirs may be somebody else's listen. */
const renamedListens = ({ db }: Core, life: string, ids: string): Map<number, number> =>
  new Map(
    db.rows<[number, number]>(
      'SELECT theirs, ours FROM rebuilt_listens WHERE life = ? AND theirs IN (SELECT value FROM json_each(?))',
      life,
      ids,
    ),
  );

/**
 * Who reported each listen of these ids. One of another moment may be the same play at the moment of another of its reports; but
 * where no report here is of the source that its life prefers, that report is lacking here.
 */
function sourcesOf({ db }: Core, ids: string): Map<number, Set<string>> {
  const sources = new Map<number, Set<string>>();
  for (const [id, source] of db.rows<[number, string]>(
    `SELECT listen_id, source FROM scrobbles WHERE listen_id IN (SELECT value FROM json_each(?)) AND state = 'resolved'`,
    ids,
  )) {
    sources.set(id, (sources.get(id) ?? new Set()).add(source));
  }
  return sources;
}

/** When each listen of these ids was that is in the journal no more. */
function endedListens({ db }: Core, life: string, ids: string): Map<number, number> {
  const rows = db.rows<[number, number]>(
    `SELECT listen_id, listen ->> 'timestamp' FROM deleted_listens WHERE listen_id IN (SELECT value FROM json_each(?1))
     UNION ALL SELECT listen_id, timestamp FROM archived_listens WHERE listen_id IN (SELECT value FROM json_each(?1))
     UNION ALL SELECT former_id, timestamp FROM former_ids JOIN listening_history AS survivor ON survivor.id = former_ids.id
       WHERE kind = 'listen' AND former_id IN (SELECT value FROM json_each(?1))
     UNION ALL SELECT theirs, listen ->> 'timestamp' FROM rebuilt_listens JOIN deleted_listens ON listen_id = ours
       WHERE life = ?2 AND theirs IN (SELECT value FROM json_each(?1))`,
    ids,
    life,
  );
  return new Map(rows);
}

const isEnded = (ended: ReadonlyMap<number, number>, listen: Listen, track: TrackNames): boolean =>
  ended.has(listen.id) && isNear(ended.get(listen.id)!, listen, track);

/** A listen may have the moment of another of its reports by now. */
const isNear = (moment: number, { playedAt }: Listen, { durationSeconds }: TrackNames): boolean =>
  Math.abs(moment - playedAt) <= reportWindowSeconds(durationSeconds ?? undefined);

/** Which of them this life gave already, whatever they are part of by now. */
function givenBefore({ db }: Core, life: string, asked: readonly Asked[]): Set<number> {
  const rows = db.rows<[number]>(
    `SELECT payload ->> 'listen' FROM scrobbles WHERE source IN (${ALL_SOURCES}) AND played_at IN (SELECT value FROM json_each(?)) AND ${IS_OF_LIFE}`,
    listed(new Set(asked.map(({ listen }) => listen.playedAt))),
    life,
  );
  return new Set(rows.map(([id]) => id));
}

/** What was reported near them by others than replicas of their life. */
function foreignReports({ db }: Core, life: string, asked: readonly Asked[]): ForeignRow[] {
  const moments = asked.map(({ listen }) => listen.playedAt).filter((at) => at !== DATE_UNKNOWN);
  if (moments.length === 0) return [];
  return db.rows<ForeignRow>(
    `SELECT scrobbles.source, played_at, title, heard.track_id, heard.id, heard.page, heard.note FROM scrobbles LEFT JOIN listening_history AS heard ON heard.id = listen_id
     WHERE scrobbles.source IN (${ALL_SOURCES}) AND played_at BETWEEN ? AND ? AND state <> 'withdrawn' AND NOT ${IS_REPORTED_IN_LIFE}`,
    moments.reduce((least, at) => Math.min(least, at)) - WIDEST_WINDOW_SECONDS,
    moments.reduce((most, at) => Math.max(most, at)) + WIDEST_WINDOW_SECONDS,
    life,
  );
}

/**
 * The report of the same track at the same moment by the same source; each is one play. Another report may have made the
 * other life resolve a title with more or fewer words about the version: at the very same moment that is the same report.
 */
function takeReport(
  foreign: ForeignRow[],
  { source, playedAt }: Listen,
  { id, title, titleKey }: TrackNames,
): ForeignRow | undefined {
  const reported = (row: ForeignRow) => row[0] === source && row[1] === playedAt;
  const exact = foreign.findIndex((row) => reported(row) && (row[3] === id || textKey(row[2]) === titleKey));
  const index = exact >= 0 ? exact : foreign.findIndex((row) => reported(row) && isTitleOf(row[2], title));
  return index < 0 ? undefined : foreign.splice(index, 1)[0];
}

function isTitleOf(reported: string, resolvedTitle: string): boolean {
  const [one, other] = [titleForm(reported), titleForm(resolvedTitle)];
  return relateNames(one, other) === 'same' && relateVersions(one, other) !== 'conflict';
}

type Twins = Map<string, Here[]>;
const placeOf = (track: number, at: number): string => `${track} ${at}`;

/** Listens of the same track at the same moment that are none of their life. */
function twinsOf({ db }: Core, life: string, asked: readonly Asked[]): Twins {
  const rows = db.rows<ListenRow>(
    `SELECT DISTINCT twin.id, twin.track_id, twin.timestamp, twin.page, twin.note FROM json_each(?) AS asked
       CROSS JOIN listening_history AS twin ON twin.track_id = asked.value ->> 0 AND twin.timestamp = asked.value ->> 1
     WHERE NOT EXISTS (SELECT 1 FROM scrobbles WHERE listen_id = twin.id AND ${IS_OF_LIFE})`,
    JSON.stringify(asked.map(({ listen, track }) => [track.id, listen.playedAt])),
    life,
  );
  const twins: Twins = new Map();
  for (const [id, track, at, page, note] of rows)
    twins.set(placeOf(track, at), [...(twins.get(placeOf(track, at)) ?? []), { id, page, note }]);
  return twins;
}

const takeTwin = (twins: Twins, { playedAt }: Listen, { id }: TrackNames): Here | undefined =>
  twins.get(placeOf(id, playedAt))?.shift();

/** @param stamps in order */
function hasNear(stamps: readonly number[], moment: number): boolean {
  let [low, high] = [0, stamps.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (stamps[middle]! < moment - WIDEST_WINDOW_SECONDS) low = middle + 1;
    else high = middle;
  }
  return low < stamps.length && stamps[low]! <= moment + WIDEST_WINDOW_SECONDS;
}
