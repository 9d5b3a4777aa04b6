import * as v from 'valibot';
import { Rating, StoredMilliseconds, StoredSeconds } from '../primitives/identifiers.ts';

/**
 * Why something that a person wrote is not shown any more: they wrote it anew (`replaced`); a later word took its place that did
 * not know of it (`conflict`), or was there before it came (`outdone`); what it was about became part of another (`merged`) or was
 * taken away (`removed`). For a playlist besides: deleted here, changed elsewhere, so it stayed (`kept`); or changed here, deleted
 * elsewhere later, so it went (`deleted`).
 */
export const RevisionReasons = ['replaced', 'conflict', 'outdone', 'merged', 'removed', 'kept', 'deleted'] as const;
export type RevisionReason = (typeof RevisionReasons)[number];

/** One thing that a person wrote and that is stored though it is not shown. */
export const Revision = v.object({
  id: v.string(),
  text: v.string(),
  /** Of an album that became part of another, where both were rated. */
  rating: v.optional(Rating),
  /** The device it was written on; null where that is not known any more. */
  deviceId: v.nullable(v.string()),
  /** Milliseconds since the epoch; null where that is not known any more. */
  writtenAt: v.nullable(StoredMilliseconds),
  why: v.picklist(RevisionReasons),
  /** When it gave way. */
  keptAt: StoredSeconds,
});
export type Revision = v.InferOutput<typeof Revision>;

export const RevisionSubjects = ['album-note', 'listen-note', 'playlist-name'] as const;
export type RevisionSubject = (typeof RevisionSubjects)[number];

/** The history of one note or name, the newest first; its id is `album-note:12`, `listen-note:7` or `playlist-name:<uuid>`. */
export const RevisionsDocument = v.object({
  id: v.pipe(v.string(), v.minLength(1), v.maxLength(80)),
  revisions: v.array(Revision),
});
export type RevisionsDocument = v.InferOutput<typeof RevisionsDocument>;

/** The most that one history holds; the oldest goes first. */
export const MAX_REVISIONS = 20;

/** The id of the history of a thing's note or name. */
export const revisionsId = (subject: RevisionSubject, id: string | number): string => `${subject}:${id}`;

/** What a history is of. @returns undefined for an id that is none. */
export function revisionsOf(id: string): { subject: RevisionSubject; id: string } | undefined {
  const colon = id.indexOf(':');
  const subject = RevisionSubjects.find((each) => each === id.slice(0, colon));
  return subject && { subject, id: id.slice(colon + 1) };
}
