import type { Analysis } from '#shared/analytics/analysis.ts';
import type { Calendar } from '#shared/journal/calendar.ts';
import { AlbumStore } from './albums.ts';
import { ArtistStore } from './artists.ts';
import { createMutations } from './mutations/mutations.ts';
import { Catalogue } from './catalogue.ts';
import { fillFrom, showFirst, type Stores } from './fill.ts';
import { fetchInitialSnapshot } from './fetchInitialSnapshot.ts';
import { type InitialSnapshot, BootstrapCache } from './bootstrapCache.ts';
import { HistoryStore } from './histories.ts';
import { HouseholdStore } from './household.ts';
import { JournalStore } from './journal.ts';
import { MetadataStore, memoryStore } from '../replica/metadataStore.ts';
import type { Replica } from '../replica/types.ts';
import { LiveStore } from './live.ts';
import { Drain, type Exclusively } from './outbox/drain.ts';
import { Outbox } from './outbox/outbox.ts';
import { Settling } from './outbox/settle.ts';
import type { OptimisticState } from '#shared/mutations/optimisticState.ts';
import { PlaylistStore } from './playlists.ts';
import { PlayCounts } from './plays.ts';
import type { OutboxStorage } from './outbox/storage.ts';
import { SearchStore } from './search/search.ts';
import { SessionStore } from './session.ts';
import type { Signal } from './signal.ts';
import { asSeen } from './mutations/targets.ts';
import { SyncStore } from './sync.ts';
import { TrackStore } from './tracks.ts';
import { TurntableStore } from './turntable.ts';
import type {
  Mutations,
  Albums,
  Artists,
  Histories,
  Household,
  Journal,
  Live,
  Playlists,
  Search,
  Session,
  Sync,
  Tracks,
} from './types.ts';
import { MutationSubmitter } from './mutations/submitter.ts';

/** What the browser lends a library. */
export interface Device {
  /** Undefined where the browser refuses to store anything. */
  storage: OutboxStorage | undefined;
  /** Another page of this device changed its storage. */
  onStorage: (listener: (key: string | null) => void) => void;
  /** The page may have slept. */
  onWake: (listener: () => void) => void;
  openReplica: (metadata: MetadataStore) => Promise<Replica>;
  exclusively: Exclusively;
  searchWorker: () => Worker;
  /** By which whatever shows a store follows it. */
  signal: () => Signal;
  failed: (error: unknown) => void;
}

/** Everything a page shows of a library, and what a person can do with it. */
export interface Library {
  /** Opening the replica, signing in, room on the device. */
  readonly session: Session;
  /** How this device stands towards the server, and what waits to be sent. */
  readonly sync: Sync;
  /** The listening history, newest day first. */
  readonly journal: Journal;
  readonly albums: Albums;
  readonly artists: Artists;
  readonly tracks: Tracks;
  readonly playlists: Playlists;
  /** What a person can do. Everything is written down here first and can be undone. */
  readonly mutations: Mutations;
  /** What happens at this moment. */
  readonly live: Live;
  readonly household: Household;
  /** What a person wrote and that is not shown any more. */
  readonly histories: Histories;
  readonly search: Search;
  /** The journal and the library as everything in shared/analytics takes them, and the household's calendar. */
  readonly analytics: { readonly analysis: Analysis; readonly calendar: Calendar };
  /** Shows what there is before the replica is open: what waits in the outbox, and the bootstrap cache, or the initial snapshot on a fresh device. */
  begin(): void;
}

/** Milliseconds that the replica waits for what a fresh device fetches to show first. */
const PATIENCE = 1_000;

/** Makes the stores of one library, and what writes and sends for them. Nothing is read, shown or asked before `begin` and `session.start`. */
export function createLibrary(device: Device): Library {
  const { storage, signal } = device;
  let shown: InitialSnapshot | undefined;
  let fetched: Promise<void> = Promise.resolve();
  const catalogue = new Catalogue(signal());
  const journalStore = new JournalStore(catalogue, signal(), () => serverNow());
  const plays = new PlayCounts(journalStore, catalogue, signal());
  const playlistStore = new PlaylistStore(signal());
  const bootstrapCache = new BootstrapCache(storage);
  const outbox = new Outbox(storage, 'aime', () => bootstrapCache.forget());
  const metadata = new MetadataStore(storage ?? memoryStore());
  const syncStore: SyncStore = new SyncStore(
    signal(),
    playlistStore,
    (state) => showOptimistic(state),
    (id) => submitter.dismiss(id),
    (mutation) => asSeen(mutation, { catalogue, journal: journalStore }).targets,
  );
  const sessionStore: SessionStore = new SessionStore(
    signal(),
    syncStore,
    metadata,
    (replica) => fillFrom(replica, stores, bootstrapCache, () => shown),
    {
      open: () => device.openReplica(metadata),
      onWake: device.onWake,
      failed: device.failed,
      shown: async () => {
        await Promise.race([fetched, after(PATIENCE)]);
        if (shown) await painted();
      },
      drained: () => Promise.race([drain.run(), after(PATIENCE)]),
      forget: () => {
        bootstrapCache.forget();
        outbox.clear();
      },
    },
  );
  const submitter: MutationSubmitter = new MutationSubmitter({
    replica: () => sessionStore.replica,
    outbox,
    metadata,
    playlists: playlistStore,
    mutations: () => syncStore.mutations,
    seen: { catalogue, journal: journalStore },
    written: () => {
      showPending();
      void drain.run();
    },
  });
  const drain: Drain = new Drain(outbox, {
    replica: () => sessionStore.replica,
    exclusively: device.exclusively,
    retired: () => showPending(),
    failed: device.failed,
  });
  const albumStore: AlbumStore = new AlbumStore(catalogue, plays, () => submitter.collection('albums'));
  const artistStore = new ArtistStore(catalogue, plays, () => submitter.collection('artists'));
  const trackStore = new TrackStore(catalogue, albumStore, artistStore, plays);
  const householdStore = new HouseholdStore(signal());
  const historyStore = new HistoryStore(signal(), () => sessionStore.deviceId, storage);
  let serverNow = (): number => Date.now();
  const liveStore = new LiveStore(
    { changed: signal(), tick: signal() },
    catalogue,
    () => serverNow(),
    (trackId) => trackStore.get(trackId),
  );
  const turntableStore = new TurntableStore(
    () => serverNow(),
    (playing, listens) => {
      liveStore.setTurntable(playing);
      journalStore.setTurntable(listens);
    },
  );
  const searchStore = new SearchStore(signal(), () => device.searchWorker());
  const stores: Stores = {
    journal: journalStore,
    plays,
    albums: albumStore,
    artists: artistStore,
    playlists: playlistStore,
    household: householdStore,
    histories: historyStore,
    live: liveStore,
    search: searchStore,
    sync: syncStore,
    turntable: turntableStore,
  };

  void sessionStore.replica.then((replica) => {
    serverNow = () => replica.now();
    new Settling(outbox, replica, metadata, device.failed);
    void drain.run();
  });

  /** Shows what this device's storage holds and the replica does not yet. */
  function showPending(): void {
    const entries = outbox.entries();
    syncStore.setPending(entries);
    playlistStore.setPending(entries);
  }

  /** Shows the person's mutations, and loads again what they change. */
  function showOptimistic(state: OptimisticState): void {
    bootstrapCache.holdBack(syncStore.hasPending);
    journalStore.setOptimistic(state);
    turntableStore.setOptimistic(state);
    const { albums: albumIds, artists: artistIds } = catalogue.setOptimistic(state);
    if (albumIds.length > 0)
      void submitter
        .collection('albums')
        .then(async (all) => albumStore.reload(await all.get(albumIds)))
        .catch(device.failed);
    if (artistIds.length > 0)
      void submitter
        .collection('artists')
        .then(async (all) => artistStore.reload(await all.get(artistIds)))
        .catch(device.failed);
  }

  function showFetched(snapshot: InitialSnapshot | undefined): void {
    // Whatever the replica has brought by now is newer.
    if (!snapshot || journalStore.length > 0) return;
    shown = snapshot;
    showFirst(stores, snapshot);
  }

  return {
    session: sessionStore,
    sync: syncStore,
    journal: journalStore,
    albums: albumStore,
    artists: artistStore,
    tracks: trackStore,
    playlists: playlistStore,
    mutations: createMutations({
      submitter,
      journal: journalStore,
      albums: albumStore,
      catalogue,
      turntable: turntableStore,
    }),
    live: liveStore,
    household: householdStore,
    histories: historyStore,
    search: searchStore,
    analytics: {
      get analysis() {
        return plays.analysis;
      },
      get calendar() {
        return journalStore.calendar;
      },
    },
    begin() {
      // What a crash has left in the outbox first: while a mutation waits the bootstrap cache is not used.
      showPending();
      shown = bootstrapCache.read();
      if (shown) showFirst(stores, shown);
      // Nothing was ever stored here: what is shown first has to come from the server.
      else if (!storage?.getItem('aime.replica')) fetched = fetchInitialSnapshot().then(showFetched);
      device.onStorage((key) => {
        if (outbox.owns(key)) showPending();
      });
    },
  };
}

const after = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** The next frame is on the screen; a page in the background has none, and does not wait for it. */
const painted = (): Promise<void> =>
  Promise.race([new Promise<void>((resolve) => requestAnimationFrame(() => setTimeout(resolve))), after(300)]);
