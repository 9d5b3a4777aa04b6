import { getPrimaryKeyOfInternalDocument } from 'rxdb/plugins/core';
import type { MutationDocument } from '#shared/mutations/document.ts';
import type { Database } from './database.ts';
import { everyDocument } from './holdings.ts';
import type { MarkStore } from './marks.ts';
import type { Marks } from './marksShape.ts';

/** What tells whose documents these are, and what waits among them. How far each collection has come is found out again. */
const KEPT = [
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
] as const satisfies (keyof Marks)[];
type KeptMarks = Pick<Marks, (typeof KEPT)[number]>;

const [KEY, CONTEXT] = ['marks', 'aime'];
const ID = getPrimaryKeyOfInternalDocument(KEY, CONTEXT);

/**
 * Keeps the marks beside the documents they speak of too: a browser may clear the one store and leave the other. Without them this
 * device would be another one, to whom its own results are not told, and would take any library for its own.
 */
export async function keepMarks(database: Database, marks: MarkStore): Promise<void> {
  const kept = await read(database);
  const { deviceId, lastIntentNumber } = marks.read();
  if (kept && kept.deviceId !== deviceId) {
    marks.write({ ...kept, lastIntentNumber: Math.max(lastIntentNumber, await highestNumber(database)), caughtUp: {} });
  }
  const owner = marks.read().deviceId;
  let last = kept?.deviceId === owner ? JSON.stringify(kept) : '';
  let writing: Promise<void> = Promise.resolve();
  const keep = (now: Marks): void => {
    const next = Object.fromEntries(KEPT.map((name) => [name, now[name]])) as KeptMarks;
    const text = JSON.stringify(next);
    // Cleared under an open page: what it makes up anew is not what was kept.
    if (text === last || next.deviceId !== owner) return;
    last = text;
    writing = writing
      .then(() => write(database, next))
      .catch((error: unknown) => {
        if (!database.closed) reportError(error);
      });
  };
  marks.onWrite(keep);
  keep(marks.read());
}

async function read({ internalStore }: Database): Promise<KeptMarks | undefined> {
  const [document] = await internalStore.findDocumentsById([ID], false);
  return document?.data as KeptMarks | undefined;
}

async function write({ internalStore, closed }: Database, data: KeptMarks): Promise<void> {
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
    // Another tab kept its own meanwhile.
    if (failed.status !== 409) throw new Error('Could not keep the marks', { cause: failed });
  }
}

async function highestNumber({ collections: { intents: mutations } }: Database): Promise<number> {
  if (!mutations) return 0;
  const all = (await everyDocument(mutations)) as unknown as MutationDocument[];
  return all.reduce((highest, { number }) => Math.max(highest, number), 0);
}
