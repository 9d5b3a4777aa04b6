import type { CollectionName } from '#shared/sync/collections.ts';

/**
 * The version of each collection's shape on the device. Raise it whenever the shape in shared/ changes (a test holds the
 * fingerprints): what comes from the server is then pulled anew, what a person made is carried over by `migrations` below.
 */
export const versions: Record<CollectionName, number> = {
  artists: 0,
  albums: 0,
  journal: 0,
  rollups: 0,
  playlists: 1,
  intents: 1,
  household: 3,
  revisions: 0,
  deletions: 0,
};

type Migration = (document: Record<string, unknown>) => Record<string, unknown>;

/** How a person's own documents come from the version before into each version: one for every version but 0. */
export const migrations: Record<'playlists' | 'intents', Record<number, Migration>> = {
  // Entries may say in words what they hold: those there are come with the next pull.
  playlists: { 1: (document) => document },
  // What was made before says neither in which life of the library nor what it named.
  intents: { 1: (document) => document },
};
