import type { Replica } from '../replica/types.ts';
import type { AlbumStore } from './albums.ts';
import type { ArtistStore } from './artists.ts';
import type { HouseholdStore } from './household.ts';
import type { JournalStore } from './journal.ts';
import type { LiveStore } from './live.ts';
import type { PlaylistStore } from './playlists.ts';
import type { PlayCounts } from './plays.ts';
import type { SearchStore } from './search/search.ts';
import type { SyncStore } from './sync.ts';

export interface Stores {
  journal: JournalStore;
  plays: PlayCounts;
  albums: AlbumStore;
  artists: ArtistStore;
  playlists: PlaylistStore;
  household: HouseholdStore;
  live: LiveStore;
  search: SearchStore;
  sync: SyncStore;
}

/** Fills the stores from the replica and keeps them so. Resolves with the newest listens in hand; the rest follows. */
export async function fillFrom(replica: Replica, stores: Stores): Promise<void> {
  const { journal, household, live, sync } = stores;
  replica.onEvent((event) => {
    live.heard(event);
    if (event.event === 'service') household.setService(event.data);
  });
  // The time zone and the wishes first: small, and the first rows would have to be made again for them.
  await Promise.all([
    replica.collection('household').follow(({ documents }) => {
      for (const document of documents) {
        household.set(document);
        journal.setTimeZone(document.timeZone);
      }
    }),
    replica.collection('intents').follow((changes) => sync.setIntents(changes)),
  ]);
  await new Promise<void>((resolve, reject) => {
    void replica
      .collection('journal')
      .follow((changes) => {
        journal.setPages(changes);
        resolve();
      })
      .then(() => {
        resolve();
        void firstSynced(replica).then(() => journal.setComplete());
        return fillTheRest(replica, stores);
      })
      .catch((error: unknown) => {
        reject(error instanceof Error ? error : new Error(String(error)));
        reportError(error);
      });
  });
}

async function fillTheRest(replica: Replica, { albums, artists, playlists, plays, search }: Stores): Promise<void> {
  await Promise.all([
    replica.collection('playlists').follow((changes) => {
      playlists.setDocuments(changes);
      search.setPlaylists(changes);
    }),
    replica.collection('rollups').follow((changes) => plays.setRollups(changes)),
  ]);
  await replica.collection('artists').follow((changes) => {
    artists.setDocuments(changes);
    search.setArtists(changes);
  });
  await replica.collection('albums').follow((changes) => {
    albums.setDocuments(changes);
    search.setAlbums(changes);
  });
  await firstSynced(replica);
  for (const store of [playlists, artists, albums, search]) store.setComplete();
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
