import * as v from 'valibot';
import { DocumentsRequest, FinishRequest, RebuildRequest, RecoveryStatus, TakenAnswer } from '#shared/api/recovery.ts';
import { type CollectionName, isCollectionName } from '#shared/sync/collections.ts';
import { HttpError } from '../httpError.ts';
import { defineRoute } from '../route.ts';

/** Where a lost library is brought back, or what only a device has is added to the one that is served. */
export interface RecoveryDesk {
  status(): Promise<RecoveryStatus>;
  /**
   * Begins to bring a backup back.
   * @param abandoning the device whose giving of the library is given up for it.
   * @throws {HttpError} when there is none of this name, there is a library, or something else is being done about it.
   */
  restore(name: string, abandoning?: string): Promise<void>;
  beginAnew(abandoning?: string): void;
  /** Opens a new file for what a device holds. */
  rebuild(request: RebuildRequest): void;
  /** @param from the epoch that the documents are of, and what they are meant for. @throws {HttpError} where that is not what is here. */
  take(
    collection: CollectionName,
    documents: readonly unknown[],
    from: Pick<DocumentsRequest, 'epoch' | 'into'>,
  ): Promise<TakenAnswer>;
  /** What was taken becomes the library. @param loss that it was given for; said again once it is the library, it changes nothing. */
  finish(loss?: string): void;
}

const TAG = 'Recovery';

/** The device of `rebuilding`, as GET /recovery says: needed to give up what it gives, so that nobody does who does not know of it. */
const abandon = v.optional(v.pipe(v.string(), v.maxLength(100)));

export const recoveryRoutes = (desk: RecoveryDesk) => [
  defineRoute({
    method: 'get',
    path: '/recovery',
    tag: TAG,
    summary: 'Whether the library is lost, why, and what can be brought back',
    answer: RecoveryStatus,
    handle: () => desk.status(),
  }),
  defineRoute({
    method: 'post',
    path: '/recovery/restore',
    errors: ['unknown-backup', 'recovery-under-way', 'rebuild-under-way', 'library-served', 'library-exchanged'],
    tag: TAG,
    summary: 'Bring a backup back in the place of a lost library; the server serves it by itself when it is there',
    body: v.strictObject({ name: v.pipe(v.string(), v.maxLength(205)), abandon }),
    status: 202,
    answer: RecoveryStatus,
    async handle({ body }) {
      await desk.restore(body.name, body.abandon);
      return desk.status();
    },
  }),
  defineRoute({
    method: 'post',
    path: '/recovery/begin-anew',
    errors: ['recovery-under-way', 'rebuild-under-way', 'library-served', 'library-exchanged'],
    tag: TAG,
    summary: 'Begin an empty library; what is there is moved aside, never deleted',
    body: v.strictObject({ confirm: v.literal('begin-anew'), abandon }),
    status: 202,
    answer: RecoveryStatus,
    handle({ body }) {
      desk.beginAnew(body.abandon);
      return desk.status();
    },
  }),
  defineRoute({
    method: 'post',
    path: '/recovery/rebuild',
    errors: ['recovery-under-way', 'other-loss', 'other-library', 'library-served', 'library-exchanged'],
    tag: TAG,
    summary: 'Begin to build the lost library anew from what a device holds',
    body: RebuildRequest,
    status: 201,
    answer: RecoveryStatus,
    handle({ body }) {
      desk.rebuild(body);
      return desk.status();
    },
  }),
  defineRoute({
    method: 'post',
    path: '/recovery/documents/:collection',
    errors: [
      'unknown-collection',
      'busy',
      'recovery-under-way',
      'other-loss',
      'rebuild-not-begun',
      'library-exchanged',
    ],
    tag: TAG,
    summary: 'Documents as a device holds them: what the library lacks is taken, nothing that it has is changed',
    params: { collection: v.string() },
    body: DocumentsRequest,
    largeBody: true,
    answer: TakenAnswer,
    handle({ params: { collection }, body }) {
      if (!isCollectionName(collection))
        throw new HttpError({ code: 'unknown-collection', params: { name: collection } }, { field: 'collection' });
      return desk.take(collection, body.documents, body);
    },
  }),
  defineRoute({
    method: 'post',
    path: '/recovery/finish',
    errors: ['recovery-under-way', 'other-loss', 'nothing-rebuilt', 'library-served', 'library-exchanged'],
    tag: TAG,
    summary: 'What was taken from a device becomes the library',
    body: FinishRequest,
    status: 202,
    answer: RecoveryStatus,
    handle({ body }) {
      desk.finish(body.loss);
      return desk.status();
    },
  }),
];
