import { MOST_ENTRIES, type PlaylistDocument } from '#shared/library/playlist.ts';
import type { PushRow } from '#shared/sync/protocol.ts';
import type { MetadataStore } from './metadataStore.ts';
import { localOnlyText } from './playlistText.ts';
import { type ApiError, reasonOf } from './apiClient.ts';

/** Stores what a playlist that the server refused would have said, to be shown. */
export function noteRefused(
  metadata: MetadataStore,
  { newDocumentState, assumedMasterState }: PushRow,
  error: ApiError,
): void {
  const mine = newDocumentState as Partial<PlaylistDocument> & { id: string };
  // Of a list that the server never had, nothing of the server's takes its place.
  const localText = assumedMasterState ? localOnlyText(mine, assumedMasterState) : undefined;
  const reason = (mine.entries?.length ?? 0) > MOST_ENTRIES ? 'too-many-entries' : reasonOf(error);
  metadata.write({
    refusedPlaylists: {
      ...metadata.read().refusedPlaylists,
      [mine.id]: { reason, message: error.message, name: mine.name, words: localText },
    },
  });
}
