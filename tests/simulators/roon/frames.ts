/**
 * MOO/1 as a Core writes and reads it, on purpose not with the client's own code: a mistake in one shows in the other.
 */
export interface CoreFrame {
  verb: string;
  name: string;
  requestId: string;
  body: unknown;
}

/** Content-Type first and Request-Id in the middle: recorded Cores do not keep to the client's order. */
export function writeFrame(verb: string, name: string, requestId: string, body?: unknown): Buffer {
  if (body === undefined) return Buffer.from(`MOO/1 ${verb} ${name}\nRequest-Id: ${requestId}\n\n`);
  const bytes = Buffer.from(JSON.stringify(body));
  const head = [
    `MOO/1 ${verb} ${name}`,
    'Content-Type: application/json',
    `Request-Id: ${requestId}`,
    `Content-Length: ${bytes.length}`,
  ];
  return Buffer.concat([Buffer.from(`${head.join('\n')}\n\n`), bytes]);
}

/** @throws Error for what a real Core would hang up on. */
export function readFrame(frame: Buffer): CoreFrame {
  const end = frame.indexOf('\n\n');
  const [first = '', ...lines] = frame.toString('utf8', 0, end).split('\n');
  const [protocol, verb = '', ...name] = first.split(' ');
  if (end < 0 || protocol !== 'MOO/1') throw new Error(`not a MOO/1 frame: ${first}`);
  const headers = Object.fromEntries(lines.map((line) => line.split(': ') as [string, string]));
  const body = frame.subarray(end + 2);
  if (body.length === 0 && ('Content-Length' in headers || 'Content-Type' in headers)) {
    throw new Error('content headers without a body');
  }
  if (body.length > 0 && Number(headers['Content-Length']) !== body.length) {
    throw new Error('Content-Length is not in bytes');
  }
  return {
    verb,
    name: name.join(' '),
    requestId: headers['Request-Id'] ?? '',
    body: body.length > 0 ? (JSON.parse(body.toString('utf8')) as unknown) : undefined,
  };
}
