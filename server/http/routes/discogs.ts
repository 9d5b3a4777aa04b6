import * as v from 'valibot';
import { queryInteger } from '#shared/api/lists.ts';
import { Trouble, WithheldList } from '#shared/library/household.ts';
import { displayName } from '#shared/matching/identity.ts';
import { isUpstreamError } from '../../kit/http/upstreamError.ts';
import type { DiscogsModule } from '../../modules/discogs.ts';
import { HttpError } from '../httpError.ts';
import { defineRoute } from '../route.ts';
import { SERVICE_ERRORS } from '../routeErrors.ts';
import { TestAnswer } from './testAnswer.ts';

const TAG = 'Discogs';
const Seconds = v.nullable(v.number());
const ImportStatus = v.object({
  state: v.picklist(['idle', 'running', 'done', 'failed', 'cancelled']),
  page: v.number(),
  pages: v.number(),
  seen: v.number(),
  total: v.nullable(v.number()),
  added: v.number(),
  changed: v.number(),
  removed: v.number(),
  unreadable: v.number(),
  username: v.nullable(v.string()),
  startedAt: Seconds,
  endedAt: Seconds,
  lastError: v.nullable(v.string()),
  trouble: v.optional(v.nullable(Trouble)),
  withheld: v.array(WithheldList),
});

const ReleaseAnswer = v.object({
  id: v.number(),
  masterId: v.nullable(v.number()),
  title: v.string(),
  year: v.nullable(v.number()),
  support: v.nullable(v.string()),
  artists: v.array(v.string()),
  tracks: v.array(v.string()),
});

export const discogsRoutes = (discogs: Pick<DiscogsModule, 'client' | 'collection' | 'account' | 'test'>) => {
  const { collection, account } = discogs;
  const connected = () => {
    const client = discogs.client();
    if (!client) throw new HttpError({ code: 'discogs-not-connected' });
    return client;
  };
  return [
    defineRoute({
      method: 'get',
      path: '/services/discogs/status',
      tag: TAG,
      summary: 'How the import of the collection goes',
      answer: ImportStatus,
      handle: () => collection.status(),
    }),
    defineRoute({
      method: 'post',
      path: '/services/discogs/sync',
      errors: ['discogs-not-connected'],
      tag: TAG,
      summary: 'Import the collection, or join the import that is going',
      status: 202,
      answer: ImportStatus,
      handle() {
        connected();
        return collection.start();
      },
    }),
    defineRoute({
      method: 'delete',
      path: '/services/discogs/sync',
      tag: TAG,
      summary: 'Cancel the import; what it brought stays',
      answer: ImportStatus,
      handle: () => collection.cancel(),
    }),
    defineRoute({
      method: 'post',
      path: '/services/discogs/cancel',
      tag: TAG,
      summary: 'Cancel the import; what it brought stays',
      answer: ImportStatus,
      handle: () => collection.cancel(),
    }),
    defineRoute({
      method: 'post',
      path: '/services/discogs/test',
      tag: TAG,
      summary: 'Ask Discogs once, with the settings as they are',
      writes: false,
      answer: TestAnswer,
      handle: () => discogs.test(),
    }),
    defineRoute({
      method: 'post',
      path: '/services/discogs/authorize',
      errors: ['discogs-consumer-missing', 'setting-fixed', ...SERVICE_ERRORS],
      tag: TAG,
      summary:
        'Begin to connect an account (OAuth 1.0a): the page where the person agrees; it leads back to `callback`',
      body: v.object({ callback: v.pipe(v.string(), v.url()) }),
      answer: v.object({ url: v.string() }),
      async handle({ body }) {
        if (!account.hasConsumer)
          throw new HttpError({ code: 'discogs-consumer-missing' }, { field: 'discogs.consumerKey' });
        return { url: await account.authorize(body.callback) };
      },
    }),
    defineRoute({
      method: 'post',
      path: '/services/discogs/session',
      errors: ['connection-too-old', 'discogs-not-connected', 'setting-fixed', ...SERVICE_ERRORS],
      tag: TAG,
      summary: 'End the dance with what came back: the account is connected',
      body: v.object({
        oauthToken: v.pipe(v.string(), v.minLength(1)),
        oauthVerifier: v.pipe(v.string(), v.minLength(1)),
      }),
      answer: v.object({ username: v.string() }),
      async handle({ body }) {
        const isConnected = await account.connect(body);
        if (!isConnected) throw new HttpError({ code: 'connection-too-old' }, { field: 'oauthToken' });
        return { username: (await connected().identity()).username };
      },
    }),
    defineRoute({
      method: 'get',
      path: '/services/discogs/releases/:id',
      errors: ['unknown-release', 'discogs-not-connected', ...SERVICE_ERRORS],
      tag: TAG,
      summary: 'One release, to add it as a record or to know what a link leads to',
      params: { id: queryInteger(1, Number.MAX_SAFE_INTEGER) },
      answer: ReleaseAnswer,
      async handle({ params }) {
        const { id, masterId, title, year, support, artists, tracklist } = await connected()
          .release(params.id)
          .catch((error: unknown) => {
            // The caller named it: here it is what was asked for that is not there.
            throw isUpstreamError(error) && error.kind === 'not-found'
              ? new HttpError({ code: 'unknown-release', params: { id: params.id } }, { message: error.message })
              : error;
          });
        const named = tracklist.flatMap((entry) =>
          entry.subTracks.length > 0 && entry.title === '' ? entry.subTracks : [entry],
        );
        return {
          id,
          masterId,
          title,
          year,
          support,
          artists: artists.map(({ name }) => displayName(name)),
          tracks: named
            .filter(({ kind, title: words }) => kind !== 'heading' && words !== '')
            .map((entry) => entry.title),
        };
      },
    }),
    defineRoute({
      method: 'get',
      path: '/services/discogs/search',
      errors: ['nothing-to-look-for', 'discogs-not-connected', 'discogs-token-needed', ...SERVICE_ERRORS],
      tag: TAG,
      summary: 'Releases by barcode or by words, to add a record by hand',
      query: {
        barcode: v.optional(v.pipe(v.string(), v.maxLength(40))),
        q: v.optional(v.pipe(v.string(), v.maxLength(200))),
      },
      answer: v.object({ items: v.array(v.looseObject({ id: v.number(), title: v.string() })) }),
      async handle({ query }) {
        if (connected().authKind === null) throw new HttpError({ code: 'discogs-token-needed' });
        if (query.barcode) return { items: await connected().searchBarcode(query.barcode) };
        if (query.q) return { items: await connected().search({ query: query.q }) };
        throw new HttpError({ code: 'nothing-to-look-for' }, { field: 'q' });
      },
    }),
  ];
};
