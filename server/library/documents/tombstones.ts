import { UNKNOWN_ALBUM } from '#shared/library/album.ts';
import type { CollectionName } from '#shared/sync/collections.ts';

const ARTIST = { name: '', sortName: '', images: [], tracks: [] };
const PAGE = { n: 0, t: [], i: [], k: [], h: [], s: [] };
const ROLLUP = {
  listens: 0,
  seconds: 0,
  tracks: [],
  albums: [],
  artists: [],
  weekHours: [],
  days: [],
  sources: {},
  zones: {},
};
const PLAYLIST = { name: '-', algorithm: null, aiPrompt: null, createdAt: 0, updatedAt: 0, entries: [] };

/** What is left of a document that is gone: empty, but of the collection's shape, so that no replica refuses it. */
const REMAINS: Record<CollectionName, Record<string, unknown>> = {
  artists: ARTIST,
  albums: UNKNOWN_ALBUM,
  journal: PAGE,
  rollups: ROLLUP,
  playlists: PLAYLIST,
  intents: {
    deviceId: '00000000-0000-4000-8000-000000000000',
    number: 1,
    madeAt: 0,
    intent: { kind: 'delete-listen', listenId: 0 },
  },
  household: {},
  revisions: { revisions: [] },
  deletions: { listens: [], restored: [] },
};

export const tombstone = (collection: CollectionName, id: string) => ({ ...REMAINS[collection], id, _deleted: true });
