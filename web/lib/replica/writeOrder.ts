import {
  getChangedDocumentsSince,
  type BulkWriteRow,
  type RxCollection,
  type RxDocumentData,
  type RxStorage,
  type RxStorageInstance,
} from 'rxdb/plugins/core';
import { collections, type CollectionName } from '#shared/sync/collections.ts';

type AnyStorage = RxStorage<unknown, unknown>;
type Instance = RxStorageInstance<unknown, unknown, unknown>;
type Stored = RxDocumentData<{ id: string }>;

/** Where RxDB's push stands: it asks for what was written later, and by a higher id at the same moment. */
interface Written {
  lwt: number;
  id: string;
}

/** RxDB looks for nothing that was written before. */
const EARLIEST = 1;
const AT_ONCE = 500;

/**
 * A storage in which whatever a person makes is stamped later than everything before it, also where the device's clock was ahead
 * and was set right. RxDB pushes what is stamped later than what it pushed last: it would pass over the rest for ever.
 */
export function inWriteOrder(storage: AnyStorage): AnyStorage {
  const createStorageInstance: AnyStorage['createStorageInstance'] = async (params) => {
    const instance = await storage.createStorageInstance(params);
    if (collections[params.collectionName as CollectionName]?.push) order(instance as unknown as Instance);
    return instance;
  };
  return Object.assign(Object.create(storage) as AnyStorage, { createStorageInstance });
}

function order(instance: Instance): void {
  const bulkWrite = instance.bulkWrite.bind(instance);
  let latest = EARLIEST;
  instance.bulkWrite = async (rows, context) => {
    const stamp = Math.max(...rows.map(({ document }) => document._meta.lwt));
    // Another tab may have written meanwhile.
    const found = await latestAfter(instance, Math.max(latest, stamp));
    if (found !== undefined) latest = Math.max(latest, found);
    if (stamp <= latest) restamp(rows, (latest = next(latest)));
    else latest = stamp;
    return bulkWrite(rows, context);
  };
}

function restamp(rows: readonly BulkWriteRow<unknown>[], lwt: number): void {
  for (const { document } of rows) document._meta = { ...document._meta, lwt };
}

/** The latest stamp of the documents that are stamped later than that; undefined when none is. */
async function latestAfter(instance: Instance, stamp: number): Promise<number | undefined> {
  let latest: number | undefined;
  for (;;) {
    const { documents } = await getChangedDocumentsSince<unknown, unknown>(instance, AT_ONCE, {
      lwt: next(latest ?? stamp),
      id: '',
    });
    const last = documents.at(-1);
    if (!last) return latest;
    latest = last._meta.lwt;
  }
}

/** RxDB's stamps are milliseconds with two decimals. */
function next(lwt: number): number {
  return Math.round(lwt * 100 + 1) / 100;
}

/**
 * Offers what the server has not answered yet to the next push, however it is stamped: what was stamped before stamps were in order,
 * or lies behind where the push stands for any other reason. RxDB itself knows which of it was taken already.
 */
export function offersUnsent({ storageInstance }: RxCollection, unsent: () => Promise<Stored[]>): void {
  const asStamped = { ...storageInstance, getChangedDocumentsSince: undefined } as unknown as Instance;
  let isFirst = true;
  storageInstance.getChangedDocumentsSince = async (limit: number, checkpoint?: Written) => {
    if (isFirst) {
      isFirst = false;
      const from = checkpoint ?? { lwt: EARLIEST, id: '' };
      const passedOver = (await unsent()).filter((document) => !isLater(document, from));
      if (passedOver.length > 0) return { documents: passedOver, checkpoint: from };
    }
    return getChangedDocumentsSince<unknown, unknown>(asStamped, limit, checkpoint);
  };
}

function isLater({ id, _meta: { lwt } }: Stored, than: Written): boolean {
  return lwt > than.lwt || (lwt === than.lwt && id > than.id);
}
