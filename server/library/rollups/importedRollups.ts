import { redirectRollup, type IdRedirects } from '#shared/analytics/redirectRollup.ts';
import type { MonthlyRollup } from '#shared/analytics/rollup.ts';
import { type Core, isoNow, listed } from '../core.ts';
import { tracksOf } from './trackFacts.ts';

/*
 * Figures that came without their archive, from a device that the library was brought back from. They are stored as they were given,
 * under the ids that they named then, and shown under those of today: so they follow merges, and after a split count again for what
 * they named before. What was merged into another before they were given cannot be separated, and stays with the one that it became.
 */

/** What was given of a month. */
export function importedRollup({ db }: Core, month: string): MonthlyRollup | undefined {
  const base = db.get<{ base: string | null }>('SELECT base FROM rollups WHERE id = ?', month)?.base ?? null;
  return base === null ? undefined : (JSON.parse(base) as MonthlyRollup);
}

/** Keeps what was given of a month; null for nothing any more. Inside a transaction, and to be followed by counting the month anew. */
export function storeImportedRollup(core: Core, month: string, figures: MonthlyRollup | null): void {
  const base = figures && JSON.stringify(figures);
  if (base === null) core.db.run('UPDATE rollups SET base = NULL WHERE id = ?', month);
  else
    core.db.run(
      'INSERT INTO rollups (id, document, base, updated_at) VALUES (?1, ?2, ?2, ?3) ON CONFLICT (id) DO UPDATE SET base = ?2',
      month,
      base,
      isoNow(core),
    );
  const tracks = listed(
    figures === null ? [] : [...figures.tracks.map(([id]) => id), ...(countsUnnamed(core, figures) ? [UNNAMED] : [])],
  );
  core.db.run(
    'DELETE FROM given_plays WHERE month = ?1 AND track_id NOT IN (SELECT value FROM json_each(?2))',
    month,
    tracks,
  );
  core.db.run(
    'INSERT OR IGNORE INTO given_plays (track_id, month) SELECT value, ?1 FROM json_each(?2) WHERE true',
    month,
    tracks,
  );
}

/** Stands among a month's tracks for all those that the library does not know: whatever becomes another may be what these are of. */
export const UNNAMED = 0;

function countsUnnamed({ db }: Core, { listens, tracks }: MonthlyRollup): boolean {
  if (listens > tracks.reduce((sum, [, count]) => sum + count, 0)) return true;
  return db.get(UNKNOWN_AMONG, listed(tracks.map(([id]) => id))) !== undefined;
}

const UNKNOWN_AMONG = `SELECT 1 FROM json_each(?) AS counted WHERE NOT EXISTS (
  SELECT 1 FROM tracks WHERE id = ifnull((SELECT former_ids.id FROM former_ids WHERE kind = 'track' AND former_id = counted.value), counted.value)) LIMIT 1`;

export const hasImportedRollups = ({ db }: Core): boolean =>
  db.get('SELECT 1 FROM rollups WHERE base IS NOT NULL LIMIT 1') !== undefined;

/** What given figures come to by what the library says of their tracks today. */
export function importedRollupToday(core: Core, given: MonthlyRollup): MonthlyRollup {
  const ids = idRedirectsOf(core, given);
  return redirectRollup(
    given,
    ids,
    tracksOf(
      core,
      given.tracks.map(([id]) => ids.track(id)),
    ),
  );
}

/** By which ids goes today what these figures name. */
export function idRedirectsOf({ db }: Core, { tracks, albums, artists }: MonthlyRollup): IdRedirects {
  const today = (sql: string, counted: MonthlyRollup['tracks']) =>
    new Map(db.rows<[number, number | null]>(sql, listed(counted.map(([id]) => id))));
  const [tracksNow, albumsNow, artistsNow] = [today(TRACKS, tracks), today(ALBUMS, albums), today(ARTISTS, artists)];
  return {
    track: (id) => tracksNow.get(id) ?? id,
    album: (id) => albumsNow.get(id) ?? null,
    artist: (id) => artistsNow.get(id) ?? null,
  };
}

const TRACKS = `SELECT former_id, id FROM former_ids WHERE kind = 'track' AND former_id IN (SELECT value FROM json_each(?))`;
const ALBUMS = `SELECT value, (SELECT id FROM albums WHERE id = ifnull((SELECT album_id FROM album_merges WHERE former_id = value), value)) FROM json_each(?)`;
const ARTISTS = `SELECT value, (SELECT id FROM artists WHERE id = ifnull((SELECT artist_id FROM artist_aliases WHERE former_id = value), value)) FROM json_each(?)`;
