import { displayName } from '#shared/matching/identity.ts';
import { findArtist } from '../catalogue/artists.ts';
import { joinTwins, mergeArtists } from '../curation/mergeArtists.ts';
import type { Core } from '../core.ts';

/**
 * Makes an artist one with whom today's rule takes for the same by their name, unless what other services know them by says that they
 * are two. It can be taken back as any merge can.
 */
export function joinNamesake(core: Core, id: number): void {
  const row = (of: number) =>
    core.db.get<{ name: string; discogs_id: string | null; mbid: string | null }>(
      'SELECT name, discogs_id, mbid FROM artists WHERE id = ?',
      of,
    );
  const artist = row(id);
  const bearer = artist && findArtist(core, displayName(artist.name));
  if (bearer === undefined || bearer.id === id) return;
  const other = row(bearer.id)!;
  const differ = (key: 'discogs_id' | 'mbid') =>
    artist![key] !== null && other[key] !== null && artist![key] !== other[key];
  if (!differ('discogs_id') && !differ('mbid')) mergeArtists(core, id, bearer.id);
}

/** Makes one of an artist's tracks without album that have one title by today's rule. */
export const joinSameTitled = (core: Core, id: number): unknown => joinTwins(core, id, new Set());
