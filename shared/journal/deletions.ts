import * as v from 'valibot';
import { Count, MonthId, Positive, StoredSeconds } from '../primitives/identifiers.ts';
import { ListenSource } from './listen.ts';

/** A report of a listen that a person took out of the journal: by its key its source's next word on the play is known. */
export const DeletedReport = v.object({
  source: ListenSource,
  key: v.string(),
  playedAt: StoredSeconds,
  artist: v.string(),
  title: v.string(),
  album: v.optional(v.string()),
  albumArtist: v.optional(v.string()),
  durationSeconds: v.optional(Count),
  zone: v.optional(v.string()),
  /** The very track a person named. */
  trackId: v.optional(Positive),
  /** Made from a replica, and not heard from its source since. */
  rebuilt: v.optional(v.picklist(['exact', 'assumed'])),
});
export type DeletedReport = v.InferOutput<typeof DeletedReport>;

/** A listen that a person took out of the journal, with what is needed to know it again and to put it back. */
export const DeletedListen = v.object({
  id: Positive,
  playedAt: StoredSeconds,
  trackId: Positive,
  source: ListenSource,
  note: v.optional(v.string()),
  deletedAt: StoredSeconds,
  reports: v.array(DeletedReport),
});
export type DeletedListen = v.InferOutput<typeof DeletedListen>;

/**
 * What a person took out of the journal of one UTC month, and what they put back. No journal page holds it, so that without it a
 * library that is restored from a device would take a deleted play for a new one as soon as its source reports it again.
 */
export const DeletionsDocument = v.object({
  /** `2026-11`. */
  id: v.pipe(MonthId, v.maxLength(10)),
  listens: v.array(DeletedListen),
  /** Listens that were put back, and when: that is the later word where another device knows only of the deletion. */
  restored: v.array(v.object({ id: Positive, at: StoredSeconds })),
});
export type DeletionsDocument = v.InferOutput<typeof DeletionsDocument>;
