import { getPrimaryKeyOfInternalDocument } from 'rxdb/plugins/core';
import type { MutationDocument } from '#shared/mutations/document.ts';
import type { Database } from './database.ts';
import { everyDocument } from './holdings.ts';
import type { MetadataStore } from './metadataStore.ts';
import type { ReplicaMetadata } from './replicaMetadata.ts';

/** What says whose documents these are, and what waits among them. How far each collection has come is found out again. */
const MIRRORED = [
  'deviceId',
  'generation',
  'epoch',
  'libraryId',
  'unjudged',
  'held',
  'accepted',
  'sweeping',
  'unsentPlaylists',
  'unsentWords',
  'refusedPlaylists',
] as const satisfies (keyof ReplicaMetadata)[];
type MirroredMetadata = Pick<ReplicaMetadata, (typeof MIRRORED)[number]>;

const [KEY, CONTEXT] = ['marks', 'aime'];
const ID = getPrimaryKeyOfInternalDocument(KEY, CONTEXT);

/**
 * Stores the replica metadata beside the documents too: a browser may clear the one store and leave the other. Without them this
 * device would be another one, which does not get its own results, and would take any library for its own.
 */
export async function mirrorMetadata(database: Database, metadata: MetadataStore): Promise<void> {
  const mirrored = await read(database);
  const { deviceId, lastIntentNumber: lastNumber } = metadata.read();
  if (mirrored && mirrored.deviceId !== deviceId) {
    metadata.write({
      ...mirrored,
      lastIntentNumber: Math.max(lastNumber, await highestNumber(database)),
      caughtUp: {},
    });
  }
  const owner = metadata.read().deviceId;
  let last = mirrored?.deviceId === owner ? JSON.stringify(mirrored) : '';
  let pendingWrite: Promise<void> = Promise.resolve();
  const keep = (now: ReplicaMetadata): void => {
    const next = Object.fromEntries(MIRRORED.map((name) => [name, now[name]])) as MirroredMetadata;
    const text = JSON.stringify(next);
    // Cleared under an open page: what it makes up anew is not what was stored.
    if (text === last || next.deviceId !== owner) return;
    last = text;
    pendingWrite = pendingWrite
      .then(() => write(database, next))
      .catch((error: unknown) => {
        if (!database.closed) reportError(error);
      });
  };
  metadata.onWrite(keep);
  keep(metadata.read());
}

async function read({ internalStore }: Database): Promise<MirroredMetadata | undefined> {
  const [document] = await internalStore.findDocumentsById([ID], false);
  return document?.data as MirroredMetadata | undefined;
}

async function write({ internalStore, closed }: Database, data: MirroredMetadata): Promise<void> {
  if (closed) return;
  for (;;) {
    const [previous] = await internalStore.findDocumentsById([ID], true);
    const document = {
      id: ID,
      key: KEY,
      context: CONTEXT,
      data,
      _deleted: false,
      _attachments: {},
      _rev: previous?._rev ?? '',
      _meta: { lwt: 0 },
    };
    const { error } = await internalStore.bulkWrite([previous ? { previous, document } : { document }], 'marks');
    const [failed] = error;
    if (!failed) return;
    // Another tab wrote its own meanwhile.
    if (failed.status !== 409) throw new Error('Could not store the replica metadata', { cause: failed });
  }
}

async function highestNumber({ collections: { intents: mutations } }: Database): Promise<number> {
  if (!mutations) return 0;
  const all = (await everyDocument(mutations)) as unknown as MutationDocument[];
  return all.reduce((highest, { number }) => Math.max(highest, number), 0);
}
