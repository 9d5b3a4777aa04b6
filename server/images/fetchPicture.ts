import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { type Allowed, outerLookup, urlRefusal } from './netGuard.ts';

const LARGEST_PICTURE = 12 * 1024 * 1024;
const REDIRECTS = 4;
const TIME_LIMIT_MS = 15_000;

/** Why a picture could not be had: `dead` for ever (as far as this address goes), `refused` by our own rules, `passing` for now. */
export class PictureError extends Error {
  override readonly name = 'PictureError';
  readonly kind: 'dead' | 'refused' | 'passing';
  constructor(kind: PictureError['kind'], message: string) {
    super(message);
    this.kind = kind;
  }
}

/**
 * Downloads a picture's bytes. Every hop of a redirect is held against the same rules, sizes and time are bounded.
 * @throws PictureError
 */
export async function fetchPicture(address: string, allowed: Allowed, userAgent: string): Promise<Buffer> {
  const deadline = AbortSignal.timeout(TIME_LIMIT_MS);
  let url = parse(address);
  for (let hop = 0; hop <= REDIRECTS; hop += 1) {
    const refusal = urlRefusal(url, allowed);
    if (refusal) throw new PictureError('refused', refusal);
    const answer = await open(url, allowed, userAgent, deadline);
    const status = answer.statusCode ?? 0;
    const { location } = answer.headers;
    if (status >= 300 && status < 400 && location !== undefined) {
      answer.destroy();
      url = parse(location, url);
      continue;
    }
    if ([401, 403, 404, 410].includes(status)) {
      answer.destroy();
      throw new PictureError('dead', `The picture is no longer there (${status})`);
    }
    if (status !== 200) {
      answer.destroy();
      throw new PictureError('passing', `The picture's host answered ${status}`);
    }
    return read(answer, deadline);
  }
  throw new PictureError('dead', 'The picture is redirected without end');
}

function parse(address: string, base?: URL): URL {
  if (!URL.canParse(address, base)) throw new PictureError('refused', 'The address of the picture cannot be read');
  return new URL(address, base);
}

function open(url: URL, allowed: Allowed, userAgent: string, signal: AbortSignal): Promise<IncomingMessage> {
  const configured = allowed.origins.includes(url.origin);
  const request = url.protocol === 'https:' ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const sent = request(
      url,
      {
        headers: { 'user-agent': userAgent, accept: 'image/*' },
        signal,
        ...(configured ? {} : { lookup: outerLookup }),
      },
      resolve,
    );
    sent.on('error', (error) =>
      reject(
        new PictureError(
          'passing',
          signal.aborted
            ? 'The picture did not come in time'
            : `The picture's host could not be reached: ${error.message}`,
        ),
      ),
    );
    sent.end();
  });
}

async function read(answer: IncomingMessage, signal: AbortSignal): Promise<Buffer> {
  const type = answer.headers['content-type'] ?? '';
  if (/svg|html|xml|javascript/i.test(type)) {
    answer.destroy();
    throw new PictureError('dead', `${type} is not a picture we show`);
  }
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of answer as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > LARGEST_PICTURE) throw new PictureError('dead', `The picture is larger than ${LARGEST_PICTURE} bytes`);
      chunks.push(chunk);
    }
  } catch (error) {
    answer.destroy();
    if (error instanceof PictureError) throw error;
    throw new PictureError('passing', signal.aborted ? 'The picture did not come in time' : 'The picture broke off');
  }
  return Buffer.concat(chunks);
}
