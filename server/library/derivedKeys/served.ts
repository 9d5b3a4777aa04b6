import { displayName } from '#shared/matching/identity.ts';
import { sortName } from '#shared/matching/sortName.ts';
import { indexAlbums, indexArtist, indexPlaylists, indexTracks } from '../catalogue/reindex.ts';
import { type Core, listed } from '../core.ts';
import { undisplayed } from '../rebuild/names.ts';
import { inSlices, type Pace } from '../../kit/slices.ts';
import { openRebuild, type Rebuild } from './rebuild.ts';

/** Makes anew what an earlier version of a rule made, while the library is served. */
export interface DerivedKeyRebuilds {
  /**
   * Makes a few hundred anew, a slice at a time. @returns false when there is nothing more.
   *
   * @throws the signal's reason, and {@link DatabaseUnavailable}; what is done is stored.
   */
  some(pace: Pace): Promise<boolean>;
}

export function openDerivedKeys(core: Core): DerivedKeyRebuilds {
  const rebuilds = [sortNames(core), searchTerms(core)];
  return {
    async some(pace) {
      for (const { key, waiting, make } of rebuilds) {
        const next = waiting();
        if (next === null) continue;
        await inSlices(next.ids, pace, (ids) => make(next.step, ids));
        if (waiting() === null) core.log.info('library.keys-rebuilt', { keys: key });
        return true;
      }
      return false;
    },
  };
}

const sortNames = (core: Core): Rebuild =>
  openRebuild(core.db, 'sort-name', [
    {
      ids: 'SELECT id FROM artists WHERE id > ?1 ORDER BY id LIMIT ?2',
      work(ids) {
        const rows = core.db.rows<[id: number, name: string, sorted: string]>(
          'SELECT id, name, sort_name FROM artists WHERE id IN (SELECT value FROM json_each(?))',
          listed(ids),
        );
        for (const [id, name, sorted] of rows) {
          const byRule = sortName(displayName(name));
          if (displayName(sorted) === byRule) continue;
          core.db.run('UPDATE artists SET sort_name = ? WHERE id = ?', undisplayed(byRule), id);
          core.feed.touch('artists', id);
        }
      },
    },
  ]);

const searchTerms = (core: Core): Rebuild =>
  openRebuild(core.db, 'search', [
    {
      ids: 'SELECT id FROM artists WHERE id > ?1 ORDER BY id LIMIT ?2',
      work: (ids) => ids.forEach((id) => indexArtist(core, id)),
    },
    {
      ids: 'SELECT id FROM albums WHERE id > ?1 ORDER BY id LIMIT ?2',
      work: (ids) => indexAlbums(core, ids),
    },
    {
      ids: "SELECT id FROM tracks WHERE id > ?1 AND kind IS NOT 'heading' ORDER BY id LIMIT ?2",
      work: (ids) => indexTracks(core, ids),
    },
    {
      ids: 'SELECT id FROM playlists WHERE id > ?1 AND deleted_at IS NULL ORDER BY id LIMIT ?2',
      work: (ids) => indexPlaylists(core, ids),
    },
  ]);
