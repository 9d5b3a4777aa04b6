import * as v from 'valibot';
import { collections } from '#shared/sync/collections.ts';
import { MutationDocument } from '#shared/mutations/document.ts';
import { PlaylistDocument } from '#shared/library/playlist.ts';
import type { PushAnswer, PushRow } from '#shared/sync/protocol.ts';
import { foreignOption } from '#shared/playlists/ownOptions.ts';
import { canonical } from '#shared/text/canonical.ts';
import { HttpError } from '../kit/http/httpError.ts';
import { strictly } from '../kit/http/strictly.ts';
import type { Log } from '../kit/log.ts';
import type { Library } from '../library/api/library.ts';
import type { PlaylistState } from '../library/api/playlists.ts';
import { checked, type Conflict, type Master, RowTaker } from './pushRows.ts';
import type { PushingDevice } from './pushingDevice.ts';
import { collectionNamed } from './pull.ts';
import { notePush } from './syncMeters.ts';

/**
 * A name that this version does not know may say what was wanted: done without it, it would be something else. So a row with such a
 * name is refused, that row alone, and the device that wrote it shows that to the person and retains what they wrote. Of what stands beside a
 * mutation (what its ids were to the person, what it was answered earlier) nothing is wanted: there an unknown name is passed over.
 */
const PushedMutation = v.strictObject({
  ...MutationDocument.entries,
  intent: strictly(MutationDocument.entries.intent),
});
const PushedPlaylist = strictly(PlaylistDocument);

/** Options that the algorithm does not go by are not taken, unless the playlist has them from a version that took them. */
function refuseForeignOptions(
  library: Library,
  { id, algorithm, options = {} }: PlaylistDocument,
  where: string,
): void {
  const stored = library.playlists.master(id)?.document.options ?? {};
  const isNew = (name: string) => canonical(options[name]) !== canonical(stored[name]);
  const option = foreignOption(algorithm, Object.fromEntries(Object.entries(options).filter(([name]) => isNew(name))));
  if (option === undefined) return;
  throw new HttpError(
    { code: 'foreign-option', params: { option, algorithm: algorithm ?? 'none' } },
    { field: `${where}.options.${option}` },
  );
}

/** Takes what devices write, one push of a device after the other. @returns for each push what came of it. @throws HttpError for a collection that devices do not write. */
export function createPush(library: Library, log: Log) {
  const taker = new RowTaker(library.availability, log);
  return async (name: string, rows: readonly unknown[], device: PushingDevice): Promise<PushAnswer> => {
    const collection = collectionNamed(name);
    if (!collections[collection].push)
      throw new HttpError({ code: 'read-only', params: { collection } }, { field: 'collection' });
    const push = collection === 'intents' ? pushMutation : pushPlaylist;
    const { conflicts: met, refused } = await taker.take(`${collection}:${device.id ?? ''}`, rows, (row, index) =>
      push(library, row, index, device),
    );
    const conflicts = met.map(({ master }) => master);
    notePush(collection, { all: rows.length, conflicts: conflicts.length, refused: refused.length });
    return { conflicts, refused, bases: met.flatMap(({ base }) => base ?? []) };
  };
}

/**
 * A mutation is applied once, by its id, whatever the device shows; its result travels back with the next pull.
 * One that was known already conflicts unless the device assumed just that: so a device whose first answer was lost learns the result.
 * One that the device has deleted was refused, and is dismissed.
 */
function pushMutation(
  library: Library,
  { newDocumentState, assumedMasterState }: PushRow,
  index: number,
  device: PushingDevice,
): Conflict | null {
  if (newDocumentState._deleted) return (library.mutations.dismiss(newDocumentState.id), null);
  const document = checked(PushedMutation, plain(newDocumentState), `${index}.newDocumentState`);
  const master = library.mutations.get(document.id);
  library.mutations.apply([document], device.clock.now);
  const agreed = !master || (assumedMasterState && canonical(plain(assumedMasterState)) === canonical(master));
  return agreed ? null : { master: { ...master, _deleted: false } };
}

function pushPlaylist(
  library: Library,
  { newDocumentState, assumedMasterState: assumed }: PushRow,
  index: number,
  device: PushingDevice,
): Conflict | null {
  const where = `${index}.newDocumentState`;
  const document = checked(PushedPlaylist, plain(newDocumentState), where);
  refuseForeignOptions(library, document, where);
  const conflict = library.playlists.push({
    document: dated(library, document, device),
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
