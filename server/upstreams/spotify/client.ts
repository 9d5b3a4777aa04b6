import type * as v from 'valibot';
import type { SetAside } from '#server/kit/http/setAside.ts';
import { RateLimiter } from '#server/kit/http/rateLimiter.ts';
import { isUpstreamError } from '#server/kit/http/upstreamError.ts';
import type { UpstreamAnswer } from '#server/kit/http/upstreamAnswer.ts';
import { UpstreamHttp, type UpstreamHttpOptions, type UpstreamRequest } from '#server/kit/http/upstreamHttp.ts';
import { upstreamUrl } from '#server/kit/http/upstreamUrl.ts';
import { notData, parseResponse } from '#server/kit/http/responseSchema.ts';
import { apiError, quotaError, TOKEN_EXPIRED } from './errorMapping.ts';
import { searchText } from './query.ts';
import { SPOTIFY, type SpotifySettings } from './settings.ts';
import { tokenSource } from './token.ts';
import { type AlbumCandidate, AlbumsAnswer, type ArtistCandidate, ArtistsAnswer } from './schema.ts';

export interface SpotifyClientOptions extends Pick<
  UpstreamHttpOptions,
  'clock' | 'userAgent' | 'onAttemptFailed' | 'timeoutMs'
> {
  settings: SpotifySettings;
  /** Called with results that could not be read. */
  onSetAside?: (list: string, entries: SetAside[]) => void;
  /** At least this long between two requests. Spotify publishes no number. */
  intervalMs?: number;
}

/** Development mode gives 10 at most; one alone ranks worse than the first of a few. */
const RESULTS = 5;

export type SpotifyClient = ReturnType<typeof createSpotifyClient>;

/** Searches Spotify with the application's own credentials. Whether a candidate is the right one is for the caller to decide. */
export function createSpotifyClient(options: SpotifyClientOptions) {
  const { settings, clock } = options;
  const http = new UpstreamHttp({
    upstream: SPOTIFY,
    clock,
    userAgent: options.userAgent,
    rateLimiter: new RateLimiter(clock, options.intervalMs ?? 200),
    ...(options.onAttemptFailed && { onAttemptFailed: options.onAttemptFailed }),
    ...(options.timeoutMs !== undefined && { timeoutMs: options.timeoutMs }),
  });
  const tokens = tokenSource(settings, clock, send);

  async function send(request: UpstreamRequest): Promise<UpstreamAnswer> {
    try {
      return await http.request(request);
    } catch (error) {
      const quota = isUpstreamError(error) ? quotaError(error) : null;
      if (!quota) throw error;
      http.blockedUntil = Math.max(http.blockedUntil, clock.now() + (quota.retryAfterSeconds ?? 0) * 1000);
      throw quota;
    }
  }

  /** A token that Spotify refuses before its time is replaced once. */
  async function get<Schema extends v.GenericSchema>(
    schema: Schema,
    query: Record<string, string>,
    signal?: AbortSignal,
  ): Promise<v.InferOutput<Schema>> {
    const url = upstreamUrl(SPOTIFY, settings.url, 'search', { ...query, limit: RESULTS });
    for (let renewed = false; ; renewed = true) {
      const token = await tokens.token(signal);
      const validate = (answer: UpstreamAnswer) =>
        apiError(answer, [token, settings.clientId, settings.clientSecret]) ?? notData(answer);
      try {
        const answer = await send({
          url,
          headers: { authorization: `Bearer ${token.reveal()}` },
          validate,
          ...(signal && { signal }),
        });
        return parseResponse(SPOTIFY, schema, answer.json(), (entries, of) =>
          options.onSetAside?.(of === 'parts' ? 'search-details' : 'search', entries),
        );
      } catch (error) {
        if (renewed || !isUpstreamError(error) || error.code !== TOKEN_EXPIRED) throw error;
        tokens.expire(token);
      }
    }
  }

  return {
    /**
     * Until when Spotify asked to be left alone (up to a day), in milliseconds since the epoch; 0 when it did not.
     * Persist it and give it back after a restart.
     */
    get blockedUntil() {
      return http.blockedUntil;
    },
    set blockedUntil(at: number) {
      http.blockedUntil = at;
    },

    /** Asks for a new token now. @returns when it expires, in milliseconds since the epoch. */
    refreshToken: (signal?: AbortSignal): Promise<number> => tokens.refresh(signal),

    /** The best few albums for these names; empty when both are blank. */
    async searchAlbums(album: { artist: string; title: string }, signal?: AbortSignal): Promise<AlbumCandidate[]> {
      const q = searchText({ artist: album.artist, album: album.title });
      if (q === '') return [];
      return (await get(AlbumsAnswer, { q, type: 'album' }, signal)).albums.items;
    },

    /** The best few artists for this name; empty when it is blank. */
    async searchArtists(name: string, signal?: AbortSignal): Promise<ArtistCandidate[]> {
      const q = searchText({ artist: name });
      if (q === '') return [];
      return (await get(ArtistsAnswer, { q, type: 'artist' }, signal)).artists.items;
    },
  };
}
