import type { Context } from 'hono';
import { HttpError } from './httpError.ts';

const BODY_LIMIT = 8 * 1024 * 1024;
/** Of all bodies that are being read at a time. */
const TOGETHER_LIMIT = 48 * 1024 * 1024;

let together = 0;

const tooLarge = () => new HttpError('too-large', 'The body is larger than 8 MB', 'body');

/** Refuses a body that says it is too large before any of it is read. @throws HttpError */
export function refuseLargeBody(c: Context): void {
  if (Number(c.req.header('content-length') ?? 0) > BODY_LIMIT) throw tooLarge();
}

/**
 * A request's body as text, its bytes counted as they come, whatever its headers say or do not say of them. What comes after the
 * limit is not taken in.
 *
 * @throws HttpError `too-large`, or `unavailable` while too much is being read for others.
 */
export async function readBody(c: Context): Promise<string> {
  refuseLargeBody(c);
  const reader = c.req.raw.body?.getReader();
  if (!reader) return '';
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for (;;) {
      const { done, value } = (await reader.read()) as { done: boolean; value?: Uint8Array };
      if (done || !value) return Buffer.concat(chunks).toString('utf8');
      size += value.byteLength;
      together += value.byteLength;
      if (size > BODY_LIMIT) throw tooLarge();
      if (together > TOGETHER_LIMIT) throw new HttpError('unavailable', 'Too many large requests at once; try again', undefined, 'busy', 1);
      chunks.push(value);
    }
  } catch (error) {
    void reader.cancel().catch(() => undefined);
    throw error;
  } finally {
    together -= size;
  }
}
