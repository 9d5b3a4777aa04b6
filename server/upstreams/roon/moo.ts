import { readJson } from '#shared/text/json.ts';
import { wellFormed } from '#shared/text/wellFormed.ts';

/**
 * MOO/1, the messages of Roon's WebSocket: one message a WebSocket message, a first line, headers in any order ended
 * by an empty line (`\n` only), and a body whose Content-Length counts bytes. Without a body neither content header
 * is sent. Success is a name ("Success", "Registered", "Subscribed"), not a code.
 */
export type MooVerb = 'REQUEST' | 'CONTINUE' | 'COMPLETE';

export interface MooMessage {
  verb: MooVerb;
  /** `service/method` of a REQUEST, the outcome's name of an answer. */
  name: string;
  /** As the asking side wrote it; both sides count on their own. */
  requestId: string;
  contentType: string | null;
  body: Uint8Array | null;
}

/** The frame breaks the protocol; its message says how, without quoting the frame. */
export class MooError extends Error {
  override readonly name = 'MooError';
}

const HEADER_LIMIT = 16_384;

/** @param message.body any JSON value; undefined for none. */
export function mooFrame(message: { verb: MooVerb; name: string; requestId: string; body?: unknown }): Buffer {
  const head = `MOO/1 ${message.verb} ${message.name}\nRequest-Id: ${message.requestId}\n`;
  if (message.body === undefined) return Buffer.from(`${head}\n`);
  const body = Buffer.from(JSON.stringify(message.body));
  return Buffer.concat([
    Buffer.from(`${head}Content-Length: ${body.length}\nContent-Type: application/json\n\n`),
    body,
  ]);
}

/** @throws MooError for anything that is not one whole MOO/1 message. */
export function parseMoo(frame: Uint8Array): MooMessage {
  const buffer = Buffer.from(frame.buffer, frame.byteOffset, frame.byteLength);
  const end = buffer.subarray(0, HEADER_LIMIT).indexOf('\n\n');
  if (end < 0) throw new MooError('a frame without an end of its headers');
  const [first = '', ...lines] = buffer.toString('utf8', 0, end).split('\n');
  const start = /^MOO\/1 (REQUEST|CONTINUE|COMPLETE) (.+)$/.exec(first);
  if (!start) throw new MooError('a frame that is not MOO/1');
  const headers = readHeaders(lines);
  const requestId = headers.get('request-id') ?? '';
  if (!/^[\w.-]{1,64}$/.test(requestId)) throw new MooError('a frame without a Request-Id');
  const name = wellFormed(start[2]!);
  if (start[1] === 'REQUEST' && !/^[^/]+\/./.test(name)) throw new MooError('a request that names no method');
  return {
    verb: start[1] as MooVerb,
    name,
    requestId,
    contentType: headers.get('content-type') ?? null,
    body: readBody(buffer.subarray(end + 2), headers.get('content-length')),
  };
}

/**
 * The body as JSON; undefined without one.
 * @throws MooError when it is not JSON or says to be something else.
 */
export function mooJson(message: MooMessage): unknown {
  if (message.body === null) return undefined;
  if (message.contentType !== null && !/^application\/json\b/i.test(message.contentType)) {
    throw new MooError('a body that is not JSON where JSON belongs');
  }
  try {
    return readJson(new TextDecoder().decode(message.body));
  } catch (cause) {
    throw new MooError('a body that is broken JSON', { cause });
  }
}

function readHeaders(lines: string[]): Map<string, string> {
  const headers = new Map<string, string>();
  for (const line of lines) {
    const colon = line.indexOf(':');
    if (colon < 1) throw new MooError('a header line without a name');
    headers.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim());
  }
  return headers;
}

/**
 * The WebSocket message's own end is the body's end; Content-Length only has to agree with it. A length that counts
 * characters instead of bytes is distinguished from a cut body and taken, as the message is whole all the same.
 */
function readBody(rest: Buffer, lengthText: string | undefined): Uint8Array | null {
  if (lengthText === undefined) {
    if (rest.length > 0) throw new MooError('a body without a Content-Length');
    return null;
  }
  if (!/^\d{1,10}$/.test(lengthText)) throw new MooError('a Content-Length that is no number');
  const length = Number(lengthText);
  if (length === 0 && rest.length === 0) return null;
  if (length === rest.length || isCharacterCount(rest, length)) return rest;
  throw new MooError(`a Content-Length of ${length} with a body of ${rest.length} bytes`);
}

function isCharacterCount(body: Buffer, length: number): boolean {
  const text = body.toString('utf8');
  return length > 0 && (text.length === length || [...text].length === length);
}
