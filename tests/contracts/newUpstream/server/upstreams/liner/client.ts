import type { Clock } from '#server/kit/clock.ts';
import { RateLimiter } from '#server/kit/http/rateLimiter.ts';
import { UpstreamHttp } from '#server/kit/http/upstreamHttp.ts';
import { upstreamUrl } from '#server/kit/http/upstreamUrl.ts';
import { parseResponse } from '#server/kit/http/responseSchema.ts';
import { type Credit, CreditsAnswer } from './schema.ts';
import type { LinerSettings } from './settings.ts';

const LINER = 'Liner Notes';

export interface LinerClientOptions {
  settings: LinerSettings;
  clock: Clock;
  userAgent: string;
}

/** Asks who played on a record. */
export function createLinerClient({ settings, clock, userAgent }: LinerClientOptions) {
  const http = new UpstreamHttp({ upstream: LINER, clock, userAgent, rateLimiter: new RateLimiter(clock, 1_000) });
  return {
    /** @throws UpstreamError */
    async credits(barcode: string, signal?: AbortSignal): Promise<Credit[]> {
      const answer = await http.request({
        url: upstreamUrl(LINER, settings.url, 'credits', { barcode }),
        headers: { authorization: `Bearer ${settings.token.reveal()}` },
        ...(signal && { signal }),
      });
      return parseResponse(LINER, CreditsAnswer, answer.json()).credits;
    },
  };
}
