import type { GaveWay } from './types.ts';

/** What this device shows now of what a notice may be about; undefined while it is not known, null where there is none. */
export interface ShownNow {
  playlistName(id: string): string | null | undefined;
  albumNote(id: string): string | null | undefined;
  /** '' where the listen has none; null where there is no such listen. */
  listenNote(id: number): string | null | undefined;
}

/**
 * Whether what a notice tells still is so. What was written may have been put back since, what was deleted may be there again, and
 * what stayed may be gone: then there is nothing to tell any more.
 */
export function isStillSo({ subject, subjectId, why, text }: Pick<GaveWay, 'subject' | 'subjectId' | 'why' | 'text'>, shown: ShownNow): boolean {
  if (why === 'kept') return shown.playlistName(subjectId) !== null;
  if (why === 'deleted') return typeof shown.playlistName(subjectId) !== 'string';
  if (why === 'removed') return typeof shown.listenNote(Number(subjectId)) !== 'string';
  return text === '' || now(subject, subjectId, shown) !== text;
}

function now(subject: GaveWay['subject'], id: string, shown: ShownNow): string | null | undefined {
  if (subject === 'playlist-name') return shown.playlistName(id);
  return subject === 'album-note' ? shown.albumNote(id) : shown.listenNote(Number(id));
}
