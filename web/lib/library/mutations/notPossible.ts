import * as v from 'valibot';
import type { PlaylistDocument } from '#shared/library/playlist.ts';
import { isTooLong } from '../outbox/playlistEdit.ts';

/** `time`: no listen can have been then, by this device's clock; `too-many-entries`: a playlist would be too long; `content`: what was typed. */
export type NotPossibleReason = 'time' | 'too-many-entries' | 'content';

/** What a person did can be no mutation: nothing was written, and it must not be shown as done. */
export class NotPossible extends Error {
  readonly reason: NotPossibleReason;

  constructor(reason: NotPossibleReason, cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.name = 'NotPossible';
    this.reason = reason;
  }
}

/** Makes a mutation. @throws {NotPossible} where its schema does not take it. */
export function possible<T>(make: () => T): T {
  try {
    return make();
  } catch (error) {
    if (!v.isValiError<v.GenericSchema>(error)) throw error;
    throw new NotPossible(reasonOf(error), error);
  }
}

function reasonOf(error: v.ValiError<v.GenericSchema>): NotPossibleReason {
  if (isTooLong(error as v.ValiError<typeof PlaylistDocument>)) return 'too-many-entries';
  return error.issues.some((issue) => v.getDotPath(issue) === 'playedAt') ? 'time' : 'content';
}
