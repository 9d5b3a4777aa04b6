import type { Context } from 'hono';
import { DEEPEST, readMeasuredJson } from '#shared/text/json.ts';
import { type JsonExcess, JsonSize } from '#shared/text/jsonSize.ts';
import { turn } from '../kit/turns.ts';
import { badRequest, HttpError } from './httpError.ts';

/** What a request's body may be. What is within it is parsed in well under the 200 ms that no request may hold everybody else up for. */
export interface BodyLimits {
  /** In words, for the refusal and the reference. */
  size: string;
  bytes: number;
  /** Values of any kind. */
  values: number;
  /** Lists, objects and names of properties, which take longest to parse. */
  names: number;
}

/** What a route takes unless it says otherwise: a playlist of 2,000 places in a new order is 134 KB. */
export const ORDINARY_BODY: BodyLimits = { size: '256 KB', bytes: 256 * 1024, values: 20_000, names: 10_000 };

/**
 * For what devices give in batches; what is more they divide. A playlist of 2,000 places with what was assumed of it is 28,000 names,
 * and 500 records are as many.
 */
export const LARGE_BODY: BodyLimits = { size: '8 MB', bytes: 8 * 1024 * 1024, values: 300_000, names: 40_000 };

/** Of all bodies that are being read at a time. */
const TOGETHER_LIMIT = 48 * 1024 * 1024;

let together = 0;

/** The limits in words. */
export const inWords = ({ size, values, names }: BodyLimits): string =>
  `at most ${size} and ${values.toLocaleString('en')} values, of which ${names.toLocaleString('en')} may be lists, objects and names`;

const tooLarge = ({ size }: BodyLimits) => new HttpError('too-large', `The body is larger than ${size}`, 'body');

function tooMuch(excess: JsonExcess | 'bytes', limits: BodyLimits): HttpError {
  if (excess === 'bytes') return tooLarge(limits);
  if (excess === 'depth') return badRequest(`The body is nested deeper than ${DEEPEST}`, 'body');
  const what = excess === 'values' ? 'values' : 'lists, objects and names';
  return new HttpError('too-large', `The body holds more than ${limits[excess].toLocaleString('en')} ${what}`, 'body');
}

/** Refuses a body that says it is larger than any may be, before any of it is read. @throws HttpError */
export function refuseLargeBody(c: Context): void {
  if (Number(c.req.header('content-length') ?? 0) > LARGE_BODY.bytes) throw tooLarge(LARGE_BODY);
}

/**
 * A request's body as JSON whatever its Content-Type says; an empty one is an empty object. Its bytes, and what they hold, are counted
 * as they come, whatever its headers say or do not say of them. Nothing is kept of a body that is too much, and none of it is parsed.
 *
 * @throws HttpError `too-large`, `bad-request` for what is no JSON, or `unavailable` while too much is being read for others.
 */
export async function readBody(c: Context, limits: BodyLimits): Promise<unknown> {
  const bytes = await readBytes(c, limits);
  // What is large is decoded, parsed and read in turns of their own.
  const large = bytes.byteLength > ORDINARY_BODY.bytes;
  if (large) await turn();
  const text = bytes.toString('utf8');
  if (text.trim() === '') return {};
  if (large) await turn();
  try {
    return readMeasuredJson(text);
  } catch {
    throw badRequest('The body is not valid JSON', 'body');
  } finally {
    if (large) await turn();
  }
}

async function readBytes(c: Context, limits: BodyLimits): Promise<Buffer> {
  const reader = c.req.raw.body?.getReader();
  if (!reader) return Buffer.alloc(0);
  const held = new JsonSize({ depth: DEEPEST, ...limits });
  let chunks: Uint8Array[] = [];
  let [size, kept] = [0, 0];
  let excess: JsonExcess | 'bytes' | null = null;
  try {
    for (;;) {
      const { done, value } = (await reader.read()) as { done: boolean; value?: Uint8Array };
      if (done || !value) break;
      size += value.byteLength;
      if (size > LARGE_BODY.bytes) throw tooLarge(limits);
      excess ??= size > limits.bytes ? 'bytes' : held.add(value);
      if (excess !== null) {
        // It is let come to its end: who is cut off while they send do not hear why.
        chunks = [];
        continue;
      }
      kept += value.byteLength;
      together += value.byteLength;
      if (together > TOGETHER_LIMIT) throw new HttpError('unavailable', 'Too many large requests at once; try again', undefined, 'busy', 1);
      chunks.push(value);
    }
  } catch (error) {
    void reader.cancel().catch(() => undefined);
    throw error instanceof HttpError ? error : badRequest('The body did not arrive whole', 'body');
  } finally {
    together -= kept;
  }
  if (excess !== null) throw tooMuch(excess, limits);
  return Buffer.concat(chunks);
}
