import type { Database } from './database.ts';
import { FURTHEST_MARK, WIDE_GAP } from './lives/givenIds.ts';

/** What has ids that anybody's word could raise. */
export const KINDS = ['artists', 'albums', 'tracks', 'listening_history', 'images', 'scrobbles'] as const;
export type Kind = (typeof KINDS)[number];

/** Where ids of a kind are found: those of what is there, and of what was. */
const FOUND: Record<Kind, string> = {
  artists: 'SELECT id FROM artists UNION SELECT former_id FROM artist_aliases WHERE former_id IS NOT NULL',
  albums: 'SELECT id FROM albums UNION SELECT former_id FROM album_merges',
  tracks: `SELECT id FROM tracks UNION SELECT former_id FROM former_ids WHERE kind = 'track'`,
  listening_history: `SELECT id FROM listening_history UNION SELECT listen_id FROM deleted_listens UNION SELECT listen_id FROM restored_listens
    UNION SELECT former_id FROM former_ids WHERE kind = 'listen'`,
  images: 'SELECT id FROM images',
  scrobbles: 'SELECT id FROM scrobbles',
};

/** Ids that no library comes to by itself, and those that take their places. */
export interface FarIds {
  /** How many there are, of all kinds. */
  size: number;
  of(kind: Kind): ReadonlyMap<number, number>;
  /** A JSON value with the new ids. @param place the column that holds it. */
  renamed(value: unknown, place: string): unknown;
}

/** @param marks what is known to be given, by table: the new ids begin well beyond these and what is there. */
export function farIdsIn(db: Database, marks: Readonly<Record<string, number>>): FarIds {
  const maps = new Map(KINDS.map((kind) => [kind, mapOf(db, kind, marks[kind] ?? 0)]));
  const of = (kind: Kind) => maps.get(kind)!;
  const idOf = (kind: Kind | undefined, value: number) => (kind === undefined ? value : (of(kind).get(value) ?? value));
  const renamed = (value: unknown, place: string, key = place, parent = place): unknown => {
    if (typeof value === 'number') return idOf(key === 'id' ? ROWS[parent] : KEYS[key], value);
    if (Array.isArray(value)) return place.startsWith('rollups.') && isPair(value) ? [idOf(COUNTED[key], value[0]), value[1]] : value.map((each) => renamed(each, place, key, parent));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, renamed(each, place, name, key)]));
  };
  return { size: [...maps.values()].reduce((sum, map) => sum + map.size, 0), of, renamed: (value, place) => renamed(value, place) };
}

function mapOf(db: Database, kind: Kind, mark: number): Map<number, number> {
  const far = db.rows<[number]>(`SELECT id FROM (${FOUND[kind]}) WHERE id > ? ORDER BY id`, FURTHEST_MARK);
  if (far.length === 0) return new Map();
  const { last } = db.get<{ last: number | null }>(`SELECT max(id) AS last FROM (${FOUND[kind]}) WHERE id <= ?`, FURTHEST_MARK)!;
  const first = Math.max(mark, last ?? 0) + WIDE_GAP + 1;
  return new Map(far.map(([id], index) => [id, first + index]));
}

/** Of what the `id` of a row is, by the list that it stands in. */
const ROWS: Record<string, Kind> = { album: 'albums', heir: 'albums', artist: 'artists', tracks: 'tracks', images: 'images', 'deleted_listens.listen': 'listening_history' };
/** Of what the ids are that stand under a name. `albums` and `merges` are of an artist's merge: former albums and what they became. */
const KEYS: Record<string, Kind> = { artist_id: 'artists', album_id: 'albums', track_id: 'tracks', cover_image_id: 'images', albums: 'albums', merges: 'albums' };
/** The same in the figures of a month, where each has its count beside it. */
const COUNTED: Record<string, Kind> = { tracks: 'tracks', albums: 'albums', artists: 'artists' };

const isPair = (value: readonly unknown[]): value is [number, number] => value.length === 2 && value.every((each) => typeof each === 'number');
