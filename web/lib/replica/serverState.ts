import * as v from 'valibot';
import { pathOf } from '#shared/api/address.ts';
import { getSyncState, reportSeen } from '#shared/api/sync.ts';
import { Count } from '#shared/library/identifiers.ts';
import type { CollectionName } from '#shared/sync/collections.ts';
import type { HighestIds } from './counts.ts';
import { ApiError, request, type RequestOptions } from './apiClient.ts';

/** GET /sync/state: which library the server holds, in which life, and how much of it there is. */
const ServerState = v.object({
  libraryId: v.string(),
  epoch: v.string(),
  seq: Count,
  /** Why this life began: `new`, `restore`, `rebuild`, `swap`. */
  cause: v.nullable(v.string()),
  documents: v.record(v.string(), Count),
  listens: Count,
});
export type ServerState = Omit<v.InferOutput<typeof ServerState>, 'documents'> & {
  documents: Partial<Record<CollectionName, number>>;
};

/** GET /recovery, as far as a device needs it to bring its library back. */
const RecoveryState = v.object({
  state: v.picklist(['none', 'recovery', 'rebuilding']),
  /** Names the loss; a server of an earlier version does not. */
  loss: v.optional(v.nullable(v.string()), null),
  rebuilding: v.nullable(v.object({ deviceId: v.string() })),
});
export type RecoveryState = v.InferOutput<typeof RecoveryState>;

const Taken = v.object({
  taken: Count,
  known: Count,
  refused: v.array(v.object({ id: v.string(), reason: v.string() })),
});
export type Taken = v.InferOutput<typeof Taken>;

/** What a device says of itself to a library that may have forgotten what it gave out. */
export interface Seen {
  libraryId: string;
  epoch: string;
  seq: number;
  highest: HighestIds;
}

/** What the guard of a replica asks the server. Everything throws ApiError. */
export interface LibraryCalls {
  state(signal: AbortSignal): Promise<ServerState>;
  /** Raises the ids that the library gives out next above those this device holds. */
  seen(seen: Seen, signal: AbortSignal): Promise<void>;
  recovery(signal: AbortSignal): Promise<RecoveryState>;
  /** Opens a fresh library, to be filled by this device, in this one loss. */
  rebuild(
    rebuilding: Omit<Seen, 'libraryId' | 'seq'> & { libraryId: string | null; loss: string },
    signal: AbortSignal,
  ): Promise<void>;
  /**
   * Gives documents of one collection, and says of which life their ids are, to the library that is being filled, or to the one that
   * lacks them.
   * @param given `into` names that loss, or that library's epoch; any other refuses them.
   */
  give(
    collection: CollectionName,
    given: { documents: readonly object[]; epoch: string | undefined; into: string },
    signal: AbortSignal,
  ): Promise<Taken>;
  finish(loss: string, signal: AbortSignal): Promise<void>;
}

/** A large batch is written row by row. */
const GIVE_TIMEOUT = 120_000;

export function libraryCalls(deviceId: string, headers: Record<string, string>): LibraryCalls {
  const post = (path: string, body: unknown, signal: AbortSignal, timeout?: number) =>
    request<unknown>(path, { method: 'POST', body, headers, signal, ...(timeout !== undefined && { timeout }) });
  const asked = async <S extends v.GenericSchema>(
    schema: S,
    path: string,
    options: RequestOptions,
  ): Promise<v.InferOutput<S>> => read(schema, path, await request<unknown>(path, options));
  return {
    state: async (signal) => await asked(ServerState, pathOf(getSyncState, {}), { headers, signal }),
    seen: async (seen, signal) => void (await post(pathOf(reportSeen, {}), seen, signal)),
    recovery: (signal) => asked(RecoveryState, '/recovery', { headers, signal }),
    rebuild: async (rebuilding, signal) => void (await post('/recovery/rebuild', { ...rebuilding, deviceId }, signal)),
    give: async (collection, given, signal) => {
      const path = `/recovery/documents/${collection}`;
      return read(Taken, path, await post(path, given, signal, GIVE_TIMEOUT));
    },
    finish: async (loss, signal) => void (await post('/recovery/finish', { loss }, signal)),
  };
}

function read<S extends v.GenericSchema>(schema: S, path: string, answer: unknown): v.InferOutput<S> {
  const parsed = v.safeParse(schema, answer);
  if (parsed.success) return parsed.output;
  throw new ApiError('bad-answer', `The server's answer to ${path} cannot be read`);
}
