import type { ArtistDocument } from '#shared/library/artist.ts';
import { isGivableId } from '#shared/primitives/identifiers.ts';
import { displayName, identityKey } from '#shared/matching/identity.ts';
import { sortName } from '#shared/matching/sortName.ts';
import { findArtist } from '../catalogue/artists.ts';
import { indexArtist } from '../catalogue/reindex.ts';
import { type Core, isoNow } from '../core.ts';
import { artistOf, isFreeArtist } from './credits.ts';
import { type ForeignIds, idOfFormer, numberOf } from './ids.ts';
import { bearName, freeAlias, freeForAlias, storedName, undisplayed } from './names.ts';
import { takePictures } from './pictures.ts';
import { takeTracks } from './tracks.ts';

/** @returns true when the library lacked something of it. */
export function takeArtist(core: Core, ids: ForeignIds, document: ArtistDocument): boolean {
  const { id, isNew } = artistOf(core, ids, document);
  const changes = [
    isNew,
    fill(core, id, document),
    document.discogsId !== undefined && bearName(core, ids, id, storedName(document)),
    takeAliases(core, ids, id, document),
    takePictures(core, { artistId: id }, document.images).size > 0,
    takeTracks(
      core,
      ids,
      { albumId: null, artistId: id, isNew: false, names: [document.name], merged: [] },
      document.tracks,
    ),
  ];
  if (!changes.includes(true)) return false;
  indexArtist(core, id);
  core.feed.touch('artists', id);
  return true;
}

function fill(core: Core, id: number, { name, sortName: sorted, lastfmUrl, discogsId }: ArtistDocument): boolean {
  const byRule = undisplayed(sortName(name));
  const renamed = core.db.run(
    'UPDATE artists SET sort_name = ?1 WHERE id = ?2 AND sort_name = ?3 AND sort_name <> ?1',
    undisplayed(sorted),
    id,
    byRule,
  );
  const found =
    lastfmUrl === undefined
      ? 0
      : core.db.run('UPDATE artists SET lastfm_url = ? WHERE id = ? AND lastfm_url IS NULL', lastfmUrl, id).changes;
  const numbered = core.db.run(
    `UPDATE artists SET discogs_id = ?1 WHERE id = ?2 AND discogs_id IS NULL AND ?1 IS NOT NULL AND NOT EXISTS (SELECT 1 FROM artists WHERE discogs_id = ?1)`,
    discogsId,
    id,
  );
  return renamed.changes + found + numbered.changes > 0;
}

/** Other names that lead here. What a merged artist had before is not known, so that one cannot be taken out again. */
function takeAliases(core: Core, ids: ForeignIds, artistId: number, { aliases = [] }: ArtistDocument): boolean {
  const known = core.db.rows<[name: string, former: number | null]>(
    'SELECT name, former_id FROM artist_aliases WHERE artist_id = ?',
    artistId,
  );
  const isKnown = (theirs: number | null, name: string) =>
    known.some(
      ([aliasName, of]) =>
        (theirs === null || isGivableId(theirs) ? of === theirs : of !== null) && displayName(aliasName) === name,
    );
  let after = '';
  let changed = false;
  for (const { id, discogsId, ...named } of aliases) {
    const { name } = named;
    const theirs = id === undefined ? null : numberOf(id);
    const isOwn = theirs !== null && isGivableId(theirs);
    if (isKnown(theirs, name)) {
      const { changes } = core.db.run(
        'UPDATE artist_aliases SET discogs_id = ?1 WHERE former_id = ?2 AND artist_id = ?3 AND discogs_id IS NULL AND ?1 IS NOT NULL',
        discogsId,
        theirs,
        artistId,
      );
      changed ||= changes > 0;
      continue;
    }
    if (isOwn && !isFreeArtist(core, theirs)) continue;
    // A name given manually that leads to somebody else by now is theirs.
    // Replicas of earlier versions do not say under which spelling of it.
    const own = discogsId !== undefined && freeForAlias(core, ids, storedName(named)) ? storedName(named) : undefined;
    if (theirs === null && own === undefined && findArtist(core, name) !== undefined) continue;
    const former = theirs === null ? null : idOfFormer(core, 'artists', theirs);
    const alias = own ?? freeAlias(core, name, after);
    after = identityKey(alias);
    core.db.run(
      'INSERT INTO artist_aliases (name_key, name, artist_id, former_id, discogs_id, created_at) VALUES (?, ?, ?, ?, ?, ?)',
      after,
      alias,
      artistId,
      former,
      discogsId,
      isoNow(core),
    );
    changed = true;
  }
  return changed;
}
