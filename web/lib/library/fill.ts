import type { HouseholdDocument } from '#shared/library/household.ts';
import type { Replica } from '../replica/types.ts';
import type { AlbumStore } from './albums.ts';
import type { ArtistStore } from './artists.ts';
import type { InitialSnapshot, BootstrapCache } from './bootstrapCache.ts';
import type { HistoryStore } from './histories.ts';
import type { HouseholdStore } from './household.ts';
import type { JournalStore } from './journal.ts';
import type { LiveStore } from './live.ts';
import type { PlaylistStore } from './playlists.ts';
import type { PlayCounts } from './plays.ts';
import type { SearchStore } from './search/search.ts';
import type { SyncStore } from './sync.ts';
import type { TurntableStore } from './turntable.ts';

export interface Stores {
  journal: JournalStore;
  plays: PlayCounts;
  albums: AlbumStore;
  artists: ArtistStore;
  playlists: PlaylistStore;
  household: HouseholdStore;
  histories: HistoryStore;
  live: LiveStore;
  search: SearchStore;
  sync: SyncStore;
  turntable: TurntableStore;
}

/** Quiet for this long (milliseconds), what is shown first is cached for the next opening. */
const QUIET = 400;

/** Shows what was cached, or fetched, before the replica is open. */
export function showFirst(stores: Stores, snapshot: InitialSnapshot): void {
  const { journal, albums, artists } = stores;
  setHousehold(stores, snapshot.household);
  artists.setDocuments({ documents: snapshot.artists, removed: [] });
  albums.setDocuments({ documents: snapshot.albums, removed: [] });
  journal.setPages({ documents: snapshot.pages, removed: [] });
}

function setHousehold({ household, journal, turntable }: Stores, documents: readonly HouseholdDocument[]): void {
  for (const document of documents) {
    household.set(document);
    journal.setTimeZone(document.timeZone);
    turntable.set(document.turntable ?? []);
  }
}

/**
 * Fills the stores from the replica and keeps them so. Resolves with the newest listens in hand; the rest follows.
 *
 * @param shown what they were filled with before: what of it the replica does not have, goes.
 */
export async function fillFrom(
  replica: Replica,
  stores: Stores,
  bootstrapCache: BootstrapCache,
  shown: () => InitialSnapshot | undefined,
): Promise<void> {
  const { journal, household, live, sync } = stores;
  const keep = keeping(replica, bootstrapCache);
  replica.onEvent((event) => {
    live.heard(event);
    if (event.event === 'service') household.setService(event.data);
  });
  // The time zone and the mutations first: small, and the first rows would have to be made again for them.
  await Promise.all([
    replica.collection('household').follow(({ documents }) => setHousehold(stores, documents)),
    replica.collection('intents').follow((changes) => sync.setMutations(changes)),
  ]);
  await new Promise<void>((resolve, reject) => {
    void replica
      .collection('journal')
      .follow((changes) => {
        bootstrapCache.pagesChanged(changes);
        keep();
        journal.setPages(changes);
        // What stands there already stands until all of it is known: the first batch may lack what was shown.
        if (!shown()) resolve();
      })
      .then(async () => {
        await withdraw(replica, stores, shown());
        resolve();
        void firstSynced(replica).then(() => journal.setComplete());
        return fillTheRest(replica, stores, keep);
      })
      .catch((error: unknown) => {
        reject(error instanceof Error ? error : new Error(String(error)));
        reportError(error);
      });
  });
}

/** Takes out of the stores what was shown and is not in the replica any more. What is on its way for the first time stays. */
async function withdraw(
  replica: Replica,
  { journal, albums, artists }: Stores,
  shown: InitialSnapshot | undefined,
): Promise<void> {
  if (!shown || !replica.status.firstSyncDone) return;
  const goneOf = async <T extends { id: string }>(
    collection: { get(ids: readonly string[]): Promise<T[]> },
    documents: readonly T[],
  ) => {
    const there = new Set((await collection.get(documents.map(({ id }) => id))).map(({ id }) => id));
    return documents.map(({ id }) => id).filter((id) => !there.has(id));
  };
  const [pages, goneAlbums, goneArtists] = await Promise.all([
    goneOf(replica.collection('journal'), shown.pages),
    goneOf(replica.collection('albums'), shown.albums),
    goneOf(replica.collection('artists'), shown.artists),
  ]);
  if (pages.length > 0) journal.setPages({ documents: [], removed: pages });
  if (goneAlbums.length > 0) albums.setDocuments({ documents: [], removed: goneAlbums });
  if (goneArtists.length > 0) artists.setDocuments({ documents: [], removed: goneArtists });
}

/** @returns to be called at every change of the journal: writes the bootstrap cache once it is quiet. */
function keeping(replica: Replica, bootstrapCache: BootstrapCache): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const write = () => {
    timer = undefined;
    void bootstrapCache
      .write({
        household: () => replica.collection('household').all(),
        albums: (ids) => replica.collection('albums').get(ids),
        artists: (ids) => replica.collection('artists').get(ids),
      })
      .catch(reportError);
  };
  return () => {
    clearTimeout(timer);
    timer = setTimeout(write, QUIET);
  };
}

async function fillTheRest(
  replica: Replica,
  { albums, artists, histories, playlists, plays, search }: Stores,
  keep: () => void,
): Promise<void> {
  await Promise.all([
    replica.collection('playlists').follow((changes) => {
      playlists.setDocuments(changes);
      search.setPlaylists(changes);
    }),
    replica.collection('rollups').follow((changes) => plays.setRollups(changes)),
    replica.collection('revisions').follow((changes) => histories.setDocuments(changes)),
  ]);
  await replica.collection('artists').follow((changes) => {
    artists.setDocuments(changes);
    search.setArtists(changes);
  });
  await replica.collection('albums').follow((changes) => {
    keep();
    albums.setDocuments(changes);
    search.setAlbums(changes);
  });
  await firstSynced(replica);
  for (const store of [playlists, artists, albums, search]) store.setComplete();
  await plays.prepareLengths();
}

/** Before everything has been here once, what is not found may still come. */
function firstSynced(replica: Replica): Promise<void> {
  return new Promise((resolve) => {
    if (replica.status.firstSyncDone) return resolve();
    const stop = replica.onStatus(({ firstSyncDone }) => {
      if (!firstSyncDone) return;
      stop();
      resolve();
    });
  });
}
