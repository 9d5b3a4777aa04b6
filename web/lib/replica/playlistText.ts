import type { PlaylistDocument, PlaylistEntry } from '#shared/library/playlist.ts';

/** What entries hold, a line for each that says it. */
export function linesOf(entries: readonly PlaylistEntry[]): string {
  return entries
    .flatMap(({ artist, title }) => (title === undefined ? [] : [artist, title].filter(Boolean).join(' – ')))
    .join('\n');
}

/**
 * What this device wanted in a playlist and the server does not have: shown with a refusal, because the server's state of it takes its
 * place here.
 */
export function localOnlyText(
  { name, entries = [] }: Partial<PlaylistDocument>,
  theirs: Partial<PlaylistDocument>,
): string {
  const there = new Set(theirs.entries?.map(({ entry }) => entry));
  const added = linesOf(entries.filter(({ entry }) => !there.has(entry)));
  return [name !== theirs.name && name, added].filter(Boolean).join('\n');
}
