/** What another service answered: its bytes read within a limit, as text or JSON, and the error that its status stands for. */

import { cut } from '#shared/text/cut.ts';
import { readJson } from '#shared/text/json.ts';
import { wellFormed } from '#shared/text/wellFormed.ts';
import { UpstreamError } from './upstreamError.ts';

export interface UpstreamAnswer {
  status: number;
  headers: Headers;
  bytes: Uint8Array;
  text(): string;
  /** @throws UpstreamError `malformed` when the body is not JSON (an HTML page, a truncated body, nothing). */
  json(): unknown;
}

/** The code of an answer that is longer than it may be. */
export const TOO_LARGE = 'too-large';

/**
 * Reads a response's body to its end. @param onChunk is called with each piece as it arrives.
 *
 * @throws UpstreamError `malformed` when it is longer than `maxBytes`.
 */
export async function readBytes(
  response: Response,
  { upstream, maxBytes }: { upstream: string; maxBytes: number },
  onChunk?: (bytes: Uint8Array) => void,
): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    if (size > maxBytes) {
      throw new UpstreamError({
        upstream,
        kind: 'malformed',
        code: TOO_LARGE,
        message: `${upstream} sent more than ${maxBytes} bytes`,
      });
    }
    chunks.push(chunk);
    onChunk?.(chunk);
  }
  return Buffer.concat(chunks);
}

/** An answer whose bytes are read when they are asked for, as text or as JSON. */
export function upstreamAnswer(
  upstream: string,
  { status, headers, bytes }: Pick<UpstreamAnswer, 'status' | 'headers' | 'bytes'>,
): UpstreamAnswer {
  return {
    status,
    headers,
    bytes,
    text: () => decode(bytes),
    json() {
      const text = decode(bytes);
      try {
        return readJson(text);
      } catch (cause) {
        const what =
          text.trim() === '' ? 'nothing' : text.trimStart().startsWith('<') ? 'a web page' : 'a broken answer';
        throw new UpstreamError({
          upstream,
          kind: 'malformed',
          status,
          message: `${upstream} answered with ${what} instead of data`,
          cause,
        });
      }
    },
  };
}

/** What a status of 400 and more says went wrong. */
export function statusError(
  upstream: string,
  { status, bytes }: Pick<UpstreamAnswer, 'status' | 'bytes'>,
): UpstreamError {
  const cause = excerptOf(bytes);
  if (status >= 500)
    return new UpstreamError({
      upstream,
      kind: 'broken',
      status,
      message: `${upstream} has a problem of its own (${status})`,
      cause,
    });
  if (status === 401 || status === 403)
    return new UpstreamError({
      upstream,
      kind: 'refused',
      status,
      message: `${upstream} refused the credentials (${status})`,
      cause,
    });
  if (status === 404)
    return new UpstreamError({
      upstream,
      kind: 'not-found',
      status,
      message: `${upstream} does not have this`,
      cause,
    });
  return new UpstreamError({
    upstream,
    kind: 'bad-request',
    status,
    message: `${upstream} did not accept the request (${status})`,
    cause,
  });
}

/** The beginning of an answer, for the log. */
export const excerptOf = (bytes: Uint8Array): string => cut(decode(bytes), 500);

const decode = (bytes: Uint8Array) => wellFormed(new TextDecoder().decode(bytes));
