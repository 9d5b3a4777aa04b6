import * as v from 'valibot';
import { Count, EpochSeconds, StoredSeconds, Whole } from '../primitives/identifiers.ts';
import { defineEndpoint } from './contract.ts';

/** The question as it was shown to who answers it: how long listens would stay, and what would leave the journal for it. */
export const SeenQuestion = v.object({
  days: Whole,
  listens: Whole,
  oldest: EpochSeconds,
  clock: v.optional(EpochSeconds),
});

export type SeenQuestion = v.InferOutput<typeof SeenQuestion>;

const Seconds = v.nullable(StoredSeconds);
/** How long listens stay in the journal. Times in seconds since the epoch. */
export const RetentionStatus = v.object({
  /** 0 is for ever. */
  days: Count,
  decided: v.boolean(),
  /**
   * Listens that would fall out, once a person says so, and the oldest of them. `clock`: what the server's clock says, where it is
   * further on than it can have come; it may be wrong.
   */
  waiting: v.nullable(v.object({ listens: Count, oldest: StoredSeconds, clock: v.optional(StoredSeconds) })),
});
export type RetentionStatus = v.InferOutput<typeof RetentionStatus>;

/** A file of listens that left the journal. */
export const ArchiveFile = v.object({
  name: v.string(),
  /** Null when the file is not in its folder any more. */
  bytes: v.nullable(Count),
  createdAt: Seconds,
  /** Those that are out of the journal and in this file. */
  listens: Count,
  /** When the first and the last of them were heard. */
  from: Seconds,
  to: Seconds,
});
export type ArchiveFile = v.InferOutput<typeof ArchiveFile>;

const TAG = 'Retention';

export const getRetention = defineEndpoint({
  operationId: 'getRetention',
  method: 'get',
  path: '/retention',
  tag: TAG,
  summary: 'How long listens stay in the journal, and whether some wait for a decision',
  answers: { 200: RetentionStatus },
});

export const decideRetention = defineEndpoint({
  operationId: 'decideRetention',
  method: 'put',
  path: '/retention',
  errors: ['question-changed', 'setting-fixed', 'setting-whole'],
  tag: TAG,
  summary: 'Decide how many days listens stay; 0 keeps everything',
  body: v.strictObject({
    days: v.pipe(
      v.number('a whole number of days from 0 to 36500'),
      v.integer('a whole number of days from 0 to 36500'),
      v.minValue(0),
      v.maxValue(36_500),
    ),
    seen: v.optional(SeenQuestion),
  }),
  answers: { 200: RetentionStatus },
});

export const listArchive = defineEndpoint({
  operationId: 'listArchive',
  method: 'get',
  path: '/archive',
  tag: TAG,
  summary: 'Files of the archive, newest first, each with the listens it holds for the journal',
  answers: { 200: v.object({ items: v.array(ArchiveFile), restoring: v.array(v.string()) }) },
});

export const restoreArchive = defineEndpoint({
  operationId: 'restoreArchive',
  method: 'post',
  path: '/archive/:name/restore',
  errors: ['unknown-archive'],
  tag: TAG,
  summary:
    "Bring a file's listens back into the journal, or join the restore that is going; progress comes by the event stream",
  params: { name: v.pipe(v.string(), v.maxLength(100)) },
  answers: { 202: v.object({ name: v.string(), state: v.literal('running') }) },
});
