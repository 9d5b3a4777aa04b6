import type { PlaylistItem } from '#shared/api/playlists.ts';

/** A playlist that EurIA writes, or did not manage to write, as the server reports it. */
export type WrittenItem = Pick<PlaylistItem, 'id' | 'name' | 'aiPrompt' | 'state' | 'failure'> &
  Partial<Pick<PlaylistItem, 'problem'>>;

/**
 * What is shown of them once the server was asked again.
 *
 * @param shown what is shown by now. @param before what was shown when it was asked: one that was begun since is not in the answer yet.
 * @param all the server's playlists. One that is ready is a playlist like any other, and is shown here only where it was followed until
 *   it was: its end is still to be shown.
 */
export function shownAgain(
  shown: readonly WrittenItem[],
  before: readonly WrittenItem[],
  all: readonly WrittenItem[],
): WrittenItem[] {
  const begun = shown.filter((item) => !before.includes(item));
  const isFollowed = (id: string) => shown.some((item) => item.id === id);
  return [
    ...begun,
    ...all.filter(({ id, state }) => (state !== 'ready' || isFollowed(id)) && begun.every((item) => item.id !== id)),
  ];
}

/**
 * What the server has of a playlist that this device does not: one that is being written or that failed. Undefined where
 * it is a playlist like any other, which comes by itself.
 */
export const unwritten = (answer: WrittenItem): WrittenItem | undefined =>
  answer.state === 'ready' ? undefined : answer;

/** Those that failed and have no tracks from before: nothing else in the list of saved playlists shows them. */
export const notWritten = (all: readonly WrittenItem[], isSaved: (id: string) => boolean): WrittenItem[] =>
  all.filter(({ id, state }) => state === 'failed' && !isSaved(id));
