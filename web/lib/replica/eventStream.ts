import { createParser, type EventSourceMessage } from 'eventsource-parser';
import * as v from 'valibot';
import { StreamEvents, type StreamEvent, type StreamEventName } from '#shared/sync/stream.ts';
import { ApiError } from './apiClient.ts';

/** Nothing at all for so long, not even a heartbeat: the connection is dead without having said so (a laptop that slept). */
const SILENCE = 60_000;

/**
 * Reads server-sent events until the body ends. Not by EventSource, which sends no headers and hides the status of a refusal. Ids are passed over: what is missed is seen by how far each collection has come.
 *
 * Events whose name is unknown here are passed over: a newer server may say more.
 *
 * @throws {ApiError} `network` when the connection breaks or falls silent, `bad-answer` for data of the wrong shape.
 */
export async function readEvents(
  body: ReadableStream<Uint8Array>,
  heard: (event: StreamEvent) => void,
  signal: AbortSignal,
): Promise<void> {
  const reader = body.pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>).getReader();
  const parser = createParser({ onEvent: (event) => notify(event, heard) });
  try {
    for (;;) {
      const { done, value } = await beforeSilence(reader.read());
      signal.throwIfAborted();
      if (done) return;
      parser.feed(value);
    }
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    throw error instanceof ApiError ? error : new ApiError('network', 'The stream broke off');
  } finally {
    await reader.cancel().catch((error: unknown) => {
      if (!(error instanceof Error)) throw error;
    });
  }
}

async function beforeSilence<T>(reading: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new ApiError('network', 'The stream fell silent')), SILENCE);
  });
  try {
    return await Promise.race([reading, silence]);
  } finally {
    clearTimeout(timer);
  }
}

/** Hands on one event; of one whose name is unknown here, nothing. @throws {ApiError} `bad-answer` for data of the wrong shape. */
function notify({ event: name = '', data }: EventSourceMessage, heard: (event: StreamEvent) => void): void {
  if (data === '' || !Object.hasOwn(StreamEvents, name)) return;
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), StreamEvents[name as StreamEventName]), data);
  if (!parsed.success) throw new ApiError('bad-answer', `The stream's ${name} event cannot be read`);
  heard({ event: name, data: parsed.output } as StreamEvent);
}
