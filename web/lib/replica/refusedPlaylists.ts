import { MOST_ENTRIES, type PlaylistDocument } from '#shared/library/playlist.ts';
import type { PushRow } from '#shared/sync/protocol.ts';
import type { MarkStore } from './marks.ts';
import { wordsBeyond } from './playlistWords.ts';
import { type ApiError, reasonOf } from './wire.ts';

/** Keeps what a playlist that the server did not take would have said, to be told. */
export function noteRefused(
  marks: MarkStore,
  { newDocumentState, assumedMasterState }: PushRow,
  error: ApiError,
): void {
  const mine = newDocumentState as Partial<PlaylistDocument> & { id: string };
  // Of a list that the server never had, nothing of the server's takes its place.
  const words = assumedMasterState ? wordsBeyond(mine, assumedMasterState) : undefined;
  const reason = (mine.entries?.length ?? 0) > MOST_ENTRIES ? 'too-many-entries' : reasonOf(error);
  marks.write({
    refusedPlaylists: {
      ...marks.read().refusedPlaylists,
      [mine.id]: { reason, message: error.message, name: mine.name, words },
    },
  });
}
