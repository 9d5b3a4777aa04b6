import type { RxConflictHandlerInput, WithDeleted } from 'rxdb/plugins/core';
import type { PlaylistDocument } from '#shared/library/playlist.ts';
import { mergePlaylists } from '#shared/library/playlistMerge.ts';

type State = WithDeleted<PlaylistDocument>;

/**
 * What becomes of a playlist that was changed on both sides. An edit is worth more than a deletion that did not know of it; where
 * nothing is known of what both had in common (a restored library), the later of the two stands.
 *
 * @param now seconds since the epoch by the server's clock: nothing was written later, whatever this device's clock said.
 */
export function resolvePlaylist(conflict: RxConflictHandlerInput<unknown>, now = Infinity): State {
  const written = conflict.newDocumentState as State;
  const mine = written.updatedAt > now ? { ...written, updatedAt: now } : written;
  const theirs = conflict.realMasterState as State;
  const base = (conflict.assumedMasterState ?? null) as State | null;
  if (mine._deleted && theirs._deleted) return theirs;
  if (mine._deleted || theirs._deleted) {
    if (base) return mine._deleted ? theirs : mine;
    // In the same second what goes is later than what it was made with.
    const isMineLater = mine.updatedAt > theirs.updatedAt || (mine._deleted && mine.updatedAt === theirs.updatedAt);
    return isMineLater ? mine : theirs;
  }
  return { ...mergePlaylists(base && !base._deleted ? base : null, mine, theirs), _deleted: false };
}
