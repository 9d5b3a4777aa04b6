import * as v from 'valibot';
import { queryInteger } from '#shared/api/lists.ts';
import { Trouble, WithheldList } from '#shared/library/household.ts';
import { displayName } from '#shared/matching/identity.ts';
import { DiscogsImport } from '../enrichment/discogsImport.ts';
import { HttpError } from '../http/httpError.ts';
import { defineRoute } from '../http/route.ts';
import { SERVICE_ERRORS } from '../http/routeErrors.ts';
import { tested, TestAnswer } from '../http/routes/testAnswer.ts';
import { isUpstreamError } from '../kit/http/upstreamError.ts';
import { isSettingOf } from '../upstreams/registry.ts';
import { createDiscogsClient, type DiscogsClient, type OAuthToken } from '../upstreams/discogs/index.ts';
import { VERSION } from '../version.ts';
import type { EnrichmentWorker } from '../enrichment/worker.ts';
import type { ModuleContext, Module } from './module.ts';
import { discogsService } from './serviceStatus.ts';
import { setAsideSink } from './setAsideSink.ts';

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

export interface Discogs extends Module {
  client(): DiscogsClient | null;
  /** What the look-ups know of it may be otherwise. */
  announce(): void;
}

interface DiscogsDependencies {
  onAlbums: (albumIds: readonly number[]) => void;
  /** Who looks things up at Discogs. */
  lookups: () => EnrichmentWorker;
}

/** Discogs: the client for the settings as they are, the import, connecting an account. */
export function createDiscogsModule(
  { config, library, hub, services, clock, log }: ModuleContext,
  { onAlbums, lookups }: DiscogsDependencies,
): Discogs {
  let client: DiscogsClient | null = null;
  /** Since the import was told of, a person's test went well: what it was refused for is over. */
  let isTaken = false;
  /** Request tokens of dances that are under way, by their text; a restart ends them. */
  const dances = new Map<string, OAuthToken>();

  const make = () =>
    createDiscogsClient({
      settings: {
        url: config.get('discogs.url'),
        authorizeUrl: config.get('discogs.authorizeUrl'),
        username: config.get('discogs.username'),
        token: config.get('discogs.token'),
        consumerKey: config.get('discogs.consumerKey'),
        consumerSecret: config.get('discogs.consumerSecret'),
        oauthToken: config.get('discogs.oauthToken'),
        oauthTokenSecret: config.get('discogs.oauthTokenSecret'),
      },
      clock,
      userAgent: `AIME/${VERSION} (home music library)`,
      onSetAside: setAsideSink(library, 'discogs'),
    });
  let asking = make();
  const connect = () => {
    asking = make();
    client = asking.canRead ? asking : null;
    announce();
  };

  const collection = new DiscogsImport({
    shelf: library.shelf,
    states: library.states,
    setAside: library.setAside,
    clock,
    log,
    client: () => client,
    written: (work, signal) => library.availability.written(work, { patienceMs: Infinity, signal }),
    onProgress(data) {
      hub.publish({ event: 'progress', data });
      isTaken = false;
      announce();
    },
    onAlbums,
  });

  const announce = () => {
    const status = collection.status();
    const { username, withheld } = status;
    const named = { ...(username !== null && { account: username }), ...(withheld.length > 0 && { withheld }) };
    const told = discogsService(
      client !== null,
      isTaken && status.trouble?.code === 'refused' ? { state: status.state, lastError: null } : status,
      lookups(),
    );
    services.show(told.status === 'off' ? told : { ...told, ...named });
  };

  config.onChange((keys) => {
    if (!keys.some((key) => isSettingOf('discogs', key))) return;
    connect();
    collection.resume();
  });

  const connected = () => {
    if (!client) throw new HttpError({ code: 'discogs-not-connected' });
    return client;
  };

  return {
    client: () => client,
    announce,
    routes: [
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
        handle() {
          const asked = asking;
          return tested(
            asked,
            async () => ({ message: (await asked.identity()).username }),
            (outcome) => {
              if (asked !== asking) return;
              isTaken = outcome === 'well';
              lookups().heard(outcome);
            },
          );
        },
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
          if (!config.get('discogs.consumerKey') || !config.get('discogs.consumerSecret'))
            throw new HttpError({ code: 'discogs-consumer-missing' }, { field: 'discogs.consumerKey' });
          // Nobody is sent there for a token that could not be kept.
          for (const key of ['discogs.oauthToken', 'discogs.oauthTokenSecret'] as const) config.refuseFixed(key);
          const token = await asking.requestToken(body.callback);
          if (dances.size > 20) dances.clear();
          dances.set(token.token.reveal(), token);
          return { url: asking.authorizeUrl(token) };
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
          const dance = dances.get(body.oauthToken);
          if (!dance) throw new HttpError({ code: 'connection-too-old' }, { field: 'oauthToken' });
          const access = await asking.accessToken(dance, body.oauthVerifier);
          dances.delete(body.oauthToken);
          config.change({
            'discogs.oauthToken': access.token.reveal(),
            'discogs.oauthTokenSecret': access.secret.reveal(),
          });
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
    ],
    start() {
      connect();
      collection.resume();
    },
    tryNow(service) {
      if (service !== 'discogs' || !client) return;
      client.blockedUntil = 0;
      collection.tryNow();
    },
    letGo(service) {
      if (service === 'discogs' && client) collection.letGo();
    },
    readers: { discogs: { collection: (raw) => collection.takeCopy(raw), wants: (raw) => collection.takeWant(raw) } },
    close: () => collection.close(),
    greeting: () => {
      const { state, seen, total } = collection.status();
      return state === 'running'
        ? [{ event: 'progress', data: { work: 'discogs-import', state, done: seen, total } }]
        : [];
    },
  };
}
