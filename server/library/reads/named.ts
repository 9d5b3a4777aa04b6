import { splitCredits } from '#shared/matching/credits.ts';
import { textKey } from '#shared/matching/identity.ts';
import { albumKey, type AlbumRow, findAlbums, type HeardAlbum } from '../catalogue/albums.ts';
import { findArtist } from '../catalogue/artists.ts';
import { recordings } from '../catalogue/recordings.ts';
import type { Reads } from '../api/reads.ts';
import type { Core } from '../core.ts';

/** What a play under these names would be filed under, as far as it is in the library; see `Reads.named` of the contract. */
export function named(core: Core, { artist, title, album }: Parameters<Reads['named']>[0]): ReturnType<Reads['named']> {
  const mainArtist = findArtist(core, splitCredits(artist).primary);
  if (mainArtist === undefined) return { trackId: null, albumId: null };
  const known = recordings(core, mainArtist.id, textKey(title));
  if (album === null) return { trackId: known[0]?.id ?? null, albumId: known[0]?.album_id ?? null };
  const heard: HeardAlbum = { title: album, artists: [mainArtist], mbid: null };
  const filed: AlbumRow | undefined = findAlbums(core, [heard]).get(albumKey(heard));
  if (filed === undefined) return { trackId: null, albumId: null };
  return { trackId: known.find(({ album_id }) => album_id === filed.id)?.id ?? null, albumId: filed.id };
}
