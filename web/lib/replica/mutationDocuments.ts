import type { RxCollection, RxDocumentData } from 'rxdb/plugins/core';
import type { PlaylistDocument } from '#shared/library/playlist.ts';
import type { MutationDocument } from '#shared/mutations/document.ts';
import { type ApiError, reasonOf } from './apiClient.ts';

async function allOf(mutations: RxCollection<MutationDocument>): Promise<MutationDocument[]> {
  const documents = await mutations.find().exec();
  return documents.map((document) => document.toMutableJSON());
}

/** The highest seq of the feed that any result has named. */
export async function highestAppliedSeq(mutations: RxCollection<MutationDocument>): Promise<number> {
  let highest = 0;
  for (const { verdict: result } of await allOf(mutations)) {
    if (result?.state === 'applied') highest = Math.max(highest, result.appliedSeq);
  }
  return highest;
}

/**
 * Takes on what this device made under a name that it does not go by any more: the server's answers come by that name. What the
 * server knows already it answers when it is offered again.
 */
export async function takeOn(mutations: RxCollection<MutationDocument>, deviceId: string): Promise<void> {
  for (const document of await mutations.find().exec()) {
    const { verdict: result, deviceId: maker } = document.toJSON() as MutationDocument;
    if (!result && maker !== deviceId) await document.incrementalPatch({ deviceId });
  }
}

/** What the server has not answered yet. */
export async function unjudged(mutations: RxCollection<MutationDocument>): Promise<RxDocumentData<MutationDocument>[]> {
  const waiting = (await allOf(mutations)).filter(({ verdict: result }) => !result);
  return mutations.storageInstance.findDocumentsById(
    waiting.map(({ id }) => id),
    false,
  );
}

/** Takes the results off what was applied in an epoch that is over: a restored library may not know of it. */
export async function offerAgain(mutations: RxCollection<MutationDocument>): Promise<void> {
  for (const document of await mutations.find().exec()) {
    if ((document.toJSON() as MutationDocument).verdict?.state !== 'applied') continue;
    await document.incrementalModify(({ verdict: _over, ...mutation }: MutationDocument) => mutation);
  }
}

/** Whether the server, or this device for it, said of a mutation that it will not be done. */
export function isRefused(document: unknown): boolean {
  return (document as Partial<MutationDocument>).verdict?.state === 'refused';
}

/** Notes that the server will not take this mutation, and why. */
export async function refuseMutation(
  mutations: RxCollection<MutationDocument>,
  id: string,
  error: ApiError,
): Promise<void> {
  const document = await mutations.findOne(id).exec();
  if (!document) return;
  const result: MutationDocument['verdict'] = {
    state: 'refused',
    at: Math.floor(Date.now() / 1_000),
    reason: reasonOf(error),
    message: error.message,
  };
  await document.incrementalPatch({ verdict: result });
}

/** The tracks of another library have other ids: a playlist that goes there names its tracks in words, and finds them again by these. */
export async function unlinkNamedTracks(playlists: RxCollection<PlaylistDocument>): Promise<void> {
  for (const document of await playlists.find().exec()) {
    await document.incrementalModify((playlist: PlaylistDocument) => ({
      ...playlist,
      entries: playlist.entries.map((entry) => (entry.title === undefined ? entry : { ...entry, trackId: null })),
    }));
  }
}
