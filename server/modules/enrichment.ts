import type { AnswerOf } from '#shared/api/contract.ts';
import type { getEnrichment } from '#shared/api/enrichment.ts';
import type { EuriaUsage } from '#shared/api/euria.ts';
import type { ServiceTest } from '#shared/api/services.ts';
import { type LookupId, sharedUpstreams, type UpstreamId } from '#shared/upstreams/registry.ts';
import { albumTasks, discogsArtistTask, NewEntities, PRIORITY } from '../enrichment/newEntities.ts';
import { albumSubject, type EnrichmentTask } from '../enrichment/task.ts';
import { coverArt, musicbrainzAlbum } from '../enrichment/tasks/coverArt.ts';
import { discogsArtist, discogsMaster, discogsRelease } from '../enrichment/tasks/discogs.ts';
import { spotifyAlbum, spotifyArtist } from '../enrichment/tasks/spotify.ts';
import { AlbumTextWriter } from '../enrichment/albumText/albumTextWriter.ts';
import { EnrichmentWorker, type WorkerState } from '../enrichment/worker.ts';
import { testService } from '../kit/http/testService.ts';
import { UpstreamError } from '../kit/http/upstreamError.ts';
import { nowSeconds } from '../kit/clock.ts';
import { guarded, supervise } from '../kit/background/supervisor.ts';
import { turn } from '../kit/turns.ts';
import type { UpstreamWork } from '../library/api/enrichment.ts';
import type { SettingKey } from '../settings.ts';
import { createEuriaClient, EuriaAccess, type EuriaClient } from '../upstreams/euria/index.ts';
import { isSettingOf } from '../upstreams/registry.ts';
import { createMusicBrainzClient, type MusicBrainzClient } from '../upstreams/musicbrainz/index.ts';
import { createSpotifyClient, type SpotifyClient } from '../upstreams/spotify/index.ts';
import { VERSION } from '../version.ts';
import type { DiscogsModule } from './discogs.ts';
import { euriaShares, euriaService } from './euria.ts';
import type { ModuleContext, Module } from './module.ts';
import { setAsideSink } from './setAsideSink.ts';
import { musicbrainzService, spotifyService } from './serviceStatus.ts';
import { textLanguage } from './textLanguage.ts';
import { gauge } from '../kit/meters/exposition.ts';

/** A worker's state with how much is left; `secondsLeft` is about how long that takes, as fast as it went lately, null where that is not known. */
const upstreamStatus = (state: WorkerState, work: UpstreamWork | undefined, secondsEach: number | null) => {
  const { waiting, done, kinds } = work ?? { waiting: 0, done: 0, kinds: {} };
  return {
    ...state,
    waiting,
    done,
    kinds,
    secondsLeft: secondsEach === null ? null : Math.round(waiting * secondsEach),
  };
};

const SETTLE_MS = 500;
/** How often devices are notified how far the lookups are, at most. */
const PROGRESS_MS = 1_000;
/** A minute: how late a page may learn that a pause or a day is over. */
const LOOK_AGAIN_MS = 60_000;
/** Settings that make another of whom EurIA's requests go to. */
const ASKS_ANOTHER: readonly SettingKey[] = ['euria.url', 'euria.token', 'euria.model'];
/** Settings that do not say whether or whom to ask. */
const SAYS_HOW_MUCH: readonly SettingKey[] = ['euria.dailyCap', 'euria.askedCap', 'euria.language'];
const USER_AGENT = `AIME/${VERSION}`;

export interface EnrichmentModule extends Module {
  /** A person looks at this album. */
  looked(albumId: number): void;
  /** An album's picture is gone: whoever may know another is asked again. */
  coverLost(albumId: number): void;
  /** The same of an artist's. */
  portraitLost(artistId: number): void;
  /** Albums came or changed: what is missing about them is to be found. */
  albumsChanged(albumIds: readonly number[]): void;
  spotify(): SpotifyClient | null;
  /** Who looks things up at Discogs. */
  discogs: EnrichmentWorker;
  euria: EuriaAccess;
  /** Texts of today, by the household's calendar, of how many a day at most. */
  euriaUsage(): EuriaUsage;
  /** The client that keeps to MusicBrainz' rate. @throws UpstreamError where nobody may be asked. */
  musicbrainz(): MusicBrainzClient;
  /** How much is still to be found, and how each source is. */
  status(): AnswerOf<typeof getEnrichment>;
  /** Has the text about an album written now; it is announced on the event hub as it comes. */
  generateAlbumText(albumId: number): void;
  /** Asks once, with the settings as they are. */
  testSpotify(): Promise<ServiceTest>;
  testMusicBrainz(): Promise<ServiceTest>;
  /** A person wants nothing looked up at a service for now, or that it goes on. Persisted over restarts. */
  pause(service: LookupId, isPaused: boolean): void;
  /** Puts what may be found about these albums into the queue anew. @returns how many of them there are. */
  lookUpAgain(albumIds: readonly number[]): number;
}

/** Everything that fills gaps: the queue's workers, one an upstream, and the words a person asks for. */
export function createEnrichmentModule(
  context: ModuleContext,
  { client: discogs, announce: announceDiscogs }: Pick<DiscogsModule, 'client' | 'announce'>,
): EnrichmentModule {
  const { config, library, hub, services, clock, log } = context;
  const { facts, images, queue } = library;
  let spotify: SpotifyClient | null = null;
  let euria: EuriaClient | null = null;
  let musicbrainz: MusicBrainzClient | null = null;
  const there = <T>(client: T | null, id: UpstreamId): T => {
    const upstream = sharedUpstreams[id].name;
    if (client === null)
      throw new UpstreamError({
        upstream,
        kind: 'refused',
        code: 'not-configured',
        message: `${upstream} is not connected yet: connect it in Settings`,
      });
    return client;
  };

  const connect = (keys?: readonly SettingKey[]) => {
    const isAbout = (upstream: UpstreamId) => !keys || keys.some((key) => isSettingOf(upstream, key));
    const [clientId, clientSecret] = [config.get('spotify.clientId'), config.get('spotify.clientSecret')];
    if (isAbout('spotify'))
      spotify =
        clientId && clientSecret
          ? createSpotifyClient({
              settings: {
                url: config.get('spotify.apiUrl'),
                accountsUrl: config.get('spotify.accountsUrl'),
                clientId,
                clientSecret,
              },
              clock,
              userAgent: USER_AGENT,
              onSetAside: setAsideSink(library, 'spotify'),
            })
          : null;
    const url = config.get('euria.url');
    // It keeps the pause that the service asked for, and what it knows of its models, while the same one is asked.
    if (!keys || keys.some((key) => ASKS_ANOTHER.includes(key)))
      euria = url
        ? createEuriaClient({
            settings: { url, token: config.get('euria.token'), model: config.get('euria.model') },
            clock,
            userAgent: USER_AGENT,
            onSetAside: setAsideSink(library, 'euria'),
          })
        : null;
    const contact = config.get('contact');
    if (isAbout('musicbrainz'))
      musicbrainz =
        contact === undefined
          ? null
          : createMusicBrainzClient({
              settings: { url: config.get('musicbrainz.url'), coverArtUrl: config.get('coverart.url'), contact },
              clock,
              userAgent: USER_AGENT,
              onSetAside: setAsideSink(library, 'musicbrainz'),
            });
  };

  const access = new EuriaAccess({
    client: () => euria,
    shares: euriaShares(context),
    onChange: () => guarded('telling how EurIA is', log, showEuria),
    onWellAgain: () => tryNow('euria'),
  });
  const hasOwnWork = () => facts.hasAlbumsWithoutDescription(textLanguage(context));
  const showEuria = () => services.show(euriaService(context, access, hasOwnWork));
  const albumTextWriter = new AlbumTextWriter({
    facts,
    euria: access,
    language: () => textLanguage(context),
    publish: (event) => hub.publish(event),
  });
  const worker = (upstream: string, ready: () => boolean, tasks: EnrichmentTask[], waitSeconds?: () => number) =>
    new EnrichmentWorker({
      upstream,
      ready,
      tasks,
      queue,
      clock,
      log,
      written: (work, signal) =>
        library.availability.written(() => library.atomically(work), { patienceMs: Infinity, signal }),
      blocked: {
        get: () => library.states.get<number>(`blocked:${upstream}`) ?? 0,
        set: (until) => library.states.set(`blocked:${upstream}`, until),
      },
      paused: {
        get: () => library.states.get<{ wished: boolean }>(`paused:${upstream}`)?.wished ?? false,
        set: (wished) => library.states.set(`paused:${upstream}`, { wished }),
      },
      onChange: () => announce(),
      ...(waitSeconds && { waitSeconds }),
    });
  const workers = {
    discogs: worker('discogs', () => discogs() !== null, [
      discogsRelease({ facts, writeDetails: library.shelf.writeDetails, client: () => there(discogs(), 'discogs') }),
      discogsMaster({ facts, client: () => there(discogs(), 'discogs') }),
      discogsArtist({ facts, images, client: () => there(discogs(), 'discogs') }),
    ]),
    spotify: worker('spotify', () => spotify !== null, [
      spotifyAlbum({ facts, images, client: () => there(spotify, 'spotify') }),
      spotifyArtist({ facts, images, client: () => there(spotify, 'spotify') }),
    ]),
    musicbrainz: worker('musicbrainz', () => musicbrainz !== null && config.get('musicbrainz.lookups'), [
      musicbrainzAlbum({ facts, images, queue, client: () => there(musicbrainz, 'musicbrainz') }),
      coverArt({ facts, images, queue, client: () => there(musicbrainz, 'musicbrainz') }),
    ]),
    euria: worker(
      'euria',
      () => euria !== null && config.get('euria.background'),
      [albumTextWriter.task()],
      () => access.share('own').waitSeconds(),
    ),
  } satisfies Record<LookupId | 'euria', EnrichmentWorker>;
  const hasWorker = (id: UpstreamId): id is keyof typeof workers => Object.hasOwn(workers, id);
  const all = Object.values(workers);
  /** A person wants it asked now: no pause holds, neither the service's nor one of what waits for it. */
  const tryNow = (upstream: keyof typeof workers) => {
    library.availability.soon(`due:${upstream}`, () => {
      queue.dueNow(upstream);
      workers[upstream].wake();
    });
    workers[upstream].tryNow();
  };

  const announce = () => {
    services.show(spotifyService(workers.spotify));
    services.show(musicbrainzService(workers.musicbrainz, config));
    announceDiscogs();
    showEuria();
    scheduleProgress();
  };

  /** Counting a large queue takes tens of milliseconds, and tasks may end by the dozen: at once, and then once in a while. */
  let counted = -Infinity;
  let counting: NodeJS.Timeout | null = null;
  const scheduleProgress = () => {
    const wait = counted + PROGRESS_MS - clock.elapsed();
    if (wait <= 0) publishProgress();
    else counting ??= setTimeout(() => guarded('telling how lookups go', log, publishProgress), wait);
  };
  const publishProgress = () => {
    if (counting) clearTimeout(counting);
    [counting, counted] = [null, clock.elapsed()];
    const { running, done, givenUp, byUpstream } = queue.status();
    // What a service that is off could find is not under way.
    const waiting =
      all.reduce(
        (sum, { state: { upstream, state } }) => sum + (state === 'off' ? 0 : (byUpstream[upstream]?.waiting ?? 0)),
        0,
      ) - running;
    const ended = done + Object.values(givenUp).reduce((sum, count) => sum + count, 0);
    hub.publish({
      event: 'progress',
      data: {
        work: 'enrichment',
        state: waiting + running > 0 ? 'running' : 'done',
        done: ended,
        total: ended + waiting + running,
      },
    });
  };

  const newEntities = new NewEntities(facts, queue, library.states, library.shelf);
  let settling: NodeJS.Timeout | null = null;
  let enqueueing: Promise<void> = Promise.resolve();
  const closing = new AbortController();
  const scheduleEnqueue = () => {
    settling ??= setTimeout(() => {
      settling = null;
      enqueueing = enqueueing.then(() => supervise('new entities', enqueue, { clock, log, signal: closing.signal }));
    }, SETTLE_MS);
  };
  const enqueue = async (signal: AbortSignal) => {
    // Everything else has its turn between two slices: all of a restored library is new.
    while (await library.availability.written(() => newEntities.enqueue(), { patienceMs: Infinity, signal })) {
      await turn();
      signal.throwIfAborted();
    }
    for (const each of all) each.wake();
  };
  let unsubscribe = () => {};

  config.onChange((keys) => {
    connect(keys);
    for (const upstream of Object.keys(workers) as (keyof typeof workers)[]) {
      const own = keys.filter((key) => isSettingOf(upstream, key));
      // A pause was wanted of whom is asked no more, and turning the writing on is a person's word to try.
      if (own.some((key) => !SAYS_HOW_MUCH.includes(key))) tryNow(upstream);
      else if (own.length > 0) workers[upstream].wake();
    }
    if (keys.some((key) => ASKS_ANOTHER.includes(key))) access.forget();
    announce();
  });

  let started: Promise<void> = Promise.resolve();
  let watching: Promise<void> = Promise.resolve();
  /** Pauses and days end without anything happening. */
  const watch = async (signal: AbortSignal) => {
    for (;;) {
      await clock.sleep(LOOK_AGAIN_MS, signal);
      showEuria();
    }
  };
  const euriaUsage = () => {
    const own = access.share('own');
    const isOn = config.get('euria.background');
    const { state, blockedUntil } = workers.euria.state;
    const mayBe = state !== 'off' && state !== 'refused' && own.usage().cap > 0;
    const pausedUntil = Math.ceil((euria?.blockedUntil ?? 0) / 1000);
    const next = mayBe ? Math.max(nowSeconds(clock) + own.waitSeconds(), blockedUntil ?? 0, pausedUntil) : null;
    return {
      ...own.usage(),
      isOn,
      next,
      asked: access.share('asked').usage(),
      withoutWords: facts.withoutWords(textLanguage(context)),
    };
  };
  const takeUp = async (signal: AbortSignal) => {
    const repeated = await library.availability.written(() => queue.recover(), { patienceMs: Infinity, signal });
    if (repeated > 0) log.info('enrichment goes on', { tasks: repeated });
    for (const each of all) each.start();
  };

  const status = () => {
    const { byUpstream, ...totals } = queue.status();
    return {
      ...totals,
      upstreams: (Object.keys(workers) as (keyof typeof workers)[]).map((upstream) => ({
        ...upstreamStatus(workers[upstream].state, byUpstream[upstream], queue.secondsEach(upstream)),
        upstream,
      })),
    };
  };

  return {
    spotify: () => spotify,
    discogs: workers.discogs,
    euria: access,
    looked(albumId) {
      library.availability.soon(`looked:${albumId}`, () => queue.raise(albumSubject(albumId), PRIORITY.looked));
      for (const each of all) each.wake();
    },
    coverLost(albumId) {
      const album = facts.album(albumId);
      if (!album) return;
      queue.add(
        albumTasks(album).filter(({ kind }) => kind !== 'words'),
        { again: true },
      );
      for (const each of all) each.wake();
    },
    portraitLost(artistId) {
      if (!facts.artist(artistId)?.discogsId) return;
      queue.add([discogsArtistTask(artistId)], { again: true });
      workers.discogs.wake();
    },
    albumsChanged(albumIds) {
      library.shelf.joinHeard(albumIds);
      queue.add(
        albumIds.flatMap((id) => {
          const album = facts.album(id);
          if (!album) return [];
          const master =
            album.year === null && album.masterId !== null
              ? [
                  {
                    kind: 'discogs-master',
                    subject: albumSubject(id),
                    upstream: 'discogs',
                    priority: PRIORITY.owned + 1,
                  },
                ]
              : [];
          return [...albumTasks(album), ...master];
        }),
      );
      for (const each of all) each.wake();
    },
    status,
    musicbrainz: () => there(musicbrainz, 'musicbrainz'),
    generateAlbumText(albumId) {
      void albumTextWriter
        .writeNow(albumId)
        .catch((error: Error) => log.warn('words not written', { album: albumId, error }));
    },
    testSpotify() {
      const asked = spotify;
      return testService(
        asked,
        async () => {
          await there(asked, 'spotify').refreshToken();
          return { message: 'Spotify accepts the client id and secret' };
        },
        (outcome) => asked === spotify && workers.spotify.heard(outcome),
      );
    },
    testMusicBrainz() {
      const asked = musicbrainz;
      return testService(
        asked,
        async () => {
          await there(asked, 'musicbrainz').searchReleases({ artist: 'Miles Davis', title: 'Kind of Blue' });
          return { message: 'MusicBrainz answers' };
        },
        (outcome) => asked === musicbrainz && workers.musicbrainz.heard(outcome),
      );
    },
    pause(service, isPaused) {
      workers[service].pause(isPaused);
      announce();
    },
    lookUpAgain(albumIds) {
      const albums = albumIds.map((id) => facts.album(id)).filter((album) => album !== null);
      queue.add(
        albums.flatMap(albumTasks).map((task) => ({ ...task, priority: PRIORITY.looked })),
        { again: true },
      );
      for (const each of all) each.wake();
      announce();
      return albums.length;
    },
    euriaUsage,
    start() {
      connect();
      unsubscribe = library.feed.subscribe((changes) => {
        if (changes.some(({ collection }) => collection === 'albums' || collection === 'artists')) scheduleEnqueue();
      });
      scheduleEnqueue();
      started = supervise('taking up enrichment', takeUp, { clock, log, signal: closing.signal });
      watching = supervise('telling how EurIA is', watch, { clock, log, signal: closing.signal });
      announce();
    },
    async close() {
      unsubscribe();
      closing.abort(new Error('The server is stopping'));
      if (settling) clearTimeout(settling);
      await Promise.all([started, watching, enqueueing, ...all.map((each) => each.close())]);
      if (counting) clearTimeout(counting);
    },
    clockSet(byMs) {
      const bySeconds = Math.round(byMs / 1000);
      library.availability.soon('enrichment by the clock', () => queue.clockSet(bySeconds));
      for (const each of all) each.clockSet(bySeconds);
    },
    tryNow(service) {
      if (!hasWorker(service)) return;
      const client = { discogs: discogs(), spotify, musicbrainz, euria }[service];
      if (client) client.blockedUntil = 0;
      if (service === 'euria') access.forget();
      tryNow(service);
      announce();
    },
    gauges: () => {
      const { waiting, done } = queue.status();
      return [
        gauge('aime_enrichment_waiting', 'Questions to services that wait.', waiting),
        gauge('aime_enrichment_done', 'Questions to services that are answered.', done),
      ];
    },
  };
}
