import type { PlaylistDocument } from '#shared/library/playlist.ts';
import { tracks } from '$lib/library/index.ts';

/** How long a playlist plays, in seconds, as far as its tracks' lengths are known. */
export function secondsOf({ entries }: PlaylistDocument): number {
  return entries.reduce((sum, { trackId }) => sum + ((trackId !== null && tracks.get(trackId)?.durationSeconds) || 0), 0);
}
