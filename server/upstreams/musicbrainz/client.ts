import * as v from 'valibot';
import { cut } from '#shared/text/cut.ts';
import type { SetAside } from '#server/kit/http/setAside.ts';
import { RateLimiter } from '#server/kit/http/rateLimiter.ts';
import { isUpstreamError, UpstreamError, type UpstreamErrorKind } from '#server/kit/http/upstreamError.ts';
import type { UpstreamAnswer } from '#server/kit/http/upstreamAnswer.ts';
import { UpstreamHttp, type UpstreamHttpOptions } from '#server/kit/http/upstreamHttp.ts';
import { upstreamUrl } from '#server/kit/http/upstreamUrl.ts';
import { jsonIfAny, notData, parseResponse, upstreamMessage } from '#server/kit/http/responseSchema.ts';
import type { ArtworkCandidate } from '#server/upstreams/ports.ts';
import { MUSICBRAINZ, type MusicBrainzSettings } from './settings.ts';
import {
  Complaint,
  isMbid,
  type MusicBrainzCandidate,
  type MusicBrainzTrack,
  ReleaseGroupsAnswer,
  ReleasesAnswer,
  ReleaseTracksAnswer,
} from './schema.ts';

export interface MusicBrainzClientOptions extends Pick<UpstreamHttpOptions, 'clock' | 'onAttemptFailed' | 'timeoutMs'> {
  settings: MusicBrainzSettings;
  /** Called with results that could not be read. */
  onSetAside?: (list: string, entries: SetAside[]) => void;
  /** "AIME/4.0.0": the contact is added to it. */
  userAgent: string;
  /** Between two requests. MusicBrainz allows one a second; a little more, since some arrive faster than others. */
  intervalMs?: number;
}

const RESULTS = 5;
/** Seconds to stay away after a 503 about the rate. */
const RATE_PAUSE = 5;

export type MusicBrainzClient = ReturnType<typeof createMusicBrainzClient>;

/** Searches MusicBrainz and finds fronts at the Cover Art Archive: both together at one request a second. */
export function createMusicBrainzClient(options: MusicBrainzClientOptions) {
  const { settings, clock } = options;
  const http = new UpstreamHttp({
    upstream: MUSICBRAINZ,
    clock,
    userAgent: `${options.userAgent} ( ${settings.contact.trim()} )`,
    rateLimiter: new RateLimiter(clock, options.intervalMs ?? 1_100),
    ...(options.onAttemptFailed && { onAttemptFailed: options.onAttemptFailed }),
    ...(options.timeoutMs !== undefined && { timeoutMs: options.timeoutMs }),
  });

  async function send(
    url: URL,
    validate: (answer: UpstreamAnswer) => UpstreamError | null,
    signal?: AbortSignal,
  ): Promise<UpstreamAnswer> {
    if (settings.contact.trim() === '') {
      throw new UpstreamError({
        upstream: MUSICBRAINZ,
        kind: 'refused',
        code: 'no-contact',
        message: 'MusicBrainz wants an address to write to; none is set',
      });
    }
    return http.request({
      url,
      validate,
      redirect: 'manual',
      headers: { accept: 'application/json' },
      ...(signal && { signal }),
    });
  }

  async function search<Schema extends v.GenericSchema>(
    schema: Schema,
    entity: string,
    query: string,
    signal?: AbortSignal,
  ): Promise<v.InferOutput<Schema>> {
    const url = upstreamUrl(MUSICBRAINZ, settings.url, entity, { query, fmt: 'json', limit: RESULTS });
    const answer = await send(url, (given) => refusal(given) ?? notData(given), signal);
    return parseResponse(MUSICBRAINZ, schema, answer.json(), (entries, of) =>
      options.onSetAside?.(of === 'parts' ? 'search-details' : 'search', entries),
    );
  }

  return {
    /** Until when the service asked to be left alone, in milliseconds since the epoch; persist it and give it back. */
    get blockedUntil() {
      return http.blockedUntil;
    },
    set blockedUntil(at: number) {
      http.blockedUntil = at;
    },

    /** Albums whatever their edition, the likeliest first. */
    async searchReleaseGroups(
      album: { artist: string; title: string },
      signal?: AbortSignal,
    ): Promise<MusicBrainzCandidate[]> {
      const query = luceneQuery({ releasegroup: album.title, artist: album.artist });
      return query === '' ? [] : (await search(ReleaseGroupsAnswer, 'release-group', query, signal))['release-groups'];
    },

    /** Editions, the likeliest first. */
    async searchReleases(
      album: { artist: string; title: string },
      signal?: AbortSignal,
    ): Promise<MusicBrainzCandidate[]> {
      const query = luceneQuery({ release: album.title, artist: album.artist });
      return query === '' ? [] : (await search(ReleasesAnswer, 'release', query, signal)).releases;
    },

    /** The tracks of an edition, in their order. */
    async releaseTracks(mbid: string, signal?: AbortSignal): Promise<MusicBrainzTrack[]> {
      if (!isMbid(mbid))
        throw new UpstreamError({
          upstream: MUSICBRAINZ,
          kind: 'bad-request',
          message: 'This is not a MusicBrainz id',
        });
      const url = upstreamUrl(MUSICBRAINZ, settings.url, `release/${mbid.toLowerCase()}`, {
        inc: 'recordings',
        fmt: 'json',
      });
      const answer = await send(url, (given) => refusal(given) ?? notData(given), signal);
      const { media } = parseResponse(MUSICBRAINZ, ReleaseTracksAnswer, answer.json(), (entries) =>
        options.onSetAside?.('release', entries),
      );
      return media.flatMap(({ tracks }) => tracks);
    },

    /**
     * The front cover of a release or a release group, without fetching the picture. The archive redirects to whichever
     * of its machines holds the file, so the address given back is the archive's own lasting one.
     * @returns null when it has none.
     */
    async frontCover(
      kind: 'release' | 'release-group',
      mbid: string,
      signal?: AbortSignal,
    ): Promise<ArtworkCandidate | null> {
      if (!isMbid(mbid))
        throw new UpstreamError({
          upstream: MUSICBRAINZ,
          kind: 'bad-request',
          message: 'This is not a MusicBrainz id',
        });
      const url = upstreamUrl(MUSICBRAINZ, settings.coverArtUrl, `${kind}/${mbid.toLowerCase()}/front-1200`);
      try {
        await send(url, (given) => (given.status < 400 ? null : refusal(given)), signal);
        return { url: url.href };
      } catch (error) {
        if (isUpstreamError(error) && error.kind === 'not-found') return null;
        throw error;
      }
    },
  };
}

/** Quoted terms joined by AND. Inside quotes only the quote and the backslash mean something to Lucene. */
function luceneQuery(terms: Record<string, string>): string {
  return Object.entries(terms)
    .map(([field, text]) => [field, cut(text.replace(/\s+/gu, ' ').trim(), 200).replace(/["\\]/g, '\\$&')])
    .filter(([, text]) => text !== '')
    .map(([field, text]) => `${field}:"${text}"`)
    .join(' AND ');
}

function said(answer: UpstreamAnswer): string {
  const body = v.safeParse(Complaint, jsonIfAny(answer.text()));
  return body.success ? `: ${upstreamMessage(body.output.error)}` : '';
}

/** The error in an answer; null when it is data. A search that redirects is not at the address that is set. */
function refusal(answer: UpstreamAnswer): UpstreamError | null {
  const { status } = answer;
  if (status < 300) return null;
  const message = `MusicBrainz answered with status ${status}${said(answer)}`;
  const of = (kind: UpstreamErrorKind, more = {}) =>
    new UpstreamError({ upstream: MUSICBRAINZ, kind, status, message, ...more });
  if (status === 503) return of('rate-limited', { retryAfterSeconds: RATE_PAUSE });
  if (status >= 500) return null;
  if (status === 401 || status === 403) return of('refused');
  return of(status === 404 ? 'not-found' : status < 400 ? 'malformed' : 'bad-request');
}
