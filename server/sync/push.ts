import * as v from 'valibot';
import { collections } from '#shared/sync/collections.ts';
import { IntentDocument } from '#shared/sync/intents.ts';
import { PlaylistDocument } from '#shared/library/playlist.ts';
import { PushBody, type PushRow } from '#shared/sync/protocol.ts';
import { badRequest } from '../http/httpError.ts';
import { defineRoute, issueToError } from '../http/route.ts';
import type { Library } from '../library/contract.ts';
import { deviceOf, type PushingDevice } from './pushingDevice.ts';
import { collectionNamed } from './pull.ts';

type Master = { id: string; _deleted: boolean } & Record<string, unknown>;

/** What devices wrote. Answers the master state of every row that conflicts; an empty list means all was taken. */
export const pushRoute = (library: Library) =>
  defineRoute({
    method: 'post',
    path: '/sync/:collection/push',
    tag: 'Sync',
    summary: 'Rows a device wrote; answers the conflicting master states',
    params: { collection: v.string() },
    body: PushBody,
    answer: v.array(v.looseObject({ id: v.string(), _deleted: v.boolean() })),
    handle({ params, body, c }) {
      const collection = collectionNamed(params.collection);
      if (!collections[collection].push) throw badRequest(`${collection} is read-only: write an intent instead`, 'collection');
      const device = deviceOf(c);
      return collection === 'intents' ? pushIntents(library, body, device) : pushPlaylists(library, body, device);
    },
  });

/**
 * An intent is applied once, by its id, whatever the device believes; its verdict travels back with the next pull.
 * One that was known already conflicts unless the device assumed just that: so a device whose first answer was lost learns the verdict.
 */
function pushIntents(library: Library, rows: readonly PushRow[], device: PushingDevice): Master[] {
  const documents = rows.map((row, index) => checked(IntentDocument, plain(row.newDocumentState), index));
  const before = documents.map((document) => library.intents.get(document.id));
  library.intents.apply(documents, device.clock.now);
  return before.flatMap((master, index) => {
    const assumed = rows[index]?.assumedMasterState;
    const agreed = !master || (assumed && canonical(plain(assumed)) === canonical(master));
    return agreed ? [] : [{ ...master, _deleted: false }];
  });
}

function pushPlaylists(library: Library, rows: readonly PushRow[], device: PushingDevice): Master[] {
  const conflicts: Master[] = [];
  const playlists = rows.map((row, index) => {
    const deleted = row.newDocumentState._deleted === true;
    const document = dated(library, checked(PlaylistDocument, plain(row.newDocumentState), index), device);
    return { document, deleted, assumed: row.assumedMasterState };
  });
  for (const { document, deleted, assumed } of playlists) {
    const master = library.playlists.master(document.id);
    if (!agrees(master, assumed)) {
      if (master) {
        library.playlists.keepClash({ mine: { document, deleted }, master, assumed: nameOf(assumed), deviceId: device.id ?? null });
        conflicts.push({ ...master.document, _deleted: master.deleted });
      } else library.playlists.put(document, device.id);
      continue;
    }
    if (deleted) library.playlists.remove(document.id, device.id);
    else library.playlists.put(document, device.id);
  }
  return conflicts;
}

/** Changed when the device's clock says it was, held against what that clock says now. */
function dated(library: Library, document: PlaylistDocument, { clock }: PushingDevice): PlaylistDocument {
  return { ...document, updatedAt: Math.floor(library.writtenWhen(document.updatedAt * 1000, clock) / 1000) };
}

function nameOf(assumed: PushRow['assumedMasterState']): { name: string } | null {
  return assumed && typeof assumed.name === 'string' ? { name: assumed.name } : null;
}

/** The device knew the master as it is. A device that assumes a master this library never had is ahead of it: it may write. */
function agrees(master: { document: PlaylistDocument; deleted: boolean } | null, assumed: PushRow['assumedMasterState']): boolean {
  if (!master) return true;
  if (!assumed) return false;
  return (assumed._deleted === true) === master.deleted && canonical(plain(assumed)) === canonical(master.document);
}

/** A document without what RxDB keeps beside it. */
function plain(state: Record<string, unknown>): Record<string, unknown> {
  const { _deleted, _meta, _rev, _attachments, ...document } = state;
  return document;
}

/** JSON with sorted keys: the same document gives the same text. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([one], [other]) => (one < other ? -1 : 1)))
      : part,
  );
}

function checked<S extends v.GenericSchema>(schema: S, value: unknown, index: number): v.InferOutput<S> {
  const result = v.safeParse(schema, value);
  if (result.success) return result.output;
  throw issueToError(result.issues[0], `${index}.newDocumentState`);
}
