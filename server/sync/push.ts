import * as v from 'valibot';
import { collections } from '#shared/sync/collections.ts';
import { IntentDocument } from '#shared/sync/intents.ts';
import { PlaylistDocument } from '#shared/library/playlist.ts';
import { PushAnswer, PushBody, type PushRow, ROWS_HEADER } from '#shared/sync/protocol.ts';
import { canonical } from '#shared/text/canonical.ts';
import { HttpError } from '../http/httpError.ts';
import { defineRoute } from '../http/route.ts';
import type { Log } from '../kit/log.ts';
import type { Library, PlaylistState } from '../library/contract.ts';
import { checked, type Conflict, type Master, RowTaker } from './pushRows.ts';
import { deviceOf, type PushingDevice } from './pushingDevice.ts';
import { collectionNamed } from './pull.ts';

/**
 * What devices wrote. Answers the master state of every row that conflicts, and which rows were not taken and why; an app that does
 * not ask for the latter gets the conflicts alone, or a 400 that names the first such row once the others are taken.
 */
export const pushRoute = (library: Library, log: Log) => {
  const taker = new RowTaker(library.availability, log);
  return defineRoute({
    method: 'post',
    path: '/sync/:collection/push',
    tag: 'Sync',
    summary: 'Rows a device wrote; answers the conflicting master states',
    params: { collection: v.string() },
    body: PushBody,
    largeBody: true,
    answer: v.union([PushAnswer, PushAnswer.entries.conflicts]),
    async handle({ params, body, c }) {
      const collection = collectionNamed(params.collection);
      if (!collections[collection].push) throw new HttpError({ code: 'read-only', params: { collection } }, { field: 'collection' });
      const device = deviceOf(c);
      const push = collection === 'intents' ? pushIntent : pushPlaylist;
      const { conflicts: met, refused } = await taker.take(`${collection}:${device.id ?? ''}`, body, (row, index) => push(library, row, index, device));
      const conflicts = met.map(({ master }) => master);
      if (c.req.header(ROWS_HEADER) !== undefined) return { conflicts, refused, bases: met.flatMap(({ base }) => base ?? []) };
      const [first] = refused;
      if (first) throw new HttpError({ code: 'bad-value' }, { field: first.field ?? String(first.index), message: first.message });
      return conflicts;
    },
  });
};

/**
 * An intent is applied once, by its id, whatever the device believes; its verdict travels back with the next pull.
 * One that was known already conflicts unless the device assumed just that: so a device whose first answer was lost learns the verdict.
 * One that the device has deleted was refused, and is dismissed.
 */
function pushIntent(library: Library, { newDocumentState, assumedMasterState }: PushRow, index: number, device: PushingDevice): Conflict | null {
  if (newDocumentState._deleted) return library.intents.dismiss(newDocumentState.id), null;
  const document = checked(IntentDocument, plain(newDocumentState), `${index}.newDocumentState`);
  const master = library.intents.get(document.id);
  library.intents.apply([document], device.clock.now);
  const agreed = !master || (assumedMasterState && canonical(plain(assumedMasterState)) === canonical(master));
  return agreed ? null : { master: { ...master, _deleted: false } };
}

function pushPlaylist(library: Library, { newDocumentState, assumedMasterState: assumed }: PushRow, index: number, device: PushingDevice): Conflict | null {
  const conflict = library.playlists.push({
    document: dated(library, checked(PlaylistDocument, plain(newDocumentState), `${index}.newDocumentState`), device),
    deleted: newDocumentState._deleted === true,
    assumed: assumed ? { ...plain(assumed), _deleted: assumed._deleted === true } : null,
    deviceId: device.id,
    push: device.push,
  });
  return conflict && { master: stateOf(conflict.master), ...(conflict.base && { base: stateOf(conflict.base) }) };
}

const stateOf = ({ document, deleted }: PlaylistState): Master => ({ ...document, _deleted: deleted });

/** Changed when the device's clock says it was, held against what that clock says now; and made no later than it was changed. */
function dated(library: Library, document: PlaylistDocument, { clock }: PushingDevice): PlaylistDocument {
  const updatedAt = Math.floor(library.writtenWhen(document.updatedAt * 1000, clock) / 1000);
  return { ...document, createdAt: Math.min(document.createdAt, updatedAt), updatedAt };
}

/** A document without what RxDB keeps beside it. */
function plain(state: Record<string, unknown>): Record<string, unknown> {
  const { _deleted, _meta, _rev, _attachments, ...document } = state;
  return document;
}
