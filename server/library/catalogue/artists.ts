import { displayName, identityKey } from '#shared/matching/identity.ts';
import { sortName } from '#shared/matching/sortName.ts';
import { type Core, isoNow } from '../core.ts';

/** What a source knows of an artist beside the name; fills what is empty. */
export interface ArtistFacts {
  mbid?: string;
  lastfmUrl?: string;
}

export interface ArtistRow {
  id: number;
  name: string;
  name_key: string;
  lastfm_url: string | null;
  mbid: string | null;
}

/** The artist whose name or alias this is, whatever its case and the Unicode form of its accents. */
export function findArtist(core: Core, name: string): ArtistRow | undefined {
  const key = identityKey(name);
  return (
    core.db.get<ArtistRow>('SELECT id, name, name_key, lastfm_url, mbid FROM artists WHERE name_key = ?', key) ??
    core.db.get<ArtistRow>(
      `SELECT artists.id, artists.name, artists.name_key, lastfm_url, mbid FROM artist_aliases
       JOIN artists ON artists.id = artist_id WHERE artist_aliases.name_key = ?`,
      key,
    )
  );
}

/** The artist of this name, made if there is none yet. */
export function artistNamed(core: Core, name: string, facts: ArtistFacts = {}): ArtistRow {
  const found = findArtist(core, name);
  if (found === undefined) return createArtist(core, name, facts);
  if (facts.lastfmUrl !== undefined && found.lastfm_url === null) {
    found.lastfm_url = facts.lastfmUrl;
    core.db.run('UPDATE artists SET lastfm_url = ?, updated_at = ? WHERE id = ?', facts.lastfmUrl, isoNow(core), found.id);
    core.feed.touch('artists', found.id);
  }
  if (facts.mbid !== undefined && found.mbid === null) {
    found.mbid = facts.mbid;
    core.db.run('UPDATE artists SET mbid = ? WHERE id = ?', facts.mbid, found.id);
  }
  return found;
}

function createArtist(core: Core, name: string, facts: ArtistFacts): ArtistRow {
  const now = isoNow(core);
  const key = identityKey(name);
  const { lastId } = core.db.run(
    'INSERT INTO artists (name, name_key, sort_name, lastfm_url, mbid, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?)',
    name,
    key,
    sortName(displayName(name)),
    facts.lastfmUrl,
    facts.mbid,
    now,
    now,
  );
  core.feed.touch('artists', lastId);
  core.search.put('artists', lastId, [displayName(name)]);
  return { id: lastId, name, name_key: key, lastfm_url: facts.lastfmUrl ?? null, mbid: facts.mbid ?? null };
}
