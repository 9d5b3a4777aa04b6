import type { Library } from './createLibrary.ts';

export type * from './types.ts';
export { creditParts } from './credits.ts';
export { NotPossible } from './mutations/notPossible.ts';
export { refusedInAll } from '../replica/held.ts';
export { isStillSo } from './noticeTruth.ts';
export { NotStored } from './outbox/outbox.ts';
export { api, ApiError, type ApiErrorKind } from './server.ts';
export { filterOf, journalAddress, PLACE_KEYS, readJournalAddress, type JournalPlace } from './journalAddress.ts';

/*
 * The library that the app shows, see createLibrary.ts: each of these is there once the app has begun (web/lib/app.ts), and is not to be
 * read while modules are loaded.
 */
export let session: Library['session'];
export let sync: Library['sync'];
export let journal: Library['journal'];
export let albums: Library['albums'];
export let artists: Library['artists'];
export let tracks: Library['tracks'];
export let playlists: Library['playlists'];
export let mutations: Library['mutations'];
export let live: Library['live'];
export let household: Library['household'];
export let histories: Library['histories'];
export let search: Library['search'];
export let analytics: Library['analytics'];

/** Has all pages show this library. */
export function provideLibrary(library: Library): void {
  ({
    session,
    sync,
    journal,
    albums,
    artists,
    tracks,
    playlists,
    mutations,
    live,
    household,
    histories,
    search,
    analytics,
  } = library);
}
