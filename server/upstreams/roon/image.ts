import type { Clock } from '#server/kit/clock.ts';
import { UpstreamHttp } from '#server/kit/http/upstreamHttp.ts';
import { roonFailure } from './failure.ts';
import type { RoonTarget } from './target.ts';
import { ROON } from './settings.ts';

export interface RoonImage {
  bytes: Uint8Array;
  /** `image/jpeg` as a rule, as that is what we ask for. */
  type: string;
}

const MAX_IMAGE_BYTES = 8_000_000;
const LARGEST_SIDE = 2000;

/** Covers from the Core's own image service. Its keys are opaque and not permanent. */
export class RoonImages {
  readonly #http: UpstreamHttp;

  constructor(clock: Clock, version: string) {
    this.#http = new UpstreamHttp({
      upstream: ROON,
      clock,
      userAgent: `AIME/${version}`,
      retries: 1,
      maxBytes: MAX_IMAGE_BYTES,
    });
  }

  /** @throws UpstreamError `bad-request` for a key no Core would give, `malformed` for an answer that is no image. */
  async fetch(target: RoonTarget, key: string, size: { width: number; height: number }): Promise<RoonImage> {
    if (!/^[\w-]{1,200}$/.test(key)) throw roonFailure('bad-request', 'key: not an image key of Roon');
    const authority = target.host.includes(':') ? `[${target.host}]` : target.host;
    const url = new URL(`http://${authority}:${target.port}/api/image/${key}`);
    url.search = new URLSearchParams({
      scale: 'fit',
      width: side(size.width),
      height: side(size.height),
      format: 'image/jpeg',
    }).toString();
    const answer = await this.#http.request({ url });
    const type = (answer.headers.get('content-type') ?? '').split(';')[0]!.trim().toLowerCase();
    if (type !== 'image/jpeg' && type !== 'image/png') {
      throw roonFailure('malformed', 'Roon answered with something that is no image');
    }
    return { bytes: answer.bytes, type };
  }
}

const side = (pixels: number): string => String(Math.min(LARGEST_SIDE, Math.max(1, Math.round(pixels) || 1)));
