import { createHash, randomUUID } from 'node:crypto';
import type { Marker } from '../library/index.ts';
import { HttpError } from '../kit/http/httpError.ts';

/**
 * Names one loss of a library. Nothing writes the marker while the library is lost, and every opening of a library does: the name stays
 * over restarts of the server, and is another after whatever was served meanwhile. Where there is no marker it lasts as long as the
 * process, or the rebuild that remembers it.
 */
export function lossOf(marker: Marker | null): string {
  if (marker === null) return randomUUID();
  const { libraryId, epoch, opening, commits, lastSeq, writtenAt } = marker;
  return createHash('sha256')
    .update(JSON.stringify([libraryId, epoch, opening, commits.made, lastSeq, writtenAt]))
    .digest('hex')
    .slice(0, 32);
}

/** What was agreed to for one loss, or one life of the library, is not done to another. */
export const meantForAnother = (field: string) => new HttpError({ code: 'other-loss' }, { field });
