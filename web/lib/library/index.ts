import type { Analysis } from '#shared/analytics/analysis.ts';
import type { Calendar } from '#shared/journal/calendar.ts';
import { AlbumStore } from './albums.ts';
import { ArtistStore } from './artists.ts';
import { createMutations } from './mutations/mutations.ts';
import { Catalogue } from './catalogue.ts';
import { fillFrom, showFirst, type Stores } from './fill.ts';
import { fetchFirstSight } from './firstFetch.ts';
import { type FirstSight, Glimpse } from './glimpse.ts';
import { HistoryStore } from './histories.ts';
import { HouseholdStore } from './household.ts';
import { JournalStore } from './journal.ts';
import { MarkStore, memoryStore } from '../replica/marks.ts';
import { LiveStore } from './live.ts';
import { Drain, underWebLock } from './outbox/drain.ts';
import { Outbox } from './outbox/outbox.ts';
import { Settling } from './outbox/settle.ts';
import type { OptimisticState } from '#shared/mutations/optimisticState.ts';
import { PlaylistStore } from './playlists.ts';
import { PlayCounts } from './plays.ts';
import { SearchStore } from './search/search.ts';
import { SessionStore } from './session.ts';
import { RuneSignal } from './signal.svelte.ts';
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

export type * from './types.ts';
export { creditParts } from './credits.ts';
export { NotPossible } from './mutations/notPossible.ts';
export { refusedInAll } from '../replica/held.ts';
export { isStillSo } from './noticeTruth.ts';
export { NotStored } from './outbox/outbox.ts';
export { api, ApiError, type ApiErrorKind } from './server.ts';
export { filterOf, journalAddress, PLACE_KEYS, readJournalAddress, type JournalPlace } from './journalAddress.ts';

/** Milliseconds that the replica waits for what a fresh device fetches to show first. */
const PATIENCE = 1_000;

const catalogue = new Catalogue(new RuneSignal());
const journalStore = new JournalStore(catalogue, new RuneSignal(), () => serverNow());
const plays = new PlayCounts(journalStore, catalogue, new RuneSignal());
const playlistStore = new PlaylistStore(new RuneSignal());
const glimpse = new Glimpse(deviceStore());
const outbox = new Outbox(deviceStore(), 'aime', () => glimpse.forget());
const marks = new MarkStore(deviceStore() ?? memoryStore());
const syncStore: SyncStore = new SyncStore(
  new RuneSignal(),
  playlistStore,
  (state) => showOptimistic(state),
  (id) => submitter.dismiss(id),
  (mutation) => asSeen(mutation, { catalogue, journal: journalStore }).targets,
);
const sessionStore: SessionStore = new SessionStore(
  new RuneSignal(),
  syncStore,
  marks,
  (replica) => fillFrom(replica, stores, glimpse, () => shown),
  {
    shown: async () => {
      await Promise.race([fetched, after(PATIENCE)]);
      if (shown) await painted();
    },
    drained: () => Promise.race([drain.run(), after(PATIENCE)]),
    forget: () => {
      glimpse.forget();
      outbox.clear();
    },
  },
);
const submitter: MutationSubmitter = new MutationSubmitter({
  replica: () => sessionStore.replica,
  outbox,
  marks,
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
  exclusively: underWebLock('aime.outbox'),
  retired: () => showPending(),
  failed: (error) => reportError(error),
});
const albumStore: AlbumStore = new AlbumStore(catalogue, plays, () => submitter.collection('albums'));
const artistStore = new ArtistStore(catalogue, plays, () => submitter.collection('artists'));
const trackStore = new TrackStore(catalogue, albumStore, artistStore, plays);
const householdStore = new HouseholdStore(new RuneSignal());
const historyStore = new HistoryStore(new RuneSignal(), () => sessionStore.deviceId, deviceStore());
let serverNow = (): number => Date.now();
const liveStore = new LiveStore(
  { changed: new RuneSignal(), tick: new RuneSignal() },
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
const searchStore = new SearchStore(
  new RuneSignal(),
  () => new Worker(new URL('./search/worker.ts', import.meta.url), { type: 'module' }),
);
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

// What a crash has left in the outbox first: while a mutation waits there is no glimpse.
showPending();
let shown: FirstSight | undefined = glimpse.read();
if (shown) showFirst(stores, shown);
const fetched = !shown && isFresh() ? fetchFirstSight().then(showFetched) : Promise.resolve();

function showFetched(sight: FirstSight | undefined): void {
  // Whatever the replica has brought by now is newer.
  if (!sight || journalStore.length > 0) return;
  shown = sight;
  showFirst(stores, sight);
}

void sessionStore.replica.then((replica) => {
  serverNow = () => replica.now();
  new Settling(outbox, replica, marks, reportError);
  void drain.run();
});
if (typeof document !== 'undefined') {
  addEventListener('storage', ({ key }) => {
    if (outbox.owns(key)) showPending();
  });
}

const after = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** The next frame is on the screen; a page in the background has none, and does not wait for it. */
const painted = (): Promise<void> =>
  Promise.race([new Promise<void>((resolve) => requestAnimationFrame(() => setTimeout(resolve))), after(300)]);

/** Undefined where the browser refuses, and where pages are only analysed. */
function deviceStore(): Storage | undefined {
  try {
    return typeof document === 'undefined' ? undefined : localStorage;
  } catch {
    return undefined;
  }
}

/** Nothing was ever stored here: what is shown first has to come from the house. */
function isFresh(): boolean {
  return typeof document !== 'undefined' && !deviceStore()?.getItem('aime.replica');
}

/** Shows what this device's storage holds and the replica does not yet. */
function showPending(): void {
  const entries = outbox.entries();
  syncStore.setPending(entries);
  playlistStore.setPending(entries);
}

/** Shows the person's mutations, and loads again what they change. */
function showOptimistic(state: OptimisticState): void {
  glimpse.holdBack(syncStore.hasPending);
  journalStore.setOptimistic(state);
  turntableStore.setOptimistic(state);
  const { albums: albumIds, artists: artistIds } = catalogue.setOptimistic(state);
  if (albumIds.length > 0)
    void submitter
      .collection('albums')
      .then(async (all) => albumStore.reload(await all.get(albumIds)))
      .catch(reportError);
  if (artistIds.length > 0)
    void submitter
      .collection('artists')
      .then(async (all) => artistStore.reload(await all.get(artistIds)))
      .catch(reportError);
}

/** Opening the replica, signing in, room on the device. */
export const session: Session = sessionStore;
/** How this device stands towards the server, and what waits to be sent. */
export const sync: Sync = syncStore;
/** The listening history, newest day first. */
export const journal: Journal = journalStore;
export const albums: Albums = albumStore;
export const artists: Artists = artistStore;
export const tracks: Tracks = trackStore;
export const playlists: Playlists = playlistStore;
/** What a person can do. Everything is written down here first and can be undone. */
export const mutations: Mutations = createMutations({
  submitter,
  journal: journalStore,
  albums: albumStore,
  catalogue,
  turntable: turntableStore,
});
/** What happens at this moment. */
export const live: Live = liveStore;
export const household: Household = householdStore;
/** What a person wrote and that is not shown any more. */
export const histories: Histories = historyStore;
export const search: Search = searchStore;
/** The journal and the library as everything in shared/analytics takes them, and the household's calendar. */
export const analytics: { readonly analysis: Analysis; readonly calendar: Calendar } = {
  get analysis() {
    return plays.analysis;
  },
  get calendar() {
    return journalStore.calendar;
  },
};
