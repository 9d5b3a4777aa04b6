import type { RxCollection, RxDocumentData } from 'rxdb/plugins/core';
import type { PlaylistDocument } from '#shared/library/playlist.ts';
import type { IntentDocument } from '#shared/sync/intents.ts';
import { type ApiError, reasonOf } from './wire.ts';

async function allOf(intents: RxCollection): Promise<IntentDocument[]> {
  const documents = await intents.find().exec();
  return documents.map((document) => document.toMutableJSON() as IntentDocument);
}

/** The highest seq of the feed that any verdict has named. */
export async function highestAppliedSeq(intents: RxCollection): Promise<number> {
  let highest = 0;
  for (const { verdict } of await allOf(intents)) {
    if (verdict?.state === 'applied') highest = Math.max(highest, verdict.appliedSeq);
  }
  return highest;
}

/**
 * Takes on what this device made under a name that it does not go by any more: the server's answers come by that name. What the
 * server knows already it answers when it is offered again.
 */
export async function takeOn(intents: RxCollection, deviceId: string): Promise<void> {
  for (const document of await intents.find().exec()) {
    const { verdict, deviceId: maker } = document.toJSON() as IntentDocument;
    if (!verdict && maker !== deviceId) await document.incrementalPatch({ deviceId });
  }
}

/** What the server has not answered yet. */
export async function unjudged(intents: RxCollection): Promise<RxDocumentData<{ id: string }>[]> {
  const waiting = (await allOf(intents)).filter(({ verdict }) => !verdict);
  return intents.storageInstance.findDocumentsById(
    waiting.map(({ id }) => id),
    false,
  );
}

/** Takes the verdicts off what was applied in an epoch that is over: a restored library may not know of it. */
export async function offerAgain(intents: RxCollection): Promise<void> {
  for (const document of await intents.find().exec()) {
    if ((document.toJSON() as IntentDocument).verdict?.state !== 'applied') continue;
    await document.incrementalModify(({ verdict: _over, ...intent }: IntentDocument) => intent);
  }
}

/** Whether the server, or this device for it, said of an intent that it will not be done. */
export function isRefused(document: unknown): boolean {
  return (document as Partial<IntentDocument>).verdict?.state === 'refused';
}

/** Notes that the server will not take this intent, and why. */
export async function refuseIntent(intents: RxCollection, id: string, error: ApiError): Promise<void> {
  const document = await intents.findOne(id).exec();
  if (!document) return;
  const verdict: IntentDocument['verdict'] = {
    state: 'refused',
    at: Math.floor(Date.now() / 1_000),
    reason: reasonOf(error),
    message: error.message,
  };
  await document.incrementalPatch({ verdict });
}

/** The tracks of another library have other ids: a playlist that goes there names its tracks in words, and finds them again by these. */
export async function nameInWords(playlists: RxCollection): Promise<void> {
  for (const document of await playlists.find().exec()) {
    await document.incrementalModify((playlist: PlaylistDocument) => ({
      ...playlist,
      entries: playlist.entries.map((entry) => (entry.title === undefined ? entry : { ...entry, trackId: null })),
    }));
  }
}
