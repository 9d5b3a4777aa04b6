import * as v from 'valibot';
import { StreamEvents, type StreamEvent, type StreamEventName } from '#shared/sync/stream.ts';
import { ApiError } from './wire.ts';

/** Nothing at all for so long, not even a heartbeat: the connection is dead without having said so (a laptop that slept). */
const SILENCE = 60_000;

/**
 * Reads server-sent events (WHATWG HTML, "Interpreting an event stream") until the body ends. Done by hand because EventSource
 * sends no headers and hides the status of a refusal. Ids are passed over: what is missed is seen by how far each collection has come.
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
  const lines = new EventLines(heard);
  try {
    for (;;) {
      const { done, value } = await beforeSilence(reader.read());
      signal.throwIfAborted();
      if (done) return;
      lines.take(value);
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

/** Puts lines together into events. */
class EventLines {
  #rest = '';
  #name = '';
  #data: string[] = [];
  readonly #heard: (event: StreamEvent) => void;

  constructor(heard: (event: StreamEvent) => void) {
    this.#heard = heard;
  }

  take(text: string): void {
    const lines = (this.#rest + text).split(/\r\n|\n|\r(?!$)/);
    this.#rest = lines.pop() ?? '';
    for (const line of lines) this.#line(line);
  }

  #line(line: string): void {
    if (line === '') return this.#end();
    const colon = line.indexOf(':');
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (field === 'event') this.#name = value;
    else if (field === 'data') this.#data.push(value);
  }

  #end(): void {
    const [name, data] = [this.#name, this.#data.join('\n')];
    this.#name = '';
    this.#data = [];
    if (data === '' || !Object.hasOwn(StreamEvents, name)) return;
    const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), StreamEvents[name as StreamEventName]), data);
    if (!parsed.success) throw new ApiError('bad-answer', `The stream's ${name} event cannot be read`);
    this.#heard({ event: name, data: parsed.output } as StreamEvent);
  }
}
