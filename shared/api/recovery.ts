import * as v from 'valibot';
import { Count, StoredSeconds } from '../primitives/identifiers.ts';
import { SeenIds } from '../sync/state.ts';
import { defineEndpoint } from './contract.ts';
import { Problem } from '../errors/errors.ts';

/** Why there is a data folder but no library to serve. */
export const RecoveryReason = v.picklist(['missing', 'empty', 'damaged', 'foreign', 'newer']);
export type RecoveryReason = v.InferOutput<typeof RecoveryReason>;

/** The answer of GET /api/v1/recovery: what became of the library, and what can be restored. */
export const RecoveryStatus = v.object({
  /** `none`: there is a library, and it is served. */
  state: v.picklist(['recovery', 'rebuilding', 'none']),
  /** Names this one loss, over restarts of the server; null while there is a library. */
  loss: v.nullable(v.string()),
  reason: v.nullable(RecoveryReason),
  /** What is the matter, in words. */
  message: v.nullable(v.string()),
  /** Where the library's file is, or should be. */
  file: v.string(),
  /** What the marker beside the database says of the library that was there; null when there is none. */
  formerLife: v.nullable(
    v.object({
      libraryId: v.string(),
      epoch: v.string(),
      lastSeq: Count,
      writtenAt: StoredSeconds,
      listens: Count,
      albums: Count,
    }),
  ),
  /** Newest first; null counts of those that cannot be read. */
  backups: v.array(
    v.object({
      name: v.string(),
      folder: v.picklist(['first', 'second']),
      createdAt: StoredSeconds,
      bytes: Count,
      listens: v.nullable(Count),
      albums: v.nullable(Count),
      kind: v.string(),
    }),
  ),
  /** What is being taken from a device. */
  rebuilding: v.nullable(v.object({ deviceId: v.string(), taken: v.record(v.string(), Count) })),
  /** What is under way just now. */
  working: v.nullable(v.picklist(['restore', 'begin-anew', 'finish'])),
  /** Why the last attempt came to nothing, in words. */
  failure: v.nullable(v.string()),
  /** The same as a code that pages translate. */
  problem: v.optional(Problem),
});
export type RecoveryStatus = v.InferOutput<typeof RecoveryStatus>;

/** The name of a loss, or the epoch of a library that is served: what a person agreed to, and nothing else, is what is done. */
const AgreedTo = v.optional(v.pipe(v.string(), v.maxLength(100)));

/** The body of POST /api/v1/recovery/rebuild. */
export const RebuildRequest = v.strictObject({
  /** Of the library that the device holds; null when it does not know. */
  libraryId: v.nullable(v.pipe(v.string(), v.maxLength(100))),
  deviceId: v.pipe(v.string(), v.minLength(1), v.maxLength(100)),
  epoch: v.pipe(v.string(), v.maxLength(100)),
  /** The highest ids that the device holds. */
  highest: SeenIds,
  /** The loss that a person was shown; refused in another one. */
  loss: AgreedTo,
});
export type RebuildRequest = v.InferOutput<typeof RebuildRequest>;

/** The body of POST /api/v1/recovery/documents/:collection. */
export const DocumentsRequest = v.strictObject({
  documents: v.pipe(v.array(v.unknown()), v.maxLength(1_000)),
  /** The epoch that the documents are of; without it, the one that was named when the rebuild began. */
  epoch: v.optional(v.pipe(v.string(), v.maxLength(100))),
  /** What they are given to: the loss that is being made good, or the epoch of the library that is served; refused by any other. */
  into: AgreedTo,
});
export type DocumentsRequest = v.InferOutput<typeof DocumentsRequest>;

/** The body of POST /api/v1/recovery/finish. */
export const FinishRequest = v.strictObject({ loss: AgreedTo });

export const TakenAnswer = v.object({
  /** Documents of which the library lacked something. */
  taken: Count,
  /** Documents that it had already, whole. */
  known: Count,
  /** Stored until what they name is given. */
  waiting: v.optional(Count),
  /** `reason` in the server's own words; `problem` the same as a code that pages translate. */
  refused: v.array(v.object({ id: v.string(), reason: v.string(), problem: v.optional(Problem) })),
});
export type TakenAnswer = v.InferOutput<typeof TakenAnswer>;

const TAG = 'Recovery';

/** The device of `rebuilding`, as GET /recovery says: needed to give up what it gives, so that nobody does who does not know of it. */
const abandon = v.optional(v.pipe(v.string(), v.maxLength(100)));

export const getRecovery = defineEndpoint({
  operationId: 'getRecovery',
  method: 'get',
  path: '/recovery',
  tag: TAG,
  summary: 'Whether the library is lost, why, and what can be brought back',
  answers: { 200: RecoveryStatus },
});

export const restoreLostLibrary = defineEndpoint({
  operationId: 'restoreLostLibrary',
  method: 'post',
  path: '/recovery/restore',
  errors: ['unknown-backup', 'recovery-under-way', 'rebuild-under-way', 'library-served', 'library-exchanged'],
  tag: TAG,
  summary: 'Bring a backup back in the place of a lost library; the server serves it by itself when it is there',
  body: v.strictObject({ name: v.pipe(v.string(), v.maxLength(205)), abandon }),
  answers: { 202: RecoveryStatus },
});

export const beginAnew = defineEndpoint({
  operationId: 'beginAnew',
  method: 'post',
  path: '/recovery/begin-anew',
  errors: ['recovery-under-way', 'rebuild-under-way', 'library-served', 'library-exchanged'],
  tag: TAG,
  summary: 'Begin an empty library; what is there is moved aside, never deleted',
  body: v.strictObject({ confirm: v.literal('begin-anew'), abandon }),
  answers: { 202: RecoveryStatus },
});

export const beginRebuild = defineEndpoint({
  operationId: 'beginRebuild',
  method: 'post',
  path: '/recovery/rebuild',
  errors: ['recovery-under-way', 'other-loss', 'other-library', 'library-served', 'library-exchanged'],
  tag: TAG,
  summary: 'Begin to build the lost library anew from what a device holds',
  body: RebuildRequest,
  answers: { 201: RecoveryStatus },
});

export const giveDocuments = defineEndpoint({
  operationId: 'giveDocuments',
  method: 'post',
  path: '/recovery/documents/:collection',
  errors: ['unknown-collection', 'busy', 'recovery-under-way', 'other-loss', 'rebuild-not-begun', 'library-exchanged'],
  tag: TAG,
  summary: 'Documents as a device holds them: what the library lacks is taken, nothing that it has is changed',
  params: { collection: v.string() },
  body: DocumentsRequest,
  largeBody: true,
  answers: { 200: TakenAnswer },
});

export const finishRebuild = defineEndpoint({
  operationId: 'finishRebuild',
  method: 'post',
  path: '/recovery/finish',
  errors: ['recovery-under-way', 'other-loss', 'nothing-rebuilt', 'library-served', 'library-exchanged'],
  tag: TAG,
  summary: 'What was taken from a device becomes the library',
  body: FinishRequest,
  answers: { 202: RecoveryStatus },
});
