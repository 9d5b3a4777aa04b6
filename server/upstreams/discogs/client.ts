import * as v from 'valibot';
import type { RefusalCode } from '#shared/library/household.ts';
import type { SetAside } from '#server/kit/http/setAside.ts';
import { RateLimiter } from '#server/kit/http/rateLimiter.ts';
import { UpstreamError, type UpstreamErrorKind } from '#server/kit/http/upstreamError.ts';
import type { UpstreamAnswer } from '#server/kit/http/upstreamAnswer.ts';
import { UpstreamHttp, type UpstreamHttpOptions } from '#server/kit/http/upstreamHttp.ts';
import { type Query, upstreamUrl } from '#server/kit/http/upstreamUrl.ts';
import { jsonIfAny, notData, parseResponse, upstreamMessage } from '#server/kit/http/responseSchema.ts';
import { ArtistAnswer, MasterAnswer, ReleaseAnswer, SearchAnswer } from './catalogue.ts';
import { CollectionAnswer, type ListPage, WantlistAnswer } from './collection.ts';
import { authorization, consumer, oauthHeader, type OAuthToken, readToken } from './oauth.ts';
import { FIRST_PACE, FIRST_PACE_OF_STRANGERS, followPace } from './pace.ts';
import { DISCOGS, discogsAuthKind, type DiscogsSettings } from './settings.ts';
import { Complaint, Fields, Folders, Identity, type Pagination } from './schema.ts';

export interface DiscogsClientOptions extends Pick<
  UpstreamHttpOptions,
  'clock' | 'userAgent' | 'onAttemptFailed' | 'timeoutMs'
> {
  settings: DiscogsSettings;
  /** Called with entries that could not be read, but for those of the collection and the wantlist, which come with their page. */
  onSetAside?: (list: string, entries: SetAside[]) => void;
}

/** At most this many entries a page, which is also Discogs' own limit. */
const PER_PAGE = 100;
/**
 * Oldest first: what is bought while the pages are read lands on the last page and moves nothing that was read already.
 * What is sold moves the later ones forward, which the caller sees since the count no longer fits.
 */
const ORDER = { per_page: PER_PAGE, sort: 'added', sort_order: 'asc' };

export type DiscogsSearch = { barcode: string } | { artist?: string; title?: string; query?: string };

export type DiscogsClient = ReturnType<typeof createDiscogsClient>;

/** Asks Discogs, at the rate its own headers allow. Every failure is an UpstreamError. */
export function createDiscogsClient(options: DiscogsClientOptions) {
  const { settings, clock } = options;
  const rateLimiter = new RateLimiter(
    clock,
    60_000 / (discogsAuthKind(settings) ? FIRST_PACE : FIRST_PACE_OF_STRANGERS),
  );
  const http = new UpstreamHttp({
    upstream: DISCOGS,
    clock,
    userAgent: options.userAgent,
    rateLimiter,
    onAnswer: (_status, headers) => followPace(rateLimiter, headers),
    ...(options.onAttemptFailed && { onAttemptFailed: options.onAttemptFailed }),
    timeoutMs: options.timeoutMs ?? 20_000,
  });
  const secrets = [
    settings.token,
    settings.consumerKey,
    settings.consumerSecret,
    settings.oauthToken,
    settings.oauthTokenSecret,
  ];

  const refusal = (answer: UpstreamAnswer) =>
    answer.status >= 400 && answer.status < 500 ? complaint(answer, secrets) : null;

  /** What is not shown to everybody, asked for without a token. */
  const unseen = (answer: UpstreamAnswer) =>
    !discogsAuthKind(settings) && (answer.status === 401 || answer.status === 403)
      ? complaint(answer, secrets, 'token-needed')
      : null;

  async function get<Schema extends v.GenericSchema>(
    schema: Schema,
    path: string,
    query: Query,
    signal?: AbortSignal,
    page?: 'collection' | 'wants',
  ): Promise<v.InferOutput<Schema>> {
    const unknown = (answer: UpstreamAnswer) =>
      answer.status === 404 && path.startsWith('users/') ? complaint(answer, secrets, 'user-unknown') : null;
    const headers = () => ({ accept: 'application/vnd.discogs.v2.discogs+json', ...authorization(settings, clock) });
    const validate = (answer: UpstreamAnswer) =>
      unseen(answer) ?? unknown(answer) ?? refusal(answer) ?? notData(answer);
    const answer = await http.request({
      url: upstreamUrl(DISCOGS, settings.url, path, query),
      headers,
      validate,
      ...(signal && { signal }),
    });
    const list = page ?? path.split('/')[0]!;
    return parseResponse(DISCOGS, schema, answer.json(), (entries, of) => {
      if (of === 'parts') options.onSetAside?.(`${list}-details`, entries);
      else if (page === undefined) options.onSetAside?.(list, entries);
    });
  }

  const user = (username: string) => `users/${encodeURIComponent(username)}`;

  const noCredentials = () =>
    new UpstreamError({
      upstream: DISCOGS,
      kind: 'refused',
      code: 'no-credentials',
      message: 'Discogs needs a personal token or a connected account',
    });

  async function search(wanted: DiscogsSearch, signal?: AbortSignal) {
    if (!discogsAuthKind(settings)) throw noCredentials();
    const terms =
      'barcode' in wanted
        ? { barcode: wanted.barcode }
        : { artist: wanted.artist, release_title: wanted.title, q: wanted.query };
    const { results } = await get(SearchAnswer, 'database/search', { ...terms, type: 'release', per_page: 25 }, signal);
    return results;
  }

  return {
    /** Until when Discogs asked to be left alone, in milliseconds since the epoch; persist it and give it back. */
    get blockedUntil() {
      return http.blockedUntil;
    },
    set blockedUntil(at: number) {
      http.blockedUntil = at;
    },

    /** How requests are signed: personal token, OAuth, or null when neither is there. */
    authKind: discogsAuthKind(settings),

    /** Somebody's collection can be read: with credentials, or the public part of it by its owner's name. */
    canRead: discogsAuthKind(settings) !== null || Boolean(settings.username),

    /** Who the credentials belong to; without any, who has the name that was given. */
    async identity(signal?: AbortSignal) {
      if (discogsAuthKind(settings)) return get(Identity, 'oauth/identity', {}, signal);
      if (!settings.username) throw noCredentials();
      return get(Identity, user(settings.username), {}, signal);
    },

    async folders(username: string, signal?: AbortSignal) {
      return (await get(Folders, `${user(username)}/collection/folders`, {}, signal)).folders;
    },

    /** The meaning of the fields in a copy's notes: condition of disc and sleeve, notes, and what the owner added. */
    async fields(username: string, signal?: AbortSignal) {
      return (await get(Fields, `${user(username)}/collection/fields`, {}, signal)).fields;
    },

    /** A page (from 1) of every copy in the collection, oldest first, 100 a page. */
    async collectionPage(username: string, page: number, signal?: AbortSignal) {
      const answer = await get(
        CollectionAnswer,
        `${user(username)}/collection/folders/0/releases`,
        { ...ORDER, page },
        signal,
        'collection',
      );
      return listPage(answer, page, answer.copies.length + answer.setAside.length);
    },

    /** A page (from 1) of what the person wants, oldest first. */
    async wantlistPage(username: string, page: number, signal?: AbortSignal) {
      const answer = await get(WantlistAnswer, `${user(username)}/wants`, { ...ORDER, page }, signal, 'wants');
      return listPage(answer, page, answer.wants.length + answer.setAside.length);
    },

    release: (id: number, signal?: AbortSignal) => get(ReleaseAnswer, `releases/${id}`, {}, signal),
    master: (id: number, signal?: AbortSignal) => get(MasterAnswer, `masters/${id}`, {}, signal),
    artist: (id: number, signal?: AbortSignal) => get(ArtistAnswer, `artists/${id}`, {}, signal),

    /** Releases by barcode, or by artist and title, or by free words; the best 25. */
    search,
    searchBarcode: (barcode: string, signal?: AbortSignal) => search({ barcode: barcode.replace(/\D/g, '') }, signal),

    /** First step of the dance. @param callback where Discogs sends the person back to. */
    async requestToken(callback: string, signal?: AbortSignal): Promise<OAuthToken> {
      const headers = () => ({ authorization: oauthHeader({ ...consumer(settings), callback }, clock) });
      const answer = await http.request({
        url: upstreamUrl(DISCOGS, settings.url, 'oauth/request_token'),
        headers,
        validate: refusal,
        ...(signal && { signal }),
      });
      return readToken(answer.text());
    },

    /** Second step: the page where the person agrees. It comes back to the callback with `oauth_token` and `oauth_verifier`. */
    authorizeUrl: (token: OAuthToken) =>
      upstreamUrl(DISCOGS, settings.authorizeUrl, '', { oauth_token: token.token.reveal() }).href,

    /** Third step: the person's own token, to be stored. Not repeated, since a verifier serves once. */
    async accessToken(token: OAuthToken, verifier: string, signal?: AbortSignal): Promise<OAuthToken> {
      const headers = () => ({ authorization: oauthHeader({ ...consumer(settings), token, verifier }, clock) });
      const answer = await http.request({
        url: upstreamUrl(DISCOGS, settings.url, 'oauth/access_token'),
        method: 'POST',
        headers,
        validate: refusal,
        ...(signal && { signal }),
      });
      return readToken(answer.text());
    },
  };
}

/**
 * A page held against what was asked and what it counts.
 *
 * @throws UpstreamError `malformed`, code `left-out` for a page without any entry where some are counted, `other-page` for another.
 */
function listPage<T extends Pagination>(answer: T, asked: number, here: number): T & ListPage {
  const before = (asked - 1) * PER_PAGE;
  const { items } = answer;
  // Beyond the last entry there is nothing, however many pages are announced; and there are as many as what is counted needs.
  const pages = Math.max(
    here === 0 && items <= before ? Math.min(answer.pages, asked) : answer.pages,
    Math.ceil(items / PER_PAGE),
  );
  const leftOut = Math.max(0, Math.min(PER_PAGE, items - before) - here);
  const failed = (code: string, message: string) =>
    new UpstreamError({ upstream: DISCOGS, kind: 'malformed', code, message });
  if (answer.page !== asked)
    throw failed('other-page', `Discogs answered with page ${answer.page} where page ${asked} was asked for`);
  if (here === 0 && leftOut > 0)
    throw failed('left-out', `Discogs counts ${items} entries and lists none of them on page ${asked}`);
  return { ...answer, pages, leftOut };
}

const KINDS: Record<number, UpstreamErrorKind> = { 401: 'refused', 403: 'refused', 404: 'not-found' };

/** An error in Discogs' own sentence, else in what the status means. */
function complaint(
  answer: UpstreamAnswer,
  secrets: Parameters<typeof upstreamMessage>[1],
  refuses?: RefusalCode,
): UpstreamError {
  const { status } = answer;
  const body = v.safeParse(Complaint, jsonIfAny(answer.text()));
  const message = body.success
    ? `Discogs: ${upstreamMessage(body.output.message, secrets)}`
    : `Discogs answered with status ${status}`;
  return new UpstreamError({
    upstream: DISCOGS,
    kind: KINDS[status] ?? 'bad-request',
    status,
    message,
    ...(refuses !== undefined && { refuses }),
  });
}
