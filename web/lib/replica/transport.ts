import * as v from 'valibot';
import { pathOf } from '#shared/api/address.ts';
import { openStream, pullCollection, pushCollection } from '#shared/api/sync.ts';
import { type Checkpoint, PullAnswer } from '#shared/sync/checkpoint.ts';
import type { CollectionName } from '#shared/sync/collections.ts';
import {
  CLOCK_OFFSET_HEADER,
  DEVICE_HEADER,
  NOW_HEADER,
  PushAnswer,
  type PushRow,
  PUSH_HEADER,
  ROWS_HEADER,
} from '#shared/sync/protocol.ts';
import type { StreamEvent } from '#shared/sync/stream.ts';
import { readEvents } from './eventStream.ts';
import { readable } from './incoming.ts';
import { libraryCalls, type LibraryCalls } from './serverState.ts';
import { ApiError, call, send } from './apiClient.ts';
import type { SyncedDocument } from './syncedDocument.ts';

export interface Pulled {
  documents: SyncedDocument[];
  /** Ids of documents that cannot be read; the page counts them. */
  setAside: string[];
  checkpoint: Checkpoint;
}

/** What became of a push: all rows but those that are named were taken. */
export type Pushed = Omit<PushAnswer, 'conflicts' | 'bases'> & { conflicts: SyncedDocument[]; bases: SyncedDocument[] };

/** The server as the replica needs it; tests put a model of it here. Everything throws ApiError. */
export interface Transport extends LibraryCalls {
  /** The next documents after `from`; null asks for the primed first page. */
  pull(collection: CollectionName, from: Checkpoint | null, limit: number, signal: AbortSignal): Promise<Pulled>;
  push(collection: CollectionName, rows: readonly PushRow[], signal: AbortSignal): Promise<Pushed>;
  /**
   * Listens until the connection ends (resolves) or fails. Each connection begins with how far every collection has come, so that
   * nothing is missed between two of them.
   */
  listen(heard: (event: StreamEvent) => void, signal: AbortSignal): Promise<void>;
}

/** Each document is read by itself, so that one of another version's shape does not set its whole page aside. */
const ReadablePage = v.object({ ...PullAnswer.entries, documents: v.array(v.unknown()) });
/** A server of an earlier version names no bases. */
const ReadableRows = v.object({ ...PushAnswer.entries, bases: v.optional(PushAnswer.entries.bases, []) });

/** A page of a thousand albums over a weak Wi-Fi takes its time. */
const PULL_TIMEOUT = 60_000;

/**
 * The server over HTTP.
 *
 * @param clockOffset milliseconds that this device adds to its clock.
 * @param nextPush numbers the pushes, each higher than the one before.
 */
export function httpTransport(
  deviceId: string,
  clockOffset: () => number = () => 0,
  nextPush?: () => number,
): Transport {
  const headers = { [DEVICE_HEADER]: deviceId };
  const clock = () => ({ [NOW_HEADER]: String(Date.now()), [CLOCK_OFFSET_HEADER]: String(clockOffset()) });
  return {
    ...libraryCalls(deviceId, headers),
    async pull(collection, from, limit, signal) {
      const input = { params: { collection }, query: { ...from, limit } };
      const answer = await call(pullCollection, input, { headers, signal, timeout: PULL_TIMEOUT });
      const parsed = v.safeParse(ReadablePage, answer);
      if (!parsed.success) throw new ApiError('bad-answer', `The server's page of ${collection} cannot be read`);
      return { ...readable(collection, parsed.output.documents, reportError), checkpoint: parsed.output.checkpoint };
    },
    async push(collection, rows, signal) {
      const input = { params: { collection }, body: [...rows] };
      const answer = await call(pushCollection, input, {
        headers: { ...headers, ...clock(), [ROWS_HEADER]: '1', ...(nextPush && { [PUSH_HEADER]: String(nextPush()) }) },
        signal,
        timeout: PULL_TIMEOUT,
      });
      // A server from before rows were answered one by one says the conflicts alone.
      const parsed = v.safeParse(ReadableRows, Array.isArray(answer) ? { conflicts: answer, refused: [] } : answer);
      if (!parsed.success)
        throw new ApiError('bad-answer', `The server's answer to a push of ${collection} cannot be read`);
      return parsed.output;
    },
    async listen(heard, signal) {
      // Without Last-Event-ID: how far each collection is stored here decides what is asked for, not which events were heard.
      const path = pathOf(openStream, { query: { device: deviceId } });
      const response = await send(path, {
        headers: { ...headers, accept: 'text/event-stream' },
        signal,
        timeout: 0,
      });
      if (!response.body) throw new ApiError('bad-answer', 'The stream has no body');
      await readEvents(response.body, heard, signal);
    },
  };
}
