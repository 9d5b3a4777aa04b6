import { identityKey } from '#shared/matching/identity.ts';
import { type Core, isoNow } from '../core.ts';
import { indexArtist } from '../catalogue/reindex.ts';
import type { MutationHandler } from './definition.ts';
import { artistNamedBy, refuse } from './targets.ts';

/** Other names of an artist: whatever is reported under them from now on is theirs. */
export const aliasArtist: MutationHandler<'alias-artist'> = {
  retarget: (mutation, resolver) => ({ ...mutation, artistId: resolver.artist(mutation.artistId) }),
  apply(core, { artistId, name, remove = false }) {
    const id = artistNamedBy(core, artistId);
    if (remove) dropAlias(core, id, name);
    else addAlias(core, id, name);
    indexArtist(core, id);
    core.feed.touch('artists', id);
    return { seenIn: 'artists' };
  },
};

function addAlias(core: Core, artistId: number, name: string): void {
  const key = identityKey(name);
  const bearer = core.db.get<{ id: number }>('SELECT id FROM artists WHERE name_key = ?', key);
  if (bearer?.id === artistId) return;
  if (bearer !== undefined) refuse('artist-exists', `"${name}" is an artist of the library: merge the two instead.`);
  const taken = core.db.get<{ artist_id: number }>('SELECT artist_id FROM artist_aliases WHERE name_key = ?', key);
  if (taken !== undefined && taken.artist_id !== artistId)
    refuse('alias-taken', `"${name}" is already another name of a different artist.`);
  core.db.run(
    'INSERT OR IGNORE INTO artist_aliases (name_key, name, artist_id, created_at) VALUES (?, ?, ?, ?)',
    key,
    name,
    artistId,
    isoNow(core),
  );
}

/** Only names given manually; a merged artist is taken out by splitting. */
function dropAlias(core: Core, artistId: number, name: string): void {
  core.db.run(
    'DELETE FROM artist_aliases WHERE name_key = ? AND artist_id = ? AND former_id IS NULL',
    identityKey(name),
    artistId,
  );
}
