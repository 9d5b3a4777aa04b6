/**
 * What a request's body may hold, and why so much. `JSON.parse` cannot be interrupted, and no request may hold everybody else up for
 * more than 200 ms: so how long parsing may take has to be known before it begins. Bytes say little of that. 8 MB are 600,000 names,
 * which took 490 to 1,160 ms on two busy processors, or a single text, which takes next to nothing. Hence three limits for each body:
 *
 * - names (names of properties, lists, objects), which take up to a hundred times as long as a number: 40,000 of them need 23 to 69 ms
 *   of a processor, whatever their shape;
 * - values, for what is many without having names;
 * - bytes, for what is held in memory until it is parsed.
 *
 * All three are counted as the bytes come, whatever the headers say, so that a body that is refused costs little memory and no parsing.
 * Ordinary routes, the open login route among them, take twice the largest thing that a person makes at once. Routes for devices that
 * were offline for long take more, but in rows: the limits hold for each row, rows are parsed in turns, and others are answered in
 * between. What is more still is refused with 413, and a device sends it in halves.
 *
 * `hono/body-limit` refuses what states a length that no route takes. It cannot count the rest: a body that comes in chunks it holds
 * whole, up to its limit, before anything behind it sees the first byte. No names would be counted until 8 MB were there, and what all
 * senders have in memory together would have no limit. A chunked body that is cut off it passes on as a failure of the server; and one
 * that is too long it answers at once, while the other side still sends, which then does not always hear why.
 */

import type { Context, MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { DEEPEST, readMeasuredJson } from '#shared/text/json.ts';
import { type JsonExcess, type JsonList, JsonSize } from '#shared/text/jsonSize.ts';
import { turn } from '../kit/turns.ts';
import { HttpError } from '../kit/http/httpError.ts';
import { readRows } from './jsonRows.ts';

/** What is within these is parsed in well under 200 ms, as said above. */
export interface BodyLimits {
  /** In words, for the refusal and the reference. */
  size: string;
  bytes: number;
  /** Values of any kind. */
  values: number;
  /** Lists, objects and names of properties, which take longest to parse. */
  names: number;
  /** For what is given in rows, that is in a list or in lists of an object: so many, and the two above are for each. */
  rows?: number;
}

/** What a route takes unless it says otherwise: a playlist of 2,000 places in a new order is 134 KB. */
export const ORDINARY_BODY: BodyLimits = { size: '256 KB', bytes: 256 * 1024, values: 20_000, names: 10_000 };

/**
 * For what devices give in batches: it is parsed row by row, in turns. A playlist of 2,000 places with what was assumed of it is 28,000
 * names. What is more devices divide. 8 MB arrive over a weak Wi-Fi within the two minutes that a request may take.
 */
export const LARGE_BODY: BodyLimits = {
  size: '8 MB',
  bytes: 8 * 1024 * 1024,
  values: 300_000,
  names: 40_000,
  rows: 10_000,
};

/** Of all bodies that are being read at a time: six of the largest, so that no number of senders takes all memory. */
const TOGETHER_LIMIT = 48 * 1024 * 1024;

/** White space, as JSON knows it. */
const SPACES: readonly number[] = [0x20, 0x09, 0x0a, 0x0d];

let together = 0;

const counted = (count: number): string => count.toLocaleString('en');

/** The limits in words. */
export function describeLimits({ size, values, names, rows }: BodyLimits): string {
  const held = `${counted(values)} values, of which ${counted(names)} may be lists, objects and names`;
  return rows === undefined
    ? `at most ${size} and ${held}`
    : `at most ${size} and ${counted(rows)} rows, in each ${held}`;
}

const tooLarge = ({ size }: BodyLimits) =>
  new HttpError({ code: 'body-too-large', params: { size } }, { field: 'body' });

function tooMuch(excess: JsonExcess | 'bytes', limits: BodyLimits): HttpError {
  if (excess === 'bytes') return tooLarge(limits);
  if (excess === 'depth') return new HttpError({ code: 'too-deep', params: { most: DEEPEST } }, { field: 'body' });
  const what = excess === 'names' ? 'lists, objects and names' : excess;
  const where = limits.rows === undefined || excess === 'rows' ? 'The body' : 'A row of the body';
  const most = limits[excess] ?? 0;
  return new HttpError(
    { code: `too-many-${excess}`, params: { most } },
    { field: 'body', message: `${where} holds more than ${counted(most)} ${what}` },
  );
}

const statedLength = bodyLimit({
  maxSize: LARGE_BODY.bytes,
  onError() {
    throw tooLarge(LARGE_BODY);
  },
});

/** Refuses a body that says it is larger than any may be, before any of it is read. @throws HttpError */
export const refuseLargeBody: MiddlewareHandler = (c, next) =>
  c.req.header('content-length') === undefined ? next() : statedLength(c, next);

/**
 * A request's body as JSON whatever its Content-Type says; an empty one is an empty object. Its bytes, and what they hold, are counted
 * as they come, whatever its headers say or do not say of them. Nothing is retained of a body that is too long, and none of it is parsed.
 *
 * @throws HttpError `too-large`, `bad-request` for what is no JSON, or `unavailable` while too much is being read for others.
 */
export async function readBody(c: Context, limits: BodyLimits): Promise<unknown> {
  const { bytes, lists } = await readBytes(c, limits);
  if (bytes.every((byte) => SPACES.includes(byte))) return {};
  try {
    return limits.rows === undefined ? readMeasuredJson(bytes.toString('utf8')) : await readRows(bytes, lists, turn);
  } catch {
    throw new HttpError({ code: 'not-json' }, { field: 'body' });
  }
}

async function readBytes(c: Context, limits: BodyLimits): Promise<{ bytes: Buffer; lists: readonly JsonList[] }> {
  const reader = c.req.raw.body?.getReader();
  const held = new JsonSize({ depth: DEEPEST, ...limits });
  if (!reader) return { bytes: Buffer.alloc(0), lists: held.lists };
  let chunks: Uint8Array[] = [];
  let [size, ownBytes] = [0, 0];
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
      ownBytes += value.byteLength;
      together += value.byteLength;
      if (together > TOGETHER_LIMIT)
        throw new HttpError(
          { code: 'busy' },
          { message: 'Too many large requests at once; try again', retryAfterSeconds: 1 },
        );
      chunks.push(value);
    }
  } catch (error) {
    void reader.cancel().catch(() => undefined);
    throw error instanceof HttpError ? error : new HttpError({ code: 'cut-off' }, { field: 'body' });
  } finally {
    together -= ownBytes;
  }
  if (excess !== null) throw tooMuch(excess, limits);
  return { bytes: Buffer.concat(chunks), lists: held.lists };
}
