import * as v from 'valibot';
import { DocumentId } from '../primitives/identifiers.ts';
import { defineMutation } from './definition.ts';

/** Two albums are one: `from` becomes part of `into`. Undone by {@link splitAlbum} of the same. */
export const mergeAlbums = defineMutation({
  schema: v.object({ kind: v.literal('merge-albums'), from: DocumentId, into: DocumentId }),
  shownIn: ['albums', 'journal'],
  unites: 'album',
  conflictKey: null,
  targets: ({ from, into }, shown) => [shown.album(from), shown.album(into)],
  optimistic: ({ hiddenAlbums }, { from }) => void hiddenAlbums.add(from),
  ownNames: ({ from, into }) => [from, into],
});

export const splitAlbum = defineMutation({
  schema: v.object({ kind: v.literal('split-album'), from: DocumentId, into: DocumentId }),
  shownIn: ['albums', 'journal'],
  unites: 'album',
  conflictKey: null,
  targets: ({ from, into }, shown) => [shown.album(from) ?? shown.formerAlbum(from, into), shown.album(into)],
  optimistic: ({ hiddenAlbums }, { from }) => void hiddenAlbums.delete(from),
  ownNames: ({ from, into }) => [from, into],
});
