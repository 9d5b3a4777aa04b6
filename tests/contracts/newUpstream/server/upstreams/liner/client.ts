import { RateLimiter } from '#server/kit/http/rateLimiter.ts';
import { notData, parseResponse } from '#server/kit/http/responseSchema.ts';
import type { SetAside } from '#server/kit/http/setAside.ts';
import { UpstreamHttp, type UpstreamHttpOptions } from '#server/kit/http/upstreamHttp.ts';
import { upstreamUrl } from '#server/kit/http/upstreamUrl.ts';
import { type Sleeve, SleevesAnswer } from './schema.ts';
import { LINER, type LinerSettings } from './settings.ts';

interface LinerClientOptions extends Pick<
  UpstreamHttpOptions,
  'clock' | 'userAgent' | 'onAttemptFailed' | 'timeoutMs'
> {
  settings: LinerSettings;
  /** Called with results that could not be read. */
  onSetAside?: (list: string, entries: SetAside[]) => void;
}

export type LinerClient = ReturnType<typeof createLinerClient>;

/** Asks what stands on the sleeve of a record. */
export function createLinerClient({ settings, onSetAside, ...options }: LinerClientOptions) {
  const http = new UpstreamHttp({ ...options, upstream: LINER, rateLimiter: new RateLimiter(options.clock, 1_000) });
  return {
    /** Until when the service asked to be left alone, in milliseconds since the epoch. */
    get blockedUntil() {
      return http.blockedUntil;
    },
    set blockedUntil(at: number) {
      http.blockedUntil = at;
    },

    /** Records whose names fit, the likeliest first. @throws UpstreamError */
    async sleeves(album: { artist: string; title: string }, signal?: AbortSignal): Promise<Sleeve[]> {
      const answer = await http.request({
        url: upstreamUrl(LINER, settings.url, 'sleeves', album),
        headers: { authorization: `Bearer ${settings.token.reveal()}` },
        validate: notData,
        ...(signal && { signal }),
      });
      return parseResponse(LINER, SleevesAnswer, answer.json(), (entries) => onSetAside?.('search', entries)).sleeves;
    },
  };
}
