import type { CollectionName } from '#shared/sync/collections.ts';

/**
 * The version of each collection's shape on the device. Raise it whenever the shape in shared/ changes (a test holds the
 * fingerprints): everything is then pulled anew over what `migrations` below carry over. What a person made is carried over, and what a
 * lost library is brought back from: an update must not empty the device that holds the last copy.
 */
export const versions: Record<CollectionName, number> = {
  artists: 1,
  albums: 2,
  journal: 0,
  rollups: 0,
  playlists: 1,
  intents: 4,
  household: 6,
  revisions: 0,
  deletions: 0,
};

type Migration = (document: Record<string, unknown>) => Record<string, unknown>;

/** How documents come from the version before into each version: one for every version but 0. Collections that are not named start empty. */
export const migrations: Partial<Record<CollectionName, Record<number, Migration>>> &
  Record<'playlists' | 'intents', Record<number, Migration>> = {
  // Discogs' numbers of artists and of what became one with another come with the next pull.
  artists: { 1: (document) => document },
  // What is known of a chosen cover that is not to be had comes so as well.
  albums: { 1: (document) => document, 2: (document) => document },
  // Entries may say in words what they hold: those there are come with the next pull.
  playlists: { 1: (document) => document },
  // What was made before says neither in which life of the library nor what it named.
  // Tracks may say what begins with them, since there is a turntable; its moves may be more, and say their order.
  intents: {
    1: (document) => document,
    2: (document) => document,
    3: (document) => document,
    4: (document) => document,
  },
};
