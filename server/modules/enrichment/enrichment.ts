import type { AnswerOf } from '#shared/api/contract.ts';
import type { getEnrichment } from '#shared/api/enrichment.ts';
import type { EuriaUsage } from '#shared/api/euria.ts';
import type { ServiceTest } from '#shared/api/services.ts';
import type { LookupId, UpstreamId } from '#shared/upstreams/registry.ts';
import { AlbumTextWriter } from '../../enrichment/albumText/albumTextWriter.ts';
import { albumTasks, discogsArtistTask, PRIORITY } from '../../enrichment/newEntities.ts';
import { albumSubject } from '../../enrichment/task.ts';
import type { EnrichmentWorker } from '../../enrichment/worker.ts';
import { BackgroundLoop } from '../../kit/background/loop.ts';
import { guarded, supervise } from '../../kit/background/supervisor.ts';
import { testService } from '../../kit/http/testService.ts';
import { gauge } from '../../kit/meters/exposition.ts';
import type { SettingKey } from '../../settings.ts';
import { EuriaAccess } from '../../upstreams/euria/index.ts';
import type { MusicBrainzClient } from '../../upstreams/musicbrainz/index.ts';
import { isSettingOf } from '../../upstreams/registry.ts';
import type { SpotifyClient } from '../../upstreams/spotify/index.ts';
import type { DiscogsModule } from '../discogs.ts';
import { euriaService, euriaShares, euriaUsage } from '../euria.ts';
import type { Module, ModuleContext } from '../module.ts';
import { textLanguage } from '../textLanguage.ts';
import { EURIA_TARGET, LookupClients } from './clients.ts';
import { NewEntityEnqueuer } from './enqueuer.ts';
import { connected } from './lookups/connected.ts';
import { LookupProgress, lookupStatus } from './progress.ts';
import { createLookupWorkers, type LookupWorkers } from './workers.ts';

/** A minute: how late a page may learn that a pause or a day is over. */
const LOOK_AGAIN_MS = 60_000;
/** Settings that do not say whether or whom to ask. */
const SAYS_HOW_MUCH: readonly SettingKey[] = ['euria.dailyCap', 'euria.askedCap', 'euria.language'];

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

/** Everything that fills gaps: the queue's workers, one an upstream, and the texts a person asks for. */
export function createEnrichmentModule(
  context: ModuleContext,
  { client: discogs, announce: announceDiscogs }: Pick<DiscogsModule, 'client' | 'announce'>,
): EnrichmentModule {
  const { config, library, hub, services, clock, log } = context;
  const { facts, queue } = library;
  const clients = new LookupClients(context);
  const { spotify, musicbrainz } = clients.lookups;
  const access = new EuriaAccess({
    client: () => clients.euria,
    shares: euriaShares(context),
    onChange: () => guarded('showing how EurIA is', log, showEuria),
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
  const workers = createLookupWorkers(context, {
    clients,
    discogs,
    albumTextWriter,
    euria: access,
    onChange: () => announce(),
  });
  const hasWorker = (id: UpstreamId): id is keyof LookupWorkers => Object.hasOwn(workers, id);
  const all = Object.values(workers);
  const wakeAll = () => {
    for (const each of all) each.wake();
  };
  /** A person wants it asked now: no pause holds, neither the service's nor one of what waits for it. */
  const tryNow = (upstream: keyof LookupWorkers) => {
    library.availability.soon(`due:${upstream}`, () => {
      queue.dueNow(upstream);
      workers[upstream].wake();
    });
    workers[upstream].tryNow();
  };

  const progress = new LookupProgress(context, workers);
  const announce = () => {
    for (const lookup of Object.values(clients.lookups)) services.show(lookup.state(workers[lookup.id]));
    announceDiscogs();
    showEuria();
    progress.schedule();
  };

  const enqueuer = new NewEntityEnqueuer(context, wakeAll);
  const closing = new AbortController();

  config.onChange((keys) => {
    clients.connect(keys);
    for (const upstream of Object.keys(workers) as (keyof LookupWorkers)[]) {
      const own = keys.filter((key) => isSettingOf(upstream, key));
      // A pause holds for the service asked before, and turning the writing on asks for a try.
      if (own.some((key) => !SAYS_HOW_MUCH.includes(key))) tryNow(upstream);
      else if (own.length > 0) workers[upstream].wake();
    }
    if (keys.some((key) => EURIA_TARGET.includes(key))) access.forget();
    announce();
  });

  let started: Promise<void> = Promise.resolve();
  /** Pauses and days end without anything happening. */
  const watch = new BackgroundLoop({
    name: 'showing how EurIA is',
    clock,
    log,
    round() {
      showEuria();
      return LOOK_AGAIN_MS;
    },
  });
  const takeUp = async (signal: AbortSignal) => {
    const repeated = await library.availability.written(() => queue.recover(), { patienceMs: Infinity, signal });
    if (repeated > 0) log.info('enrichment goes on', { tasks: repeated });
    for (const each of all) each.start();
  };

  return {
    spotify: () => spotify.client,
    discogs: workers.discogs,
    euria: access,
    looked(albumId) {
      library.availability.soon(`looked:${albumId}`, () => queue.raise(albumSubject(albumId), PRIORITY.looked));
      wakeAll();
    },
    coverLost(albumId) {
      const album = facts.album(albumId);
      if (!album) return;
      queue.add(
        albumTasks(album).filter(({ kind }) => kind !== 'words'),
        { again: true },
      );
      wakeAll();
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
      wakeAll();
    },
    status: () => lookupStatus(library, workers),
    musicbrainz: () => connected(musicbrainz.client, 'musicbrainz'),
    generateAlbumText(albumId) {
      void albumTextWriter
        .writeNow(albumId)
        .catch((error: Error) => log.warn('words not written', { album: albumId, error }));
    },
    testSpotify() {
      const asked = spotify.client;
      return testService(
        asked,
        async () => {
          await connected(asked, 'spotify').refreshToken();
          return { message: 'Spotify accepts the client id and secret' };
        },
        (outcome) => asked === spotify.client && workers.spotify.heard(outcome),
      );
    },
    testMusicBrainz() {
      const asked = musicbrainz.client;
      return testService(
        asked,
        async () => {
          await connected(asked, 'musicbrainz').searchReleases({ artist: 'Miles Davis', title: 'Kind of Blue' });
          return { message: 'MusicBrainz answers' };
        },
        (outcome) => asked === musicbrainz.client && workers.musicbrainz.heard(outcome),
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
      wakeAll();
      announce();
      return albums.length;
    },
    euriaUsage: () => euriaUsage(context, access, workers.euria.state),
    start() {
      clients.connect();
      enqueuer.start();
      started = supervise('taking up enrichment', takeUp, { clock, log, signal: closing.signal });
      announce();
      watch.start();
    },
    async close() {
      closing.abort(new Error('The server is stopping'));
      await Promise.all([started, watch.stop(), enqueuer.close(), ...all.map((each) => each.close())]);
      progress.close();
    },
    clockSet(byMs) {
      const bySeconds = Math.round(byMs / 1000);
      library.availability.soon('enrichment by the clock', () => queue.clockSet(bySeconds));
      for (const each of all) each.clockSet(bySeconds);
    },
    tryNow(service) {
      if (!hasWorker(service)) return;
      const client = service === 'discogs' ? discogs() : clients.of(service);
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
