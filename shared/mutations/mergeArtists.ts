import * as v from 'valibot';
import { DocumentId } from '../primitives/identifiers.ts';
import { defineMutation } from './definition.ts';

/** Two artists are one: `from` becomes part of `into`. Undone by {@link splitArtist} of the same. */
export const mergeArtists = defineMutation({
  schema: v.object({ kind: v.literal('merge-artists'), from: DocumentId, into: DocumentId }),
  shownIn: ['artists', 'albums'],
  unites: 'artist',
  conflictKey: null,
  targets: ({ from, into }, shown) => [shown.artist(from), shown.artist(into)],
  optimistic: ({ hiddenArtists }, { from }) => void hiddenArtists.add(from),
});

export const splitArtist = defineMutation({
  schema: v.object({ kind: v.literal('split-artist'), from: DocumentId, into: DocumentId }),
  shownIn: ['artists', 'albums'],
  unites: 'artist',
  conflictKey: null,
  targets: ({ from, into }, shown) => [shown.artist(from) ?? shown.formerArtist(from, into), shown.artist(into)],
  optimistic: ({ hiddenArtists }, { from }) => void hiddenArtists.delete(from),
});
