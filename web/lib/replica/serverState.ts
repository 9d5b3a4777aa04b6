import * as v from 'valibot';
import {
  beginRebuild,
  type DocumentsRequest,
  finishRebuild,
  getRecovery,
  giveDocuments,
  type RebuildRequest,
  RecoveryStatus,
  TakenAnswer,
} from '#shared/api/recovery.ts';
import type { Endpoint } from '#shared/api/contract.ts';
import { getSyncState, reportSeen } from '#shared/api/sync.ts';
import type { CollectionName } from '#shared/sync/collections.ts';
import { type Sighting, SyncState } from '#shared/sync/state.ts';
import { ApiError, call } from './apiClient.ts';

/**
 * Which library the server holds, in which life, and how much of it there is. A server of another version is understood too: it may
 * begin a life for a reason that this app does not know, or does not say, and hold other collections.
 */
const ServerState = v.object({
  ...v.omit(SyncState, ['begunAt']).entries,
  cause: v.nullable(v.string()),
  documents: v.partial(SyncState.entries.documents),
});
export type ServerState = v.InferOutput<typeof ServerState>;

/** What a device needs to know to bring its library back, and no more: a server of an earlier version does not name the loss. */
const RecoveryState = v.object({
  ...v.pick(RecoveryStatus, ['state']).entries,
  loss: v.optional(RecoveryStatus.entries.loss, null),
  rebuilding: v.nullable(v.pick(RecoveryStatus.entries.rebuilding.wrapped, ['deviceId'])),
});
export type RecoveryState = v.InferOutput<typeof RecoveryState>;

/** What the guard of a replica asks the server. Everything throws ApiError. */
export interface LibraryCalls {
  state(signal: AbortSignal): Promise<ServerState>;
  /** Raises the ids that the library gives out next above those this device holds. */
  seen(seen: Sighting, signal: AbortSignal): Promise<void>;
  recovery(signal: AbortSignal): Promise<RecoveryState>;
  /** Opens a fresh library, to be filled by this device, in this one loss. */
  rebuild(rebuilding: Omit<RebuildRequest, 'deviceId'> & { loss: string }, signal: AbortSignal): Promise<void>;
  /**
   * Gives documents of one collection, and says of which life their ids are, to the library that is being filled, or to the one that
   * lacks them.
   * @param given `into` names that loss, or that library's epoch; any other refuses them.
   */
  give(
    collection: CollectionName,
    given: DocumentsRequest & { into: string },
    signal: AbortSignal,
  ): Promise<TakenAnswer>;
  finish(loss: string, signal: AbortSignal): Promise<void>;
}

/** A large batch is written row by row. */
const GIVE_TIMEOUT = 120_000;

export function libraryCalls(deviceId: string, headers: Record<string, string>): LibraryCalls {
  return {
    state: async (signal) => read(ServerState, getSyncState, await call(getSyncState, {}, { headers, signal })),
    seen: async (body, signal) => void (await call(reportSeen, { body }, { headers, signal })),
    recovery: async (signal) => read(RecoveryState, getRecovery, await call(getRecovery, {}, { headers, signal })),
    rebuild: async (rebuilding, signal) =>
      void (await call(beginRebuild, { body: { ...rebuilding, deviceId } }, { headers, signal })),
    give: async (collection, body, signal) => {
      const options = { headers, signal, timeout: GIVE_TIMEOUT };
      return read(TakenAnswer, giveDocuments, await call(giveDocuments, { params: { collection }, body }, options));
    },
    finish: async (loss, signal) => void (await call(finishRebuild, { body: { loss } }, { headers, signal })),
  };
}

function read<S extends v.GenericSchema>(schema: S, { path }: Endpoint, answer: unknown): v.InferOutput<S> {
  const parsed = v.safeParse(schema, answer);
  if (parsed.success) return parsed.output;
  throw new ApiError('bad-answer', `The server's answer to ${path} cannot be read`);
}
