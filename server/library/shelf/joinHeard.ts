import { displayName } from '#shared/matching/identity.ts';
import type { MatchResult } from '#shared/matching/matchResult.ts';
import { compareAlbums } from '#shared/matching/sameAlbum.ts';
import { heardKey } from '../catalogue/albums.ts';
import { mergeAlbums } from '../curation/mergeAlbums.ts';
import type { Core } from '../core.ts';

interface Candidate {
  id: number;
  title: string;
  title_key: string;
  owned: number;
}

const CANDIDATE = `albums.id, title, title_key, EXISTS (SELECT 1 FROM copies WHERE copies.album_id = albums.id) AS owned`;

/**
 * Makes one album of a heard and an owned one wherever matching is sure that they are the same. A person's decision that two are
 * not one is remembered, and each join says why and can be taken back.
 *
 * @param id an album that is new or changed, owned or heard.
 */
export function joinHeard(core: Core, id: number): void {
  const album = core.db.get<Candidate>(`SELECT ${CANDIDATE} FROM albums WHERE id = ?`, id);
  if (!album) return;
  const others = core.db
    .all<Candidate>(
      `SELECT DISTINCT ${CANDIDATE} FROM albums JOIN album_artist ON album_artist.album_id = albums.id
       WHERE albums.id <> ?1 AND artist_id IN (SELECT artist_id FROM album_artist WHERE album_id = ?1) ORDER BY albums.id`,
      id,
    )
    .filter(({ owned }) => owned !== album.owned);
  if (album.owned === 1) for (const heard of others) joinPair(core, heard, album);
  else others.some((owned) => joinPair(core, album, owned));
}

/** @returns true when they are one now. */
function joinPair(core: Core, heard: Candidate, owned: Candidate): boolean {
  if (isRetained(core, heard.id)) return false;
  const artists = artistsOf(core, heard.id);
  const separated = core.db.get(
    'SELECT 1 FROM album_apart WHERE one = ? AND other = ?',
    heardKey(artists[0]?.name_key ?? '', heard.title_key),
    owned.id,
  );
  if (separated !== undefined) return false;
  const match = compareStoredAlbums(core, heard, owned);
  if (match.decision !== 'same') return false;
  const because = match.reasons.filter(({ weight }) => weight > 0).map(({ code }) => code);
  mergeAlbums(core, heard.id, owned.id, { isManual: false, reason: ['same-record', ...because].join(' ') });
  return true;
}

/** Whether two albums are one, from their titles, artists and tracks alone. */
export function compareStoredAlbums(
  core: Core,
  one: Pick<Candidate, 'id' | 'title'>,
  other: Pick<Candidate, 'id' | 'title'>,
): MatchResult {
  const described = ({ id, title }: Pick<Candidate, 'id' | 'title'>) => ({
    title,
    artist: credit(artistsOf(core, id)),
    tracks: titlesOf(core, id),
  });
  return compareAlbums(described(one), described(other));
}

/** A release of its own, or a manual one, is not only known from reports: only a person may merge it into another. */
function isRetained(core: Core, id: number): boolean {
  return core.db.get('SELECT 1 FROM albums WHERE id = ? AND (discogs_id IS NOT NULL OR by_hand = 1)', id) !== undefined;
}

const artistsOf = (core: Core, id: number) =>
  core.db.all<{ name: string; name_key: string }>(
    'SELECT name, name_key FROM album_artist JOIN artists ON artists.id = artist_id WHERE album_id = ? ORDER BY position',
    id,
  );
const credit = (artists: readonly { name: string }[]) => artists.map(({ name }) => displayName(name)).join(', ');
const titlesOf = (core: Core, id: number) =>
  core.db
    .all<{ title: string }>(`SELECT title FROM tracks WHERE album_id = ? AND kind IS NOT 'heading' LIMIT 100`, id)
    .map(({ title }) => title);
