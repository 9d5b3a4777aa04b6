import type { ArtistDocument } from '#shared/library/artist.ts';
import { isGivableId } from '#shared/primitives/identifiers.ts';
import type { Credit } from '#shared/library/track.ts';
import { displayName, identityKey } from '#shared/matching/identity.ts';
import { sortName } from '#shared/matching/sortName.ts';
import { artistNumbered, findArtist } from '../catalogue/artists.ts';
import { type Core, isoNow } from '../core.ts';
import { type ForeignIds, numberOf } from './ids.ts';
import { freeName, undisplayed } from './names.ts';

/** The artists of a list of credits; those that were not given yet are made from what the credit says and completed later. */
export function creditedArtists(core: Core, ids: ForeignIds, credits: readonly Credit[]): number[] {
  return credits.map((credit) => artistOf(core, ids, credit).id);
}

/** Credits of an album or track that has none yet, in their order; an artist is credited once. */
export function writeCredits(
  core: Core,
  owner: 'album' | 'track',
  ownerId: number,
  credits: readonly Credit[],
  artists: readonly number[],
): void {
  credits.forEach(({ creditedAs, join }, position) =>
    core.db.run(
      `INSERT OR IGNORE INTO ${owner}_artist (${owner}_id, artist_id, position, credited_as, join_phrase) VALUES (?, ?, ?, ?, ?)`,
      ownerId,
      artists[position],
      position,
      creditedAs === undefined ? null : undisplayed(creditedAs),
      join,
    ),
  );
}

/** The artist here that a credit or document of a replica means; made where there is none. */
export function artistOf(
  core: Core,
  ids: ForeignIds,
  { id, name, discogsId }: Pick<ArtistDocument, 'id' | 'name' | 'discogsId'>,
): { id: number; isNew: boolean } {
  const theirs = numberOf(id);
  const given = ids.of('artist', theirs);
  if (given !== undefined && isThere(core, given)) return { id: given, isNew: false };
  const known = knownArtist(core, ids, theirs, { name, discogsId });
  const ours = known ?? createArtist(core, isGivableId(theirs) && isFreeArtist(core, theirs) ? theirs : null, name);
  ids.keep('artist', theirs, ours);
  return { id: ours, isNew: known === undefined };
}

const isThere = (core: Core, id: number): boolean =>
  core.db.get('SELECT 1 FROM artists WHERE id = ?', id) !== undefined;

/**
 * The artist whom Discogs' number names; the one of this id who has the name; who that became one with; else the one of this name, when
 * it is nobody else of that life. Two of different numbers are never one.
 */
function knownArtist(
  core: Core,
  ids: ForeignIds,
  theirs: number,
  { name, discogsId = null }: Pick<ArtistDocument, 'name' | 'discogsId'>,
): number | undefined {
  const key = identityKey(name);
  const numbered = discogsId === null ? undefined : artistNumbered(core, discogsId);
  if (numbered !== undefined && (numbered.isFormer || !ids.isTaken('artist', numbered.id))) return numbered.id;
  const mayBe = (id: number) => !ids.isTaken('artist', id) && (discogsId === null || isUnnumbered(core, id));
  const same = core.db.get<{ name: string }>('SELECT name FROM artists WHERE id = ?', theirs);
  if (same !== undefined && identityKey(displayName(same.name)) === key && mayBe(theirs)) return theirs;
  const merged = core.db.get<{ artist_id: number; name: string }>(
    'SELECT artist_id, name FROM artist_aliases WHERE former_id = ?',
    theirs,
  );
  if (merged !== undefined && identityKey(displayName(merged.name)) === key) return merged.artist_id;
  const namesake = findArtist(core, name);
  return namesake !== undefined && mayBe(namesake.id) ? namesake.id : undefined;
}

const isUnnumbered = (core: Core, id: number): boolean =>
  core.db.get('SELECT 1 FROM artists WHERE id = ? AND discogs_id IS NULL', id) !== undefined;

/** True when no artist has or had this id. */
export const isFreeArtist = (core: Core, id: number): boolean =>
  core.db.get('SELECT 1 FROM artists WHERE id = ?1 UNION ALL SELECT 1 FROM artist_aliases WHERE former_id = ?1', id) ===
  undefined;

function createArtist(core: Core, id: number | null, name: string): number {
  const free = freeName(core, name);
  const now = isoNow(core);
  const { lastId } = core.db.run(
    'INSERT INTO artists (id, name, name_key, sort_name, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?)',
    id,
    free,
    identityKey(free),
    undisplayed(sortName(name)),
    now,
    now,
  );
  core.feed.touch('artists', lastId);
  core.search.put('artists', lastId, [name]);
  return lastId;
}
