import type { Library, Sync } from '$lib/library/index.ts';

/** Whether nothing comes from the server for now; reactive. */
export const isPullStopped = (sync: Sync): boolean => sync.state === 'offline' || sync.state === 'halted';

/**
 * Whether all there is to show is here, or nothing more comes for now; reactive. A page drawn before would be rearranged under the
 * eyes with every piece that arrives.
 */
export const hasArrived = ({
  albums,
  artists,
  journal,
  sync,
}: Pick<Library, 'albums' | 'artists' | 'journal' | 'sync'>): boolean =>
  albums.complete && artists.complete && journal.complete && (sync.complete || isPullStopped(sync));
