import * as v from 'valibot';
import { DocumentId } from '../primitives/identifiers.ts';
import { named } from '../library/named.ts';
import { defineMutation } from './definition.ts';

/** Gives an artist another name, or takes it away again with `remove`. */
export const aliasArtist = defineMutation({
  schema: v.object({
    kind: v.literal('alias-artist'),
    artistId: DocumentId,
    name: named(300),
    remove: v.optional(v.boolean()),
  }),
  shownIn: ['artists'],
  conflictKey: null,
  targets: ({ artistId }, shown) => [shown.artist(artistId)],
  optimistic({ aliases }, { artistId, name, remove = false }) {
    const names = aliases.get(artistId) ?? new Map<string, boolean>();
    aliases.set(artistId, names.set(name, !remove));
  },
  writtenText: ({ name }) => name,
});
