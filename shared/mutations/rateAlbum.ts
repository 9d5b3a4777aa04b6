import * as v from 'valibot';
import { DocumentId, Rating } from '../primitives/identifiers.ts';
import { defineMutation } from './definition.ts';

export const rateAlbum = defineMutation({
  schema: v.object({ kind: v.literal('rate-album'), albumId: DocumentId, rating: Rating }),
  shownIn: ['albums'],
  conflictKey: { name: 'rating', entity: 'album', id: ({ albumId }) => albumId },
  targets: ({ albumId }, shown) => [shown.album(albumId)],
  rating: ({ rating }) => rating,
  optimistic: ({ ratings }, { albumId, rating }) => void ratings.set(albumId, rating),
  ownNames: ({ albumId }) => [albumId],
});
