import type { ConflictEntity } from '#shared/mutations/definition.ts';
import { MUTATIONS as DEFINITIONS, MUTATION_KINDS } from '#shared/mutations/registry.ts';

/** What has ids that anybody's word could raise. */
export const KINDS = ['artists', 'albums', 'tracks', 'listening_history', 'images', 'scrobbles'] as const;
export type Kind = (typeof KINDS)[number];

export type Place = `${string}.${string}`;

/**
 * Every place in the library's file that holds an id of these kinds, or a mark of how far they came. Whatever gives something another
 * id goes by this list; a column that is new is put on it, or said to hold none where the list is tried.
 */

/** Columns that hold an id, and of what. */
export const COLUMNS: Record<Kind, readonly Place[]> = {
  artists: [
    'artists.id',
    'album_artist.artist_id',
    'track_artist.artist_id',
    'images.artist_id',
    'artist_aliases.artist_id',
    'artist_aliases.former_id',
  ],
  albums: [
    ...([
      'albums.id',
      'album_artist.album_id',
      'tracks.album_id',
      'images.album_id',
      'metadata.album_id',
      'copies.album_id',
    ] as const),
    ...(['album_merges.album_id', 'album_merges.former_id', 'album_apart.other'] as const),
  ],
  tracks: [
    'tracks.id',
    'listening_history.track_id',
    'track_artist.track_id',
    'playlist_tracks.track_id',
    'scrobbles.track_id',
    'archived_listens.track_id',
  ],
  listening_history: [
    'listening_history.id',
    'scrobbles.listen_id',
    'deleted_listens.listen_id',
    'restored_listens.listen_id',
    'rebuilt_listens.ours',
  ],
  images: ['images.id', 'albums.cover_image_id'],
  scrobbles: ['scrobbles.id', 'told_scrobbles.scrobble_id'],
};

/** Columns that hold ids of the kind that another column of the row says, in its own terms. */
export const PLACES_BY_KIND: readonly [place: Place, kinds: Partial<Record<Kind, string>>][] = [
  ['rebuilt_ids.ours', { artists: 'artist', albums: 'album', tracks: 'track' }],
  ['former_ids.id', { tracks: 'track', listening_history: 'listen' }],
];

/** The name of a kind in `former_ids`; undefined where it holds none of it. */
export const formerWord = (kind: Kind): string | undefined =>
  PLACES_BY_KIND.find(([place]) => place === 'former_ids.id')?.[1][kind];

/** Of archived listens: the album, or minus the artist, where the track was. */
export const ARCHIVED_OWNER: Place = 'archived_listens.holder';

type Subject = [place: Place, word: string, kind: Kind, more?: 'more'];

/** What stands after the name of a conflict key. */
const KEY_IDS: Readonly<Record<ConflictEntity, readonly [kind: Kind, more?: 'more'][]>> = {
  // By the artist and title of the recording; by the track where that was gone.
  recording: [['artists', 'more'], ['tracks']],
  album: [['albums']],
  listen: [['listening_history']],
};

/** By the name of each conflict key, what it decides about. */
const KEY_ENTITIES = new Map(
  MUTATION_KINDS.flatMap((kind): [string, ConflictEntity][] => {
    const { conflictKey } = DEFINITIONS[kind];
    return conflictKey === null ? [] : [[conflictKey.name, conflictKey.entity]];
  }),
);

/** Texts of a word and an id after it, and where that is said, more after a further colon. */
export const SUBJECTS: readonly Subject[] = [
  ['enrichment_queue.subject', 'artist', 'artists'],
  ['enrichment_queue.subject', 'album', 'albums'],
  ['revisions.subject', 'album-note', 'albums'],
  ['revisions.subject', 'listen-note', 'listening_history'],
  ...[...KEY_ENTITIES].flatMap(([name, entity]) =>
    KEY_IDS[entity].map((ids): Subject => ['intents.subject', name, ...ids]),
  ),
];

/** JSON that holds rows, or lists of ids with a count. */
export const DOCUMENTS = [
  'album_merges.snapshot',
  'artist_aliases.snapshot',
  'deleted_listens.listen',
  'rollups.document',
  'rollups.base',
] as const;
export type DocumentPlace = (typeof DOCUMENTS)[number];

/** What people said: read together, since the one says of what kind an id in the other is. */
export const MUTATIONS = ['intents.intent', 'intents.targets', 'intents.verdict'] as const;

/** States of services that say how far these ids had come: everything up to there is done. */
export const WATERMARKS: readonly [service: string, key: string, kind: Kind][] = [
  ['enrichment-newcomers', 'albums', 'albums'],
  ['enrichment-newcomers', 'artists', 'artists'],
  ['lastfm-manual-scrobbles', 'mark', 'scrobbles'],
];

/** Rows of the search index have the id of what they are of. */
export const SEARCHED: readonly Kind[] = ['artists', 'albums', 'tracks'];

/** The change feed's ids of documents that are a thing's own id. */
export const FED: readonly Kind[] = ['artists', 'albums'];

/** What keeps the ids it has, and why. */
export const UNCHANGED: Readonly<Record<Place, string>> = {
  'former_ids.former_id': 'what a device says of a thing by its former id finds it',
  'archived_listens.listen_id': 'the archive names them so until they are brought back',
  'rebuilt_ids.theirs': 'ids of a replica’s own life',
  'rebuilt_listens.theirs': 'ids of a replica’s own life',
  'waiting_documents.document_id': 'ids of a replica’s own life',
  'waiting_documents.document': 'ids of a replica’s own life',
  'waiting_documents.needs': 'ids of a replica’s own life',
  'scrobbles.payload': 'the report as it came; of a replica’s life where it was made from one',
  'scrobbles.source_key': 'a report’s name, whatever it was made from',
  'change_feed.document_id': 'documents that went are told as gone under the id they had',
  'playlist_writes.document': 'it began to be kept when ids could not be raised any more',
  'turntable_sessions.tracks': 'it began to be kept when ids could not be raised any more',
  'follow_ups.what': 'it began to be kept when ids could not be raised any more',
  'derived_keys.done': 'it began to be kept when ids could not be raised any more',
  'last_words.subject': 'it began to be kept when ids could not be raised any more',
  'given_plays.track_id': 'it is made of the given figures when these have their new ids',
  'epochs.common': 'marks are believed as far as ids can come, where they are read',
};

/** Of what the `id` of a row is, by the list that it stands in, in a document. */
export const ROWS: Readonly<Record<string, Kind>> = {
  album: 'albums',
  artist: 'artists',
  tracks: 'tracks',
  images: 'images',
  row: 'tracks',
  'deleted_listens.listen': 'listening_history',
  'album_merges.snapshot/heir': 'albums',
  'artist_aliases.snapshot/heir': 'artists',
  heir: 'tracks',
};

/** Of what the ids are that stand under a name. `albums` and `merges` are of an artist's merge: former albums and what they became. */
export const KEYS: Readonly<Record<string, Kind>> = {
  artist_id: 'artists',
  album_id: 'albums',
  track_id: 'tracks',
  cover_image_id: 'images',
  albums: 'albums',
  merges: 'albums',
  apart: 'albums',
  left: 'artists',
  formers: 'tracks',
  reports: 'scrobbles',
};

/** The same in the figures of a month, where each has its count beside it. */
export const COUNTED: Readonly<Record<string, Kind>> = { tracks: 'tracks', albums: 'albums', artists: 'artists' };

/** The same in what people said. */
export const SAID: Readonly<Record<string, Kind>> = {
  trackId: 'tracks',
  listenId: 'listening_history',
  listenIds: 'listening_history',
  albumId: 'albums',
  artistId: 'artists',
  scrobbleId: 'scrobbles',
  imageId: 'images',
};
/** Of what `from` and `into` are in what people said, and `created` in what came of it, by the kind of the mutation. */
export const UNITED: ReadonlyMap<string, Kind> = new Map(
  MUTATION_KINDS.flatMap((kind): [string, Kind][] => {
    const { unites } = DEFINITIONS[kind];
    return unites === undefined ? [] : [[kind, unites === 'artist' ? 'artists' : 'albums']];
  }),
);
/** What a target says that its id is of. */
export const TARGETS: Readonly<Record<string, Kind>> = {
  track: 'tracks',
  listen: 'listening_history',
  album: 'albums',
  artist: 'artists',
  scrobble: 'scrobbles',
  image: 'images',
};
