import { type Core, isoNow, listed } from '../core.ts';
import { heardKey } from '../catalogue/albums.ts';
import { resolveAlbumId } from './redirects.ts';
import { albumMerge, survivorsOf, takeOut } from './unmergeAlbums.ts';
import { artistMerge, artistMergesAfter, noteGoneAlong, takeOutArtist } from './unmergeArtists.ts';
import { type ArtistSnapshot, creditedTracks } from './mergeArtists.ts';
import type { Undone } from './mergeOrder.ts';
import { sayAgain } from './mergeTracks.ts';
import { attachLater } from './reattach.ts';

/*
 * What a merge took is known as it was before that merge. So one is undone exactly when nothing that came later stands in its way:
 * later merges of the same albums and artists are undone first, the last one first, and made again afterwards. What a person or a
 * service said in the meantime stays said.
 */

interface Merge {
  kind: 'artist' | 'album';
  former: number;
  into: number;
}

/**
 * Takes a merged album out again, as it was, and resolves whose plays are whose from the evidence. Matching never joins the
 * two again.
 *
 * @returns false when `former` is no album that was merged into `into`.
 */
export function splitAlbum(core: Core, former: number, into: number): boolean {
  const merge = albumMerge(core, former);
  if (merge?.album_id !== into) return false;
  const survivors = survivorsOf(core, merge);
  undo(core, { kind: 'album', former, into }, merge.nth, () => {
    const artist = core.db.get<{ name_key: string }>(
      'SELECT name_key FROM album_artist JOIN artists ON artists.id = artist_id WHERE album_id = ? ORDER BY position LIMIT 1',
      former,
    );
    const key = heardKey(artist?.name_key ?? '', merge.title_key);
    for (const other of survivors)
      core.db.run(
        'INSERT OR IGNORE INTO album_apart (one, other, created_at) VALUES (?, ?, ?)',
        key,
        other,
        isoNow(core),
      );
  });
  return true;
}

/** Takes a merged artist out again, with who had become one with them before. @returns false when `former` was not merged into `into`. */
export function splitArtist(core: Core, former: number, into: number): boolean {
  const merge = artistMerge(core, former);
  if (merge?.artist_id !== into) return false;
  undo(core, { kind: 'artist', former, into }, merge.nth, () => noteGoneAlong(core, former, into));
  return true;
}

/** @param separate what follows from its being undone alone. */
function undo(core: Core, merge: Merge, nth: number, separate: () => void): void {
  const later = laterOnes(core, merge, nth);
  const all = [merge, ...later];
  const heard = new Set([
    ...creditedTracks(
      core,
      all.flatMap(({ kind, into }) => (kind === 'artist' ? [into] : [])),
    ),
    ...core.db
      .rows<[number]>(
        'SELECT id FROM tracks WHERE album_id IN (SELECT value FROM json_each(?))',
        listed(all.flatMap(({ kind, into }) => (kind === 'album' ? [into] : []))),
      )
      .map(([id]) => id),
  ]);
  const attach = attachLater(core, [...heard]);
  const places = core.db.rows<[id: number, album: number, number: number | null, position: string | null]>(
    'SELECT id, album_id, track_number, position FROM tracks WHERE album_id IS NOT NULL AND id IN (SELECT value FROM json_each(?))',
    listed(later.length === 0 ? [] : heard),
  );
  const undone = later.flatMap((one) => takenOut(core, one) ?? []);
  takenOut(core, merge);
  separate();
  for (const { redo } of undone.toReversed()) redo();
  for (const said of undone.toReversed().flatMap(({ tracks }) => tracks)) sayAgain(core, said);
  for (const [id, album, number, position] of places)
    core.db.run(
      'UPDATE tracks SET track_number = ?, position = ? WHERE id = ? AND album_id = ?',
      number,
      position,
      id,
      album,
    );
  attach();
}

const takenOut = (core: Core, { kind, former }: Merge): Undone | undefined =>
  kind === 'artist' ? takeOutArtist(core, former) : takeOut(core, former);

/** What a merge is about: artists and albums by their ids then and today. */
interface Scope {
  artists: Set<number>;
  albums: Set<number>;
  /** Artists of albums that are part of another: whoever of them becomes one with another is so on those as well. */
  credited: Set<number>;
}

/** Later merges that stand in the way of undoing this one, the last one first. */
function laterOnes(core: Core, merge: Merge, nth: number): Merge[] {
  let artists = artistMergesAfter(core, nth).map(({ former_id: former, artist_id: into, nth: at, snapshot }) => ({
    merge: { kind: 'artist', former, into } as const,
    at,
    scope: scopeOfArtists(core, former, into, snapshot),
  }));
  // Albums that became one because their artists did go along with those.
  let albums = core.db
    .rows<[former: number, into: number, at: number]>(
      `SELECT former_id, album_id, nth FROM album_merges WHERE nth > ? AND reason <> 'artists-became-one'`,
      nth,
    )
    .map(([former, into, at]) => ({ merge: { kind: 'album', former, into } as const, at }));
  const scope = scopeOf(core, merge);
  const found: { merge: Merge; at: number }[] = [];
  const isNear = ({ artists: ofArtists, albums: ofAlbums }: Scope, former: number) =>
    meets(ofArtists, scope.artists) || meets(ofAlbums, scope.albums) || scope.credited.has(former);
  for (let size = -1; size !== found.length;) {
    size = found.length;
    const [near, far] = partition(artists, (one) => isNear(one.scope, one.merge.former));
    const [beside, away] = partition(
      albums,
      (one) => scope.albums.has(one.merge.former) || scope.albums.has(one.merge.into),
    );
    [artists, albums] = [far, away];
    for (const one of near) widen(scope, one.scope);
    for (const one of beside) widen(scope, scopeOf(core, one.merge));
    found.push(...near, ...beside);
  }
  return found.sort((one, other) => other.at - one.at).map((one) => one.merge);
}

function partition<T>(items: readonly T[], is: (item: T) => boolean): [T[], T[]] {
  return [items.filter(is), items.filter((item) => !is(item))];
}

const meets = (one: ReadonlySet<number>, other: ReadonlySet<number>): boolean => [...one].some((id) => other.has(id));

function widen(scope: Scope, by: Scope): void {
  for (const key of ['artists', 'albums', 'credited'] as const) for (const id of by[key]) scope[key].add(id);
}

function scopeOf(core: Core, { kind, former, into }: Merge): Scope {
  if (kind === 'artist') return scopeOfArtists(core, former, into, artistMerge(core, former)?.snapshot);
  const { artists = [], trackArtists = [] } = albumMerge(core, former)?.snapshot ?? {};
  return {
    artists: new Set(),
    albums: new Set([former, into]),
    credited: new Set([...artists, ...trackArtists].map((row) => Number(row.artist_id))),
  };
}

function scopeOfArtists(core: Core, former: number, into: number, snapshot: ArtistSnapshot | undefined): Scope {
  const albums = [
    ...(snapshot?.albumArtist ?? []).map((row) => Number(row.album_id)),
    ...(snapshot?.albums ?? []).flat(),
  ];
  const onAlbums = core.db.rows<[number]>(
    `SELECT DISTINCT album_id FROM json_each(?) AS credited LEFT JOIN former_ids ON former_ids.kind = 'track' AND former_id = credited.value
       JOIN tracks ON tracks.id = ifnull(former_ids.id, credited.value) WHERE album_id IS NOT NULL`,
    listed((snapshot?.trackArtist ?? []).map((row) => Number(row.track_id))),
  );
  const today = albums.flatMap((id) => resolveAlbumId(core, id) ?? []);
  return {
    artists: new Set([former, into]),
    albums: new Set([...albums, ...today, ...onAlbums.map(([id]) => id)]),
    credited: new Set(),
  };
}
