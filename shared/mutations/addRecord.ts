import * as v from 'valibot';
import { DeviceUuid, DocumentId } from '../primitives/identifiers.ts';
import { named } from '../library/named.ts';
import { defineMutation } from './definition.ts';

/**
 * A manually added record; `alias` is the UUID the device shows it under until the server's id arrives. With `albumId` it
 * is a copy of an album that the library has already, such as one that was only heard. Undone by {@link removeRecord}.
 */
export const addRecord = defineMutation({
  schema: v.object({
    kind: v.literal('add-record'),
    alias: DeviceUuid,
    title: named(300),
    artists: v.pipe(v.array(named(300)), v.minLength(1), v.maxLength(20)),
    year: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(1860), v.maxValue(2200))),
    support: v.nullable(v.pipe(v.string(), v.maxLength(40))),
    tracks: v.optional(v.pipe(v.array(named(300)), v.maxLength(200))),
    discogsId: v.optional(v.pipe(v.string(), v.regex(/^\d+$/))),
    albumId: v.optional(DocumentId),
  }),
  shownIn: ['albums'],
  conflictKey: null,
  targets: ({ albumId }, shown) => (albumId === undefined ? [] : [shown.album(albumId)]),
  optimistic({ manualAlbums, removedCopies, hiddenAlbums }, record) {
    removedCopies.delete(record.alias);
    hiddenAlbums.delete(record.alias);
    manualAlbums.set(record.alias, record);
  },
  makes: ({ alias, title, artists }) => ({
    name: alias,
    targets: [{ kind: 'album', id: alias, title, artist: artists[0] ?? '' }],
  }),
  writtenText: ({ artists, title, year, tracks = [] }) =>
    [`${artists.join(', ')} – ${title}${year ? ` (${year})` : ''}`, ...tracks].join('\n'),
});

export const removeRecord = defineMutation({
  schema: v.object({ kind: v.literal('remove-record'), alias: DeviceUuid }),
  shownIn: ['albums'],
  conflictKey: null,
  targets: ({ alias }, shown) => [shown.albumOfCopy(alias)],
  optimistic({ manualAlbums, removedCopies, hiddenAlbums }, { alias }) {
    manualAlbums.delete(alias);
    removedCopies.add(alias);
    hiddenAlbums.add(alias);
  },
  ownNames: ({ alias }) => [alias],
});
