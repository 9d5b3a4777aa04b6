import { type AlbumDocument, UNKNOWN_ALBUM } from '#shared/library/album.ts';
import type { ArtistDocument } from '#shared/library/artist.ts';
import type { MutationDocument } from '#shared/mutations/document.ts';
import { optimisticAlbum, optimisticArtist } from '../../library/optimisticDocuments.ts';
import { optimisticStateOf } from '../../library/optimisticState.ts';

/** Documents as a server has them; tests put none but the fields that they are about. */
interface Documents {
  albums: readonly { id: string }[];
  artists: readonly { id: string }[];
}

/**
 * The documents that a mutation changes, as it leaves them: what its definition shows on a device before the server has answered is what
 * a server makes of it.
 */
export function changedBy(mutation: MutationDocument, { albums, artists }: Documents): Documents {
  const state = optimisticStateOf([mutation], {});
  return {
    albums: albums.flatMap((document) => {
      const album: AlbumDocument = { ...UNKNOWN_ALBUM, ...document };
      const changed = optimisticAlbum(album, state);
      return changed === album ? [] : [changed];
    }),
    artists: artists.flatMap((document) => {
      const changed = optimisticArtist(document as ArtistDocument, state);
      return changed === document ? [] : [changed];
    }),
  };
}
