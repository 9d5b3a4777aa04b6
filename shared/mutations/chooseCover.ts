import * as v from 'valibot';
import { DocumentId, Whole } from '../primitives/identifiers.ts';
import { defineMutation } from './definition.ts';

export const chooseCover = defineMutation({
  schema: v.object({ kind: v.literal('choose-cover'), albumId: DocumentId, imageId: Whole }),
  shownIn: ['albums'],
  conflictKey: { name: 'cover', entity: 'album', id: ({ albumId }) => albumId },
  targets: ({ albumId, imageId }, shown) => [shown.album(albumId), shown.image(imageId, albumId)],
  optimistic: ({ covers }, { albumId, imageId }) => void covers.set(albumId, imageId),
  ownNames: ({ albumId }) => [albumId],
});
