import type { Database } from '../database/database.ts';
import {
  COLUMNS,
  COUNTED,
  type DocumentPlace,
  DOCUMENTS,
  formerWord,
  ARCHIVED_OWNER,
  KEYS,
  type Kind,
  KINDS,
  ROWS,
  SAID,
  SUBJECTS,
  TARGETS,
  UNITED,
  PLACES_BY_KIND,
} from './idPlaces.ts';
import { MAX_HIGHEST_ID, WIDE_GAP } from '../identity/highestIds.ts';

/** Where ids of a kind are found outside of JSON: those of what is there, and of what was. */
function foundIn(kind: Kind): string {
  const columns = COLUMNS[kind].map((place) => [place, place.split('.')[1]!, '1'] as const);
  const byKind = PLACES_BY_KIND.flatMap(([place, kinds]) =>
    kinds[kind] === undefined ? [] : [[place, place.split('.')[1]!, `kind = '${kinds[kind]}'`] as const],
  );
  const subjects = SUBJECTS.filter(([, , of]) => of === kind).map(([place, word, , more]) => {
    const column = place.split('.')[1]!;
    return [
      place,
      `CAST(substr(${column}, ${word.length + 2}) AS INTEGER)`,
      `${column} GLOB '${word}:*' AND ${column} ${more ? '' : 'NOT '}GLOB '${word}:*:*'`,
    ] as const;
  });
  const archivedOwners =
    { albums: [[ARCHIVED_OWNER, 'holder', '1'] as const], artists: [[ARCHIVED_OWNER, '-holder', '1'] as const] }[
      kind as string
    ] ?? [];
  const formers = formerWord(kind);
  const former = formers === undefined ? [] : [['former_ids.former_id', 'former_id', `kind = '${formers}'`] as const];
  return [...columns, ...byKind, ...subjects, ...archivedOwners, ...former]
    .map(([place, id, where]) => `SELECT ${id} AS id FROM ${place.split('.')[0]} WHERE ${where}`)
    .join(' UNION ALL ');
}

/** A mutation as it is stored. */
export interface Said {
  intent: { kind: string };
  targets: unknown;
  verdict: unknown;
}

/** Ids that no library comes to by itself, and those that take their places. */
export interface OutOfRangeIds {
  /** How many there are, of all kinds. */
  size: number;
  of(kind: Kind): ReadonlyMap<number, number>;
  /** A mark of how far ids had come, where those that are up to it are now. */
  mark(kind: Kind, mark: number): number;
  /** A document's JSON with the new ids. */
  renamed(document: unknown, place: DocumentPlace): unknown;
  renamedIn(said: Said): Said;
}

/** @param issuedIds what is known to be given, by table: the new ids begin well beyond these and what is there. */
export function findOutOfRangeIds(db: Database, issuedIds: Readonly<Record<string, number>>): OutOfRangeIds {
  const written = inDocuments(db);
  const maps = new Map(KINDS.map((kind) => [kind, mapOf(db, kind, issuedIds[kind] ?? 0, written.get(kind)!)]));
  const of = (kind: Kind) => maps.get(kind)!;
  const idOf = (kind: Kind | undefined, id: number) => (kind === undefined ? id : (of(kind).get(id) ?? id));
  return {
    size: [...maps.values()].reduce((sum, map) => sum + map.size, 0),
    of,
    mark(kind, mark) {
      if (mark <= MAX_HIGHEST_ID) return mark;
      const reached = [...of(kind)].filter(([theirs]) => theirs <= mark).at(-1);
      return reached?.[1] ?? lastNear(db, kind);
    },
    renamed: (document, place) => walkedIn(document, place, idOf),
    renamedIn: (said) => walkedSaid(said, idOf),
  };
}

function mapOf(db: Database, kind: Kind, mark: number, written: ReadonlySet<number>): Map<number, number> {
  const found = db
    .rows<[number]>(`SELECT DISTINCT id FROM (${foundIn(kind)}) WHERE id > ?`, MAX_HIGHEST_ID)
    .map(([id]) => id);
  const far = [...new Set([...found, ...written])].sort((one, other) => one - other);
  if (far.length === 0) return new Map();
  const first = Math.max(mark, lastNear(db, kind)) + WIDE_GAP + 1;
  return new Map(far.map((id, index) => [id, first + index]));
}

const lastNear = (db: Database, kind: Kind): number =>
  db.get<{ last: number | null }>(`SELECT max(id) AS last FROM (${foundIn(kind)}) WHERE id <= ?`, MAX_HIGHEST_ID)!
    .last ?? 0;

/** Such ids in JSON, by kind: a snapshot has rows that are nowhere else and may come back. */
function inDocuments(db: Database): Map<Kind, Set<number>> {
  const found = new Map(KINDS.map((kind) => [kind, new Set<number>()]));
  const note = (kind: Kind | undefined, id: number) => {
    if (kind !== undefined && id > MAX_HIGHEST_ID) found.get(kind)!.add(id);
    return id;
  };
  for (const place of DOCUMENTS) {
    const [table, column] = place.split('.');
    for (const [text] of db.rows<[string]>(
      `SELECT ${column} FROM ${table} WHERE ${column} IS NOT NULL AND json_valid(${column})`,
    ))
      walkedIn(JSON.parse(text), place, note);
  }
  for (const said of mutationsIn(db)) walkedSaid(said, note);
  return found;
}

/** Mutations as they are stored. */
export function mutationsIn(db: Database): (Said & { id: string })[] {
  const rows = db.rows<[id: string, mutation: string, targets: string, result: string]>(
    `SELECT id, intent, ifnull(targets, 'null'), verdict FROM intents WHERE json_valid(intent) AND json_valid(verdict) AND (targets IS NULL OR json_valid(targets))`,
  );
  return rows.map(([id, mutation, targets, result]) => ({
    id,
    intent: JSON.parse(mutation) as Said['intent'],
    targets: JSON.parse(targets) as unknown,
    verdict: JSON.parse(result) as unknown,
  }));
}

/** Where a number stands: under which names, the innermost first, and in what. */
interface At {
  key: string;
  parent: string;
  grandparent: string;
  container: Record<string, unknown>;
}

const TOP: At = { key: '', parent: '', grandparent: '', container: {} };

type Renamed = (kind: Kind | undefined, id: number) => number;

/** A document with every id in it given another; months have lists of an id with its count. */
function walkedIn(document: unknown, place: DocumentPlace, renamed: Renamed): unknown {
  const paired = (pair: [number, number], at: At): [number, number] => [renamed(COUNTED[at.key], pair[0]), pair[1]];
  return walked(document, (id, at) => renamed(kindIn(place, at), id), place.startsWith('rollups.') ? paired : null);
}

/** The same of what a person said. */
const walkedSaid = (said: Said, renamed: Renamed): Said =>
  walked(said, (id, at) => renamed(kindSaid(said, at), id), null) as Said;

/** A value with every number in it, and every text that is a whole number, given another. @param paired for lists of two numbers. */
function walked(
  value: unknown,
  renamed: (id: number, at: At) => number,
  paired: ((pair: [number, number], at: At) => [number, number]) | null,
  at: At = TOP,
): unknown {
  if (typeof value === 'number') return renamed(value, at);
  if (typeof value === 'string') return /^[1-9]\d{0,15}$/.test(value) ? String(renamed(Number(value), at)) : value;
  if (Array.isArray(value))
    return paired !== null && isPair(value)
      ? paired(value, at)
      : value.map((each) => walked(each, renamed, paired, at));
  if (typeof value !== 'object' || value === null) return value;
  const container = value as Record<string, unknown>;
  return Object.fromEntries(
    Object.entries(container).map(([key, each]) => [
      key,
      walked(each, renamed, paired, { key, parent: at.key, grandparent: at.parent, container }),
    ]),
  );
}

function kindIn(place: DocumentPlace, { key, parent, grandparent }: At): Kind | undefined {
  if (key !== 'id') return KEYS[key];
  return parent === '' || grandparent === ''
    ? (ROWS[parent === '' ? place : `${place}/${parent}`] ?? ROWS[parent])
    : ROWS[parent];
}

function kindSaid({ intent: mutation }: Said, { key, parent, container }: At): Kind | undefined {
  // What is created otherwise is an album.
  const united = UNITED.get(mutation.kind) ?? 'albums';
  if (parent === 'verdict') return key === 'created' ? united : undefined;
  if (parent === 'targets' || key === 'id') return key === 'id' ? TARGETS[String(container.kind)] : SAID[key];
  return key === 'from' || key === 'into' ? united : SAID[key];
}

const isPair = (value: readonly unknown[]): value is [number, number] =>
  value.length === 2 && value.every((each) => typeof each === 'number');
