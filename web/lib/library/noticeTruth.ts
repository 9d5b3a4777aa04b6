import type { SupersededNotice } from './types.ts';

/** What this device shows now of what a notice may be about; undefined while it is not known, null where there is none. */
export interface ShownNow {
  playlistName(id: string): string | null | undefined;
  albumNote(id: string): string | null | undefined;
  /** '' where the listen has none; null where there is no such listen. */
  listenNote(id: number): string | null | undefined;
}

/**
 * Whether what a notice says still is so. What was written may have been put back since, what was deleted may be there again, and
 * what stayed may be gone: then there is nothing to report any more. Undefined while that is not known.
 */
export function isStillSo(
  { subject, subjectId, why, text }: Pick<SupersededNotice, 'subject' | 'subjectId' | 'why' | 'text'>,
  shown: ShownNow,
): boolean | undefined {
  // Of a rating nothing is stored that it could be compared with.
  if (text === '' && why === 'merged') return true;
  const now = shownNow(subject, subjectId, shown);
  if (now === undefined) return undefined;
  if (why === 'kept') return now !== null;
  if (why === 'deleted' || why === 'removed') return now === null;
  return now !== text;
}

function shownNow(subject: SupersededNotice['subject'], id: string, shown: ShownNow): string | null | undefined {
  if (subject === 'playlist-name') return shown.playlistName(id);
  return subject === 'album-note' ? shown.albumNote(id) : shown.listenNote(Number(id));
}
