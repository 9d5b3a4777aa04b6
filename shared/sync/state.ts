import * as v from 'valibot';
import { Count, StoredSeconds } from '../primitives/identifiers.ts';
import { collectionNames, type CollectionName } from './collections.ts';

const counts = Object.fromEntries(collectionNames.map((name) => [name, Count])) as Record<CollectionName, typeof Count>;

/** The answer of GET /api/v1/sync/state. */
export const SyncState = v.object({
  libraryId: v.string(),
  /** Names this life of the library's database; a restore, a rebuild and an exchanged file begin a new one. */
  epoch: v.string(),
  seq: Count,
  /** Why this life began. */
  cause: v.picklist(['new', 'restore', 'rebuild', 'swap']),
  /** Seconds since the epoch. */
  begunAt: StoredSeconds,
  documents: v.object(counts),
  listens: Count,
});
export type SyncState = v.InferOutput<typeof SyncState>;

/** What is further than an id can be is passed over where it is taken: a device that met such a one is not refused for it. */
const Id = v.optional(Count);

/** The highest ids that a device has seen, by table. */
export const SeenIds = v.strictObject({
  artists: Id,
  albums: Id,
  tracks: Id,
  listening_history: Id,
  images: Id,
  scrobbles: Id,
});
export type SeenIds = v.InferOutput<typeof SeenIds>;

/** The body of POST /api/v1/sync/seen. */
export const Sighting = v.strictObject({
  libraryId: v.pipe(v.string(), v.maxLength(100)),
  epoch: v.pipe(v.string(), v.maxLength(100)),
  seq: Count,
  highest: SeenIds,
});
export type Sighting = v.InferOutput<typeof Sighting>;
